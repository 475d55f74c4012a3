"""Regular expressions that are tried only where a word stands that they cannot do without.

A pattern that may begin anywhere is tried from every character of a stretch; a fixed word is found some fifty times as
fast, and most often it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_ANYWHERE: Final = 1 << 30


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


def places_of(lowered: str, words: Iterable[str]) -> list[int]:
    """Where some words begin in a text, be it as a part of longer words, in order."""
    places = []
    for word in words:
        place = lowered.find(word)
        while place >= 0:
            places.append(place)
            place = lowered.find(word, place + 1)
    return sorted(places)


def matches_at(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` gives, for a pattern whose matches all begin at one of some places, in order."""
    reached = 0
    for place in places:
        if place >= reached and (match := pattern.match(text, place)):
            reached = match.end()
            yield match
