"""How good a cleaned page is: its text by shingles, its leaks, its metadata field by field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tasks.records import Article

FIELDS = ("title", "published_at", "authors", "publisher", "url", "language", "next_pages")
_SHINGLE = 4


@dataclass(frozen=True)
class Overlap:
    """Shingles that a cleaned text shares with the right one, and those that only one of them has."""

    right: int = 0
    wrong: int = 0
    lost: int = 0

    def __add__(self, other: Overlap) -> Overlap:
        """Both texts together."""
        return Overlap(self.right + other.right, self.wrong + other.wrong, self.lost + other.lost)

    @property
    def precision(self) -> float:
        """Share of the cleaned text that belongs there."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the article that was kept."""
        return self.right / (self.right + self.lost) if self.right + self.lost else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return re.findall(r"\w+", text.lower())


def compare(cleaned: str, expected: str) -> Overlap:
    """The overlap of two texts in shingles of four words, the measure of the public article extraction benchmark."""
    have, want = _shingles(cleaned), _shingles(expected)
    right = (have & want).total()
    return Overlap(right, have.total() - right, want.total() - right)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = words(text)
    if len(tokens) < _SHINGLE:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(zip(*(tokens[start:] for start in range(_SHINGLE)), strict=False))


def list_leaks(cleaned: str, boilerplate: Sequence[str]) -> list[str]:
    """The boilerplate lines whose words stand in a cleaned text."""
    joined = f" {' '.join(words(cleaned))} "
    return [line for line in boilerplate if f" {' '.join(words(line))} " in joined]


def list_wrong_fields(article: Article, expected: Mapping[str, Any]) -> list[str]:
    """One line for each field of the metadata that is not as expected; lists and tuples are the same."""
    wrong = []
    for name in FIELDS:
        if name in expected:
            found, wanted = getattr(article, name), expected[name]
            if (list(found) if isinstance(found, tuple) else found) != wanted:
                wrong.append(f"{name} is {found!r}, not {wanted!r}")
    return wrong
