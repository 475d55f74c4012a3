"""Numbers that are never figures, by the patterns of seeds/decoys.csv: clock times, phones, codes, ages, lists."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tasks.errors import SeedError
from tasks.extract.clues import WordFinder
from tasks.extract.numbers import Figure
from tasks.knowledge import SEEDS, read_seed

# A pattern reaches no further to either side of the number.
_REACH = 48
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
            patterns.append(_Pattern(row["kind"], re.compile(row["pattern"]), tuple(row["clue"].split())))
        except re.error as error:
            raise SeedError(SEEDS / "decoys.csv", f"pattern {row['pattern']!r}: {error}", "correct it") from error
    return tuple(patterns)


def find_decoys(text: str, lowered: str, figures: Iterable[Figure]) -> list[Decoy]:
    """The decoys that figures are a part of. Only the words around figures are looked at.

    A number with its unit written onto it (Rp, persen, juta) is what it says. ``lowered`` is the text in lower case.
    """
    numbers = [each for each in figures if each.kind == "count" and not each.scaled and not each.in_words]
    clued = sorted((start, index) for index, start, _ in _clues().spans(lowered)) if numbers else []
    decoys = [_find_decoy(text, figure, clued) for figure in numbers]
    return [decoy for decoy in decoys if decoy]


def _find_decoy(text: str, figure: Figure, clued: Sequence[tuple[int, int]]) -> Decoy | None:
    """The first decoy around a figure that it is a part of; decoys do not overlap, the one that begins first counts.

    ``clued`` are the places of clues and their numbers.
    """
    start, end = max(0, figure.start - _REACH), figure.end + _REACH
    patterns, owners = _patterns(), _owners()
    near = {owners[clue] for _, clue in clued[bisect_left(clued, (start, 0)) : bisect_left(clued, (end, 0))]}
    found = [
        (match.start(), number, match.end())
        for number in near | _unclued()
        for match in patterns[number].pattern.finditer(text, start, end)
    ]
    reached = start
    for begin, number, stop in sorted(found):
        if begin >= reached:
            reached = stop
            if begin < figure.end and figure.start < stop:
                return Decoy(begin, stop, patterns[number].kind)
    return None


@cache
def _clues() -> WordFinder:
    """The clues of all patterns, one after the other."""
    return WordFinder(clue for pattern in _patterns() for clue in pattern.clues)


@cache
def _owners() -> tuple[int, ...]:
    """For each clue the number of its pattern."""
    return tuple(number for number, pattern in enumerate(_patterns()) for _ in pattern.clues)


@cache
def _unclued() -> frozenset[int]:
    """The numbers of the patterns without clues: they are always tried."""
    return frozenset(number for number, pattern in enumerate(_patterns()) if not pattern.clues)
