"""Numbers that are never figures, by the patterns of seeds/decoys.csv: clock times, phones, codes, ages, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.errors import SeedError
from tasks.knowledge import SEEDS, read_seed

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


def find_decoys(text: str) -> list[Decoy]:
    """All decoys; they may overlap."""
    return [Decoy(*match.span(), kind) for kind, pattern in _patterns() for match in pattern.finditer(text)]
