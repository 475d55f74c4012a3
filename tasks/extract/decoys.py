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
_FLAGS = re.compile(r"\(\?([a-z]+)\)")
COLUMNS = ("kind", "pattern", "example", "counter_example")


@dataclass(frozen=True, slots=True)
class Decoy:
    """Digits at ``text[start:end]`` that are no figure, and what they are."""

    start: int
    end: int
    kind: str


@cache
def _pattern() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """All patterns as one, each a group, and the kind of each group."""
    rows = read_seed("decoys.csv", COLUMNS)
    for row in rows:
        try:
            re.compile(row["pattern"])
        except re.error as error:
            raise SeedError(SEEDS / "decoys.csv", f"pattern {row['pattern']!r}: {error}", "correct it") from error
    groups = (f"(?P<group{index}>{_scoped(row['pattern'])})" for index, row in enumerate(rows))
    return re.compile("|".join(groups)), tuple(row["kind"] for row in rows)


def _scoped(pattern: str) -> str:
    """The pattern with flags in front, "(?i)…", made to hold for itself alone."""
    flags = _FLAGS.match(pattern)
    return f"(?{flags[1]}:{pattern[flags.end() :]})" if flags else pattern


def find_decoys(text: str, figures: Iterable[Figure]) -> list[Decoy]:
    """The decoys that figures are a part of. Only the words around figures are looked at.

    A number with its unit written onto it (Rp, persen, juta) is what it says.
    """
    pattern, kinds = _pattern()
    decoys = []
    for figure in figures:
        if figure.kind != "count" or figure.scaled or figure.in_words:
            continue
        for match in pattern.finditer(text, max(0, figure.start - _REACH), figure.end + _REACH):
            if match.start() < figure.end and figure.start < match.end():
                decoys.append(Decoy(*match.span(), kinds[int((match.lastgroup or "group0")[5:])]))
    return decoys
