"""Numbers that are never figures, by the patterns of seeds/decoys.csv: clock times, phones, codes, ages, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tasks.errors import SeedError
from tasks.extract.clues import has_one
from tasks.extract.numbers import Figure
from tasks.knowledge import SEEDS, read_seed

# A pattern reaches no further to either side of the number.
_REACH = 48
_ALWAYS = ("",)
COLUMNS = ("kind", "pattern", "clue", "example", "counter_example")


@dataclass(frozen=True, slots=True)
class Decoy:
    """Digits at ``text[start:end]`` that are no figure, and what they are."""

    start: int
    end: int
    kind: str


class _Pattern(NamedTuple):
    """A line of seeds/decoys.csv; without one of its ``clues`` around a number it is not tried."""

    kind: str
    pattern: re.Pattern[str]
    clues: tuple[str, ...]


@cache
def _patterns() -> tuple[_Pattern, ...]:
    patterns = []
    for row in read_seed("decoys.csv", COLUMNS):
        try:
            patterns.append(_Pattern(row["kind"], re.compile(row["pattern"]), tuple(row["clue"].split()) or _ALWAYS))
        except re.error as error:
            raise SeedError(SEEDS / "decoys.csv", f"pattern {row['pattern']!r}: {error}", "correct it") from error
    return tuple(patterns)


def find_decoys(text: str, lowered: str, figures: Iterable[Figure]) -> list[Decoy]:
    """The decoys that figures are a part of. Only the words around figures are looked at.

    A number with its unit written onto it (Rp, persen, juta) is what it says. ``lowered`` is the text in lower case.
    """
    patterns = [each for each in _patterns() if has_one(lowered, each.clues)]
    decoys = []
    for figure in figures:
        if figure.kind == "count" and not figure.scaled and not figure.in_words:
            decoy = _find_decoy(text, lowered, figure, patterns)
            if decoy:
                decoys.append(decoy)
    return decoys


def _find_decoy(text: str, lowered: str, figure: Figure, patterns: Iterable[_Pattern]) -> Decoy | None:
    """The first decoy around a figure that it is a part of; decoys do not overlap, the one that begins first counts."""
    start, end = max(0, figure.start - _REACH), figure.end + _REACH
    near = lowered[start:end]
    found = []
    for kind, pattern, clues in patterns:
        if has_one(near, clues):
            found += [(match, kind) for match in pattern.finditer(text, start, end)]
    reached = start
    for match, kind in sorted(found, key=lambda item: item[0].start()):
        if match.start() >= reached:
            reached = match.end()
            if match.start() < figure.end and figure.start < reached:
                return Decoy(match.start(), reached, kind)
    return None
