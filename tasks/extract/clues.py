"""Regular expressions that are tried only where a word stands that they cannot do without.

A pattern that may begin anywhere is tried from every character of a stretch; a fixed word is found some fifty times as
fast, and most often it is not there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import ahocorasick_rs

_ANYWHERE: Final = 1 << 30
_DIGITS = re.compile(r"\d+")


class CluedPattern:
    """A pattern for lower-case text; every match holds one of ``clues``: words in lower case, separated by blanks."""

    def __init__(self, clues: str, pattern: str) -> None:
        self.clues = tuple(clues.split())
        self.pattern = re.compile(pattern)

    def search(self, lowered: str, start: int = 0, end: int = _ANYWHERE) -> re.Match[str] | None:
        """The first match in ``lowered[start:end]``."""
        for clue in self.clues:
            if lowered.find(clue, start, end) >= 0:
                return self.pattern.search(lowered, start, end)
        return None


class WordFinder:
    """Finds where some words begin in lower-case texts, be it as parts of longer words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._automaton = ahocorasick_rs.AhoCorasick(list(self.words))

    def spans(self, lowered: str) -> list[tuple[int, int, int]]:
        """The number of each word found, its start and its end; overlapping ones as well."""
        return self._automaton.find_matches_as_indexes(lowered, overlapping=True)

    def places(self, lowered: str) -> list[int]:
        """Where a word begins, in order."""
        return sorted([start for _, start, _ in self.spans(lowered)])


class TextClues:
    """Tells for many stretches of one text whether one of some words begins there; it is searched once for all."""

    def __init__(self, words: Iterable[str]) -> None:
        self._places = lru_cache(maxsize=1)(WordFinder(words).places)

    def stand_in(self, lowered: str, start: int, end: int) -> bool:
        """Whether a word begins in ``lowered[start:end]``."""
        places = self._places(lowered)
        first = bisect_left(places, start)
        return first < len(places) and places[first] < end


@lru_cache(maxsize=1)
def digit_runs(lowered: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every run of digits. Several steps ask for those of the same text, one after the other."""
    return tuple(match.span() for match in _DIGITS.finditer(lowered))


def matches_at(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` gives, for a pattern whose matches all begin at one of some places, in order."""
    reached = 0
    for place in places:
        if place >= reached and (match := pattern.match(text, place)):
            reached = match.end()
            yield match
