"""Finds the periods and dates of a text and gives them as ISO 8601, as precise as the words are.

A mention is either a *period* (what figures refer to: "per 31 Maret 2025", "triwulan II 2024", "tahun 2026"), a
*statement* date (when something was said or done: "Rabu (16/7/2025)") or *relative* ("tahun ini", "saat ini"),
which needs an anchor: the date of the event that the article reports, or of its publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.extract.clues import WordFinder, digit_runs
from tasks.extract.period_forms import DAY_DIGITS, PERIOD_FORMS, WEEKDAY_BEFORE, YEAR_DIGITS
from tasks.extract.period_readers import Anchor, Reader

_WEEKDAY_REACH = 25
DAY_LENGTH = 10
MONTH_LENGTH = 7
YEAR_LENGTH = 4
_DATELINE_REACH = 60
_DATELINE_END = re.compile(r"\)?\s?(?:--|[–—]|-\s)")


@dataclass(slots=True)
class PeriodMention:
    """A period at ``text[start:end]``; ``iso`` is None where a relative one has nothing to stand on.

    ``kind`` is period, statement, month (without a year), year, years, relative, now or shift (a year before).
    """

    start: int
    end: int
    iso: str | None
    kind: str


@dataclass(slots=True)
class PeriodWords:
    """Words of a period before they are read against an anchor."""

    start: int
    end: int
    kind: str
    match: re.Match[str]
    read: Reader

    def against(self, anchor: Anchor) -> PeriodMention:
        """The mention that the words make for an anchor."""
        return PeriodMention(self.start, self.end, self.read(self.match, anchor), self.kind)


_DAY_LENGTHS = (1, 2)
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_FIRST_WORDS = WordFinder({start for form in PERIOD_FORMS for start in form.starts if start.isalpha()})


def find_period_words(lowered: str) -> list[PeriodWords]:
    """Words of periods in a lower-case text, in order and not overlapping."""
    places = _beginnings(lowered)
    taken = bytearray(len(lowered))
    found = []
    for form in PERIOD_FORMS:
        for place in sorted(place for start in form.starts for place in places.get(start, ())):
            match_here = form.pattern.match(lowered, place)
            if match_here and taken.find(1, place, match_here.end()) < 0:
                end = match_here.end()
                taken[place:end] = b"\x01" * (end - place)
                found.append(PeriodWords(place, end, _kind(lowered, form.kind, match_here), match_here, form.read))
    found.sort(key=lambda words: words.start)
    return found


def _beginnings(lowered: str) -> dict[str, list[int]]:
    """Where the numbers and words stand that a period can begin with."""
    places: dict[str, list[int]] = {DAY_DIGITS: [], YEAR_DIGITS: []}
    for start, end in digit_runs(lowered):
        length = end - start
        if length > YEAR_LENGTH or (start and _is_of_word(lowered[start - 1])):
            continue
        if length in _DAY_LENGTHS:
            places[DAY_DIGITS].append(start)
        elif length == YEAR_LENGTH:
            places[YEAR_DIGITS].append(start)
    for index, start, end in _FIRST_WORDS.spans(lowered):
        if lowered[end : end + 1] not in _LETTERS and not (start and lowered[start - 1] in _LETTERS):
            places.setdefault(_FIRST_WORDS.words[index], []).append(start)
    return places


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _kind(lowered: str, kind: str, match: re.Match[str]) -> str:
    """The kind of a mention; a date with a weekday or in brackets is that of a statement."""
    if kind != "day":
        return kind
    start = match.start()
    in_brackets = lowered[start - 1 : start] == "("
    if (
        in_brackets
        or _is_dateline(lowered, match)
        or WEEKDAY_BEFORE.search(lowered, max(0, start - _WEEKDAY_REACH), start)
    ):
        return "statement"
    return "period" if match["year"] else "month"


def _is_dateline(lowered: str, match: re.Match[str]) -> bool:
    """Whether a date stands in the head of a line: "MANADO, 21 Februari 2021 — "."""
    line_start = lowered.rfind("\n", 0, match.start()) + 1
    return match.start() - line_start <= _DATELINE_REACH and _DATELINE_END.match(lowered, match.end()) is not None
