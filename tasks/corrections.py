"""Reviewed corrections: what a person found wrong in what the rules read, as lines of seeds/corrections.csv.

A line names a figure by its document, words of the article, metric and value, as the rules read it, and says what
happens to it: ``drop`` (it is no observation), ``override`` (one field gets a new value) or ``flag`` (it is kept,
marked as doubtful). Lines that are ``retired`` stay for the record.

A correction that no longer finds its figure in its document sets that document aside: the article or a rule has
changed, and what was known to be wrong must not come back in another form. Documents that are not read need no match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from urllib.parse import unquote, urlsplit

from tasks.errors import SeedError
from tasks.extract.regions import regions
from tasks.knowledge import SEEDS, read_seed, read_seed_lines
from tasks.records import (
    Article,
    CorrectionMatch,
    Document,
    Evidence,
    Extraction,
    NumberMention,
    Observation,
    Rejection,
)

COLUMNS = (
    "correction_id", "document", "quote", "metric", "value", "action", "field", "new_value", "reason", "status",
    "reviewed_on",
)  # fmt: skip
_REQUIRED = ("correction_id", "document", "quote", "metric", "value", "action", "reason", "status", "reviewed_on")
_CHOICES = {"action": ("drop", "override", "flag"), "status": ("active", "retired")}
_QUALIFIERS = ("approx", "at_least", "at_most")
_PERIOD_PART = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_MOST_DIGITS, _MOST_DECIMALS = 30, 6
_FIRST_OF_JANUARY = "0000-01-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A line of seeds/corrections.csv; ``changes`` are the fields of the observation that an override sets."""

    correction_id: str
    document: str
    quote: str
    metric: str
    value: Decimal
    action: str
    changes: Mapping[str, object]
    reason: str
    is_active: bool

    def is_about(self, article: Article) -> bool:
        """Whether ``document`` is the article's address, or the end of the path of its file."""
        if "://" in self.document:
            return self.document in (article.source, article.url)
        return unquote(urlsplit(article.source).path).endswith(f"/{self.document.removeprefix('/')}")

    def matches(self, observation: Observation) -> bool:
        """Whether metric and value are the same, and the words overlap the quote in its sentence."""
        if (self.metric, self.value) != (observation.metric, observation.value):
            return False
        quote_start = observation.quote_start - observation.sentence_start
        quote_end = observation.quote_end - observation.sentence_start
        start = observation.sentence.find(self.quote)
        while 0 <= start < quote_end:
            if start + len(self.quote) > quote_start:
                return True
            start = observation.sentence.find(self.quote, start + 1)
        return False


def correct_document(document: Document, corrections: Sequence[Correction]) -> Document | Rejection:
    """The document with its corrections, or its rejection when one of them matches nothing."""
    wanted = [each for each in corrections if each.is_active and each.is_about(document.article)]
    if not wanted:
        return document
    extraction = apply_corrections(document.extraction, wanted)
    matched = {each.correction_id for each in extraction.corrections}
    unmatched = sorted(each.correction_id for each in wanted if each.correction_id not in matched)
    if not unmatched:
        return replace(document, extraction=extraction)
    return Rejection(
        source=document.snapshot.source,
        stage="extract",
        kind="correction",
        reason=f"correction {', '.join(unmatched)} of seeds/corrections.csv finds no such figure in it",
        remedy="look at what is extracted now, then mend the correction or retire it",
        snapshot_sha256=document.snapshot.sha256,
    )


def apply_corrections(extraction: Extraction, corrections: Sequence[Correction]) -> Extraction:
    """The extraction with corrections of its document, and what each of them matched."""
    observations: list[Observation] = []
    numbers = list(extraction.numbers)
    matches: list[CorrectionMatch] = []
    for observation in extraction.observations:
        own = [each for each in corrections if each.matches(observation)]
        dropped = next((each for each in own if each.action == "drop"), None)
        corrected = None if dropped else _correct(observation, own)
        if corrected is not None:
            observations.append(corrected)
        if dropped is not None:
            numbers = [_explain_drop(number, observation, dropped) for number in numbers]
        matches += [_match(each, observation, corrected) for each in own]
    return replace(extraction, observations=tuple(observations), numbers=tuple(numbers), corrections=tuple(matches))


def _match(correction: Correction, observation: Observation, corrected: Observation | None) -> CorrectionMatch:
    return CorrectionMatch(
        correction_id=correction.correction_id,
        metric=observation.metric,
        value=observation.value,
        quote=observation.quote,
        quote_start=observation.quote_start,
        quote_end=observation.quote_end,
        observation=corrected,
    )


def _correct(observation: Observation, corrections: Sequence[Correction]) -> Observation:
    """The observation with its changes; its rule names what touched it."""
    changes: dict[str, object] = {}
    rule = observation.rule
    for each in corrections:
        changes |= each.changes
        rule += f" ({'flagged' if each.action == 'flag' else 'corrected'}: {each.correction_id})"
    return replace(observation, rule=rule, **changes)  # type: ignore[arg-type]


