"""What makes a row unfit for the warehouse; the audits hold stored rows to the same rules.

A problem is a pair: its kind, a fixed word, and what is wrong, to be read after the name of the row.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tasks.records import Agreement, Observation, Regulation, RemovedText
from warehouse.reference import Reference

Problem = tuple[str, str]

_NEVER_ARTICLE = frozenset({"advertisement", "navigation", "promotion", "related"})
"""Kinds of removed text that an article does not repeat, as it does its captions and teasers."""

_DECIMAL_PLACES = 6
_WHOLE_DIGITS = 32
_DAY_MONTH_YEAR = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def observation_problem(observation: Observation, text: str, reference: Reference) -> Problem | None:
    """The first rule that an observation of an article with this text breaks."""
    return (
        quote_problem(observation, text)
        or _sentence_problem(observation, text)
        or _evidence_problem(observation, text)
        or _metric_problem(observation, reference)
        or _value_problem(observation)
        or region_problem(observation.region_code, reference)
        or period_problem(observation.period)
    )


def quote_problem(row: Observation | Agreement | Regulation, text: str) -> Problem | None:
    """A quote is not empty and is what the text has at its span."""
    return span_problem(row.quote, row.quote_start, row.quote_end, text)


def span_problem(words: str, start: int, end: int, text: str) -> Problem | None:
    """Words are not empty and are what the text has from ``start`` to ``end``."""
    if not 0 <= start < end:
        return "span", f"its span {start} to {end} is none"
    if text[start:end] != words:
        return "span", f"the text has {text[start:end][:200]!r} at its span"
    return None


def removed_problem(observation: Observation, removed: Iterable[RemovedText]) -> Problem | None:
    """A figure does not come from words that were removed as no part of the article."""
    for each in removed:
        if each.kind in _NEVER_ARTICLE and each.text == observation.sentence:
            return "removed", f"its sentence was removed as {each.kind} (rule {each.rule})"
    return None


def region_problem(code: str | None, reference: Reference) -> Problem | None:
    """A region is known or not named at all."""
    if code is None or code in reference.codes:
        return None
    return "region", f"region code {code} is not in seeds/regions.csv"


def period_problem(period: str | None) -> Problem | None:
    """A period is of an ISO 8601 form that exists and does not end before it begins."""
    if period is None:
        return None
    days = period_days(period)
    if days is None:
        return "period", f"period {period} is not YYYY, YYYY-MM, YYYY-MM-DD or START/END"
    if days[1] < days[0]:
        return "period", f"period {period} ends before it begins"
    return None


def year_problem(year: int | None) -> Problem | None:
    """A year has four digits."""
    if year is None or 1000 <= year <= 9999:
        return None
    return "year", f"{year} is not a year"


def unicode_problem(record: object) -> Problem | None:
    """Every word of a record can be stored: none holds half of a character pair."""
    try:
        "".join(_words(record)).encode()
    except UnicodeEncodeError as error:
        return "encoding", f"holds half of a character pair, {error.object[error.start]!r}"
    return None


@lru_cache(maxsize=10_000)
def period_days(period: str) -> tuple[date, date] | None:
    """First and last day of YYYY, YYYY-MM, YYYY-MM-DD or START/END; nothing when it is none of them."""
    parts = period.split("/")
    if len(parts) > 2:
        return None
    first, last = _days(parts[0]), _days(parts[-1])
    return None if first is None or last is None else (first[0], last[1])


def is_exact(value: Decimal) -> bool:
    """Whether DECIMAL(38, 6) holds a number exactly: 32 digits before the point and 6 after it."""
    if not value.is_finite():
        return False
    _, digits, exponent = value.as_tuple()
    if int(exponent) >= -_DECIMAL_PLACES or value.is_zero():
        return value.adjusted() < _WHOLE_DIGITS
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return value.adjusted() < _WHOLE_DIGITS and int(exponent) + zeros >= -_DECIMAL_PLACES


def _words(value: object) -> Iterator[str]:
    """All strings of a record and of the records in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _words(getattr(value, each.name))


def _sentence_problem(observation: Observation, text: str) -> Problem | None:
    start = observation.sentence_start
    end = start + len(observation.sentence)
    if start < 0 or text[start:end] != observation.sentence:
        return "sentence", f"its sentence does not begin at {start} in the text"
    if observation.quote_start < start or observation.quote_end > end:
        return "sentence", "it stands outside of its sentence"
    return None


def _evidence_problem(observation: Observation, text: str) -> Problem | None:
    """Words that the region or the period rests on are what the text has there; those of the title have no place."""
    for name, evidence in (("region", observation.region_evidence), ("period", observation.period_evidence)):
        if evidence is not None and evidence.start is not None and evidence.end is not None:
            problem = span_problem(evidence.text, evidence.start, evidence.end, text)
            if problem is not None:
                return "evidence", f"the words that its {name} rests on are not there: {problem[1]}"
    return None


def _metric_problem(observation: Observation, reference: Reference) -> Problem | None:
    unit = reference.units.get(observation.metric)
    if unit is None:
        return "metric", f"metric {observation.metric} is not in seeds/metrics.csv"
    if unit != observation.unit:
        return "unit", f"unit {observation.unit} is not the metric's unit, {unit}"
    return None


def _value_problem(observation: Observation) -> Problem | None:
    for number in (observation.value, observation.value_max, observation.of):
        if number is not None and not is_exact(number):
            return "value", f"{number} does not fit into 32 digits before the point and 6 after it"
    if observation.value_max is not None and observation.value_max < observation.value:
        return "value", f"its range ends at {observation.value_max}, below its beginning"
    return None


def _days(part: str) -> tuple[date, date] | None:
    """First and last day of a year, a month or a day."""
    match = _DAY_MONTH_YEAR.fullmatch(part)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day is not None:
        return first, first
    last_month = int(month or 12)
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
