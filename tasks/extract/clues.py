"""Regular expressions that are tried only where a word stands that they cannot do without.

A pattern that may begin anywhere is tried from every character of a stretch; a fixed word is found some fifty times as
fast, and most often it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import ahocorasick_rs

_ANYWHERE: Final = 1 << 30
_DIGITS = re.compile(r"\d+")


def has_one(lowered: str, clues: Iterable[str], start: int = 0, end: int = _ANYWHERE) -> bool:
    """Whether one of some words stands in ``lowered[start:end]``, be it as a part of a longer word."""
    for clue in clues:  # noqa: SIM110 - any() over a generator takes three times as long
        if lowered.find(clue, start, end) >= 0:
            return True
    return False


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

    def finditer(self, lowered: str, start: int = 0, end: int = _ANYWHERE) -> Iterator[re.Match[str]]:
        """All matches in ``lowered[start:end]``."""
        return self.pattern.finditer(lowered, start, end) if has_one(lowered, self.clues, start, end) else iter(())


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
        return sorted(start for _, start, _ in self.spans(lowered))


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
