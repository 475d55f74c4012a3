"""Sets of words, written as words."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The blank-separated words of a text."""
    return frozenset(words.split())
