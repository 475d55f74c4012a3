"""Takes the rows of a document that are fit for the warehouse; sets the others aside, each with its reason.

A row that was admitted can never stop a publication later: the audits ask for what is asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from tasks.identity import observation_id
from tasks.records import (
    Agreement,
    Article,
    CorrectionMatch,
    Document,
    NumberMention,
    Observation,
    Regulation,
    Rejection,
    RemovedText,
)
from warehouse.identifiers import Described, identify, may_be_torn
from warehouse.reference import Reference
from warehouse.rules import (
    Problem,
    observation_problem,
    period_problem,
    quote_problem,
    region_problem,
    removed_problem,
    span_problem,
    unicode_problem,
    year_problem,
)

Named = TypeVar("Named", Agreement, Regulation)


@dataclass(slots=True, kw_only=True)
class Admitted:
    """The rows of a document that go in, each under its identifier, and those that were set aside."""

    observations: dict[str, Observation] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    regulations: dict[str, Regulation] = field(default_factory=dict)
    numbers: dict[str, NumberMention] = field(default_factory=dict)
    removed: dict[str, RemovedText] = field(default_factory=dict)
    corrections: dict[str, CorrectionMatch] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)


def refuse_document(document: Document) -> Rejection | None:
    """Why a document as a whole cannot go in, if so."""
    article = document.article
    problem = _article_problem(document) or (unicode_problem(article) if may_be_torn(repr(article)) else None)
    if problem is None:
        return None
    return _reject(document, "document", f"the article {problem[1]}", "report it with the file")


def admit_rows(described: Described, reference: Reference) -> Admitted:
    """Checks every row of a document that was not refused as a whole."""
    identifier, extraction = described.document_id, described.document.extraction
    admitted = Admitted()
    _admit_observations(described, reference, admitted)
    agreements = _sound(described, extraction.agreements, reference, admitted)
    admitted.agreements.update(identify("agreement", identifier, agreements, lambda each: (each.kind, each.quote)))
    regulations = _sound(described, extraction.regulations, reference, admitted)
    admitted.regulations.update(
        identify("regulation", identifier, regulations, lambda each: (each.kind, each.number, each.quote))
    )
    mentions = _admit_numbers(described, admitted)
    admitted.numbers.update(identify("number", identifier, mentions, lambda each: (each.text,)))
    matches = _admit_corrections(described, admitted)
    admitted.corrections.update(
        identify("correction", identifier, matches, lambda each: (each.correction_id, each.quote))
    )
    removed = described.document.article.removed
    admitted.removed.update(identify("removed", identifier, removed, lambda each: (each.text,)))
    return admitted


def _admit_observations(described: Described, reference: Reference, admitted: Admitted) -> None:
    """What an article says twice in the same words is one observation, at its first place."""
    article = described.document.article
    for observation in sorted(described.document.extraction.observations, key=_place):
        problem = (
            observation_problem(observation, article.text, reference)
            or removed_problem(observation, article.removed)
            or _torn(described, observation)
        )
        if problem is None:
            identifier = observation_id(described.document_id, observation)
            known = admitted.observations.setdefault(identifier, observation)
            if known is observation or _without_place(known) == _without_place(observation):
                continue
            problem = ("identity", "the same words were read in another way before")
        name = f"observation {observation.quote!r} ({observation.metric})"
        admitted.rejections.append(_reject_row(described.document, name, problem))


def _sound(described: Described, rows: Iterable[Named], reference: Reference, admitted: Admitted) -> Iterator[Named]:
    """Agreements or regulations that break no rule, in the order of the text."""
    for row in sorted(rows, key=_place):
        problem = (
            quote_problem(row, described.document.article.text)
            or region_problem(row.region_code, reference)
            or (period_problem(row.date) if isinstance(row, Agreement) else year_problem(row.year))
            or _torn(described, row)
        )
        if problem is None:
            yield row
        else:
            name = f"{type(row).__name__.lower()} {row.quote!r}"
            admitted.rejections.append(_reject_row(described.document, name, problem))


def _admit_numbers(described: Described, admitted: Admitted) -> Iterator[NumberMention]:
    """Numbers of the census that stand where they say."""
    text = described.document.article.text
    for mention in described.document.extraction.numbers:
        problem = span_problem(mention.text, mention.start, mention.end, text) or _torn(described, mention)
        if problem is None:
            yield mention
        else:
            name = f"number {mention.text!r} of the census"
            admitted.rejections.append(_reject_row(described.document, name, problem))


def _admit_corrections(described: Described, admitted: Admitted) -> Iterator[CorrectionMatch]:
    """What corrections matched, where the figure stands where it says."""
    text = described.document.article.text
    for match in described.document.extraction.corrections:
        problem = span_problem(match.quote, match.quote_start, match.quote_end, text) or _torn(described, match)
        if problem is None:
            yield match
        else:
            name = f"match {match.quote!r} of correction {match.correction_id}"
            admitted.rejections.append(_reject_row(described.document, name, problem))


def _torn(described: Described, record: object) -> Problem | None:
    """Whether a record holds half of a character pair; looked at only where that may be."""
    return unicode_problem(record) if described.may_be_torn else None


def _place(row: Observation | Agreement | Regulation) -> int:
    return row.quote_start


def _without_place(observation: Observation) -> Observation:
    return replace(
        observation, quote_start=0, quote_end=0, sentence_start=0, region_evidence=None, period_evidence=None
    )


def _article_problem(document: Document) -> Problem | None:
    """Parts that do not belong together, or times that are none."""
    article = document.article
    if article.source != document.snapshot.source:
        return "document", f"names {article.source} as its source"
    if article.snapshot_sha256 != document.snapshot.sha256:
        return "document", f"names {article.snapshot_sha256} as its snapshot, not {document.snapshot.sha256}"
    return _time_problem(article, document.extraction.event_date)


def _time_problem(article: Article, event_date: str | None) -> Problem | None:
    try:
        if article.published_at is not None:
            datetime.fromisoformat(article.published_at)
        if event_date is not None:
            date.fromisoformat(event_date)
    except ValueError as error:
        return "document", f"has a date that is none: {error}"
    return None


def _reject_row(document: Document, name: str, problem: Problem) -> Rejection:
    kind, reason = problem
    return _reject(document, kind, f"{name}: {reason}", "mend the rule that read it, then run again")


def _reject(document: Document, kind: str, reason: str, remedy: str) -> Rejection:
    return Rejection(
        source=document.snapshot.source,
        stage="load",
        kind=kind,
        reason=reason.encode("utf-8", "backslashreplace").decode(),
        remedy=remedy,
        snapshot_sha256=document.snapshot.sha256,
    )
