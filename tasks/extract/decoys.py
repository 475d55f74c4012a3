"""Numbers that are never figures, by the patterns of seeds/decoys.csv: clock times, phones, codes, ages, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tasks.errors import SeedError
from tasks.extract.numbers import Figure
from tasks.knowledge import SEEDS, read_seed

# A pattern reaches no further to either side of the number.
_REACH = 48
COLUMNS = ("kind", "pattern", "example", "counter_example")


@dataclass(frozen=True, slots=True)
class Decoy:
    """Digits at ``text[start:end]`` that are no figure, and what they are."""

    start: int
    end: int
    kind: str


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for row in read_seed("decoys.csv", COLUMNS):
        try:
            patterns.append((row["kind"], re.compile(row["pattern"])))
        except re.error as error:
            raise SeedError(SEEDS / "decoys.csv", f"pattern {row['pattern']!r}: {error}", "correct it") from error
    return tuple(patterns)


def find_decoys(text: str, figures: Iterable[Figure]) -> list[Decoy]:
    """The decoys that figures are a part of; they may overlap. Only the words around figures are looked at."""
    decoys = []
    for figure in figures:
        first, last = max(0, figure.start - _REACH), figure.end + _REACH
        for kind, pattern in _patterns():
            match = pattern.search(text, first, last)
            if match and match.start() < figure.end and figure.start < match.end():
                decoys.append(Decoy(*match.span(), kind))
    return decoys
