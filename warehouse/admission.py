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
    Document,
    NumberMention,
    Observation,
    Regulation,
    Rejection,
    RemovedText,
)
from warehouse.identifiers import identify
from warehouse.reference import Reference
from warehouse.rules import (
    Problem,
    observation_problem,
    period_problem,
    quote_problem,
    region_problem,
    unicode_problem,
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
    rejections: list[Rejection] = field(default_factory=list)


def refuse_document(document: Document) -> Rejection | None:
    """Why a document as a whole cannot go in, if so."""
    article = document.article
    problem = _article_problem(document) or unicode_problem(article)
    if problem is None:
        return None
    return _reject(document, "document", f"the article {problem[1]}", "report it with the file")


def admit_rows(document: Document, document_id: str, reference: Reference) -> Admitted:
    """Checks every row of a document that was not refused; the order of the rows does not matter."""
    article, extraction = document.article, document.extraction
    admitted = Admitted()
    _admit_observations(document, document_id, reference, admitted)
    agreements = _sound(document, extraction.agreements, reference, admitted)
    admitted.agreements.update(
        identify("agreement", document_id, agreements, lambda each: (each.kind, each.quote))
    )
    regulations = _sound(document, extraction.regulations, reference, admitted)
    admitted.regulations.update(
        identify("regulation", document_id, regulations, lambda each: (each.kind, each.number, each.quote))
    )
    mentions = sorted(extraction.numbers, key=lambda each: (each.start, each.end))
    admitted.numbers.update(identify("number", document_id, mentions, lambda each: (each.text,)))
    admitted.removed.update(identify("removed", document_id, article.removed, lambda each: (each.text,)))
    return admitted


def _admit_observations(
    document: Document, document_id: str, reference: Reference, admitted: Admitted
) -> None:
    """What an article says twice in the same words is one observation, at its first place."""
    for observation in _in_order(document.extraction.observations):
        problem = observation_problem(observation, document.article.text, reference)
        if problem is None:
            known = admitted.observations.setdefault(observation_id(document_id, observation), observation)
            if _without_place(known) != _without_place(observation):
                problem = ("identity", "the same words were read in another way before")
        if problem is not None:
            name = f"observation {observation.quote!r} ({observation.metric})"
            admitted.rejections.append(_reject_row(document, name, problem))


def _sound(
    document: Document, rows: Iterable[Named], reference: Reference, admitted: Admitted
) -> Iterator[Named]:
    """Agreements or regulations that break no rule, in the order of the text."""
    for row in _in_order(rows):
        problem = (
            quote_problem(row, document.article.text)
            or region_problem(row.region_code, reference)
            or period_problem(row.date if isinstance(row, Agreement) else None)
            or unicode_problem(row)
        )
        if problem is None:
            yield row
        else:
            name = f"{type(row).__name__.lower()} {row.quote!r}"
            admitted.rejections.append(_reject_row(document, name, problem))


Placed = TypeVar("Placed", Observation, Agreement, Regulation)


def _in_order(rows: Iterable[Placed]) -> list[Placed]:
    return sorted(rows, key=lambda row: (row.quote_start, repr(row)))


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
