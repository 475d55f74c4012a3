"""Finds many known phrases in a text at once: whole words, any case, the longest phrase wins.

Aho-Corasick (ahocorasick_rs): one pass over the text however many phrases are known.
"""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick_rs

# Particles and possessives that Indonesian writes onto a word without changing what it names.
_ENCLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")
# Shorter words look alike with them: "ha" is no part of "hanya".
_SHORTEST_WITH_ENCLITIC = 4
_LONGEST_ENCLITIC = max(map(len, _ENCLITICS))


def lower(text: str) -> str:
    """Lower case without changing the length, so that offsets stay those of the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


class PhraseFinder:
    """Finds phrases; phrases must be lower case and not empty."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._automaton = ahocorasick_rs.AhoCorasick(list(phrases))

    def find(self, lowered: str) -> list[tuple[int, int, int]]:
        """Matches in a lower-case text, in order and not overlapping: start, end and the number of the phrase.

        The phrases are counted as they were given. Of overlapping matches the one that begins first wins, then the
        longest.
        """
        found = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True)
            if _is_whole_word(lowered, start, end)
        ]
        found.sort()
        matches = []
        reached = 0
        for start, negative_end, index in found:
            if start >= reached:
                reached = -negative_end
                matches.append((start, reached, index))
        return matches


def _is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether nothing but an enclitic continues the word on either side."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return False
    if end == len(text) or not text[end].isalnum():
        return True
    if end - start < _SHORTEST_WITH_ENCLITIC:
        return False
    stop = end
    while stop < len(text) and stop - end <= _LONGEST_ENCLITIC and text[stop].isalpha():
        stop += 1
    return text[end:stop] in _ENCLITICS