def _explain_drop(number: NumberMention, dropped: Observation, correction: Correction) -> NumberMention:
    """The number of a dropped observation, no longer one in the census."""
    within = dropped.quote_start <= number.start and number.end <= dropped.quote_end
    if not within or number.role != "observation" or number.value != abs(dropped.value):
        return number
    explanation = f"dropped by correction {correction.correction_id}: {correction.reason}"
    return replace(number, role="correction", explanation=explanation)


@cache
def read_corrections(name: str = "corrections.csv") -> tuple[Correction, ...]:
    """All corrections of ``seeds/NAME``, retired ones too.

    Raises :class:`SeedError` with file and line for anything that cannot be meant.
    """
    corrections: dict[str, Correction] = {}
    for line, row in read_seed_lines(name, COLUMNS):
        try:
            correction = _read_row(row)
            if correction.correction_id in corrections:
                raise ValueError("its correction_id is taken")
        except ValueError as error:
            where = f"line {line}, correction {row['correction_id'] or 'without an id'}"
            raise SeedError(SEEDS / name, f"{where}: {error}", "mend the line; docs/extending.md shows one") from error
        corrections[correction.correction_id] = correction
    return tuple(corrections.values())


def _read_row(row: Mapping[str, str]) -> Correction:
    for column in _REQUIRED:
        if not row[column]:
            raise ValueError(f"{column} is empty")
    for column, choices in _CHOICES.items():
        if row[column] not in choices:
            raise ValueError(f"{column} {row[column]!r} is none of {', '.join(choices)}")
    date.fromisoformat(row["reviewed_on"])
    return Correction(
        correction_id=row["correction_id"],
        document=row["document"],
        quote=row["quote"],
        metric=_metric(row["metric"]),
        value=_number(row["value"]),
        action=row["action"],
        changes=_changes(row),
        reason=row["reason"],
        is_active=row["status"] == "active",
    )


def _changes(row: Mapping[str, str]) -> dict[str, object]:
    """Fields of an observation and their new values; none unless the action is override."""
    if row["action"] != "override":
        if row["field"] or row["new_value"]:
            raise ValueError(f"field and new_value are for override, not for {row['action']}")
        return {}
    if row["field"] not in _READERS:
        raise ValueError(f"field {row['field']!r} is none of {', '.join(_READERS)}")
    evidence = Evidence(basis=f"correction {row['correction_id']}", text=row["reason"])
    return _READERS[row["field"]](row["new_value"], evidence)


def _metric(text: str) -> str:
    if text not in _units():
        raise ValueError(f"{text!r} is no metric of seeds/metrics.csv")
    return text


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value.adjusted() > _MOST_DIGITS or int(value.as_tuple().exponent) < -_MOST_DECIMALS:
        raise ValueError(f"{text!r} is no number such as 38.54")
    return value


@cache
def _units() -> dict[str, str]:
    rows = read_seed("metrics.csv", ("metric", "unit", "meaning", "minimum", "maximum"))
    return {row["metric"]: row["unit"] for row in rows}


def _change_metric(text: str, evidence: Evidence) -> dict[str, object]:
    return {"metric": _metric(text), "unit": _units()[text]}


def _change_region(text: str, evidence: Evidence) -> dict[str, object]:
    region = regions().get(text)
    if text and region is None:
        raise ValueError(f"{text!r} is no code of seeds/regions.csv")
    return {
        "region_code": region.code if region else None,
        "region_name": region.name if region else None,
        "region_level": region.level if region else None,
        "region_evidence": evidence,
    }


def _change_period(text: str, evidence: Evidence) -> dict[str, object]:
    parts = text.split("/", 1) if text else []
    if not all(_PERIOD_PART.fullmatch(part) for part in parts):
        raise ValueError(f"period {text!r} is not YYYY, YYYY-MM, YYYY-MM-DD or START/END")
    days = [date.fromisoformat(part + _FIRST_OF_JANUARY[len(part) :]) for part in parts]
    if days != sorted(days):
        raise ValueError(f"period {text!r} ends before it begins")
    return {"period": text or None, "period_evidence": evidence}


def _change_programs(text: str, evidence: Evidence) -> dict[str, object]:
    known = {row["program"] for row in read_seed("programs.csv", ("program", "phrase"))}
    if unknown := [program for program in text.split() if program not in known]:
        raise ValueError(f"{unknown[0]!r} is no programme of seeds/programs.csv")
    return {"programs": tuple(text.split())}


def _change_qualifier(text: str, evidence: Evidence) -> dict[str, object]:
    if text and text not in _QUALIFIERS:
        raise ValueError(f"qualifier {text!r} is none of {', '.join(_QUALIFIERS)}")
    return {"qualifier": text or None}


#: What an override can change; an empty new value clears the field where an observation can be without it.
_READERS: dict[str, Callable[[str, Evidence], dict[str, object]]] = {
    "metric": _change_metric,
    "value": lambda text, _: {"value": _number(text)},
    "of": lambda text, _: {"of": _number(text) if text else None},
    "region_code": _change_region,
    "period": _change_period,
    "segment": lambda text, _: {"segment": text or None},
    "programs": _change_programs,
    "qualifier": _change_qualifier,
}
