"""What is said of a number besides its value, each answer with the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.extract.regions import RegionMention
from tasks.records import Evidence


@dataclass(slots=True)
class RegionAnswer:
    """The region of a number and its evidence; ``code`` is None where the text leaves it open."""

    code: str | None
    evidence: Evidence | None


@dataclass(slots=True)
class PeriodAnswer:
    """The period of a number and its evidence."""

    iso: str | None
    evidence: Evidence | None


NO_REGION = RegionAnswer(None, None)
NO_PERIOD = PeriodAnswer(None, None)


def quote_evidence(text: str, basis: str, start: int, end: int) -> Evidence:
    """Evidence that stands at ``text[start:end]``."""
    return Evidence(basis=basis, text=text[start:end], start=start, end=end)


def region_answer(text: str, basis: str, mention: RegionMention, code: str | None = None) -> RegionAnswer:
    """The answer that a mention gives, or the region of another ``code`` for its sake; ``basis`` says why."""
    return RegionAnswer(code or mention.code, quote_evidence(text, basis, mention.start, mention.end))
