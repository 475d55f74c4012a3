"""The words of a sentence by their stems, as the judge weighs them: beside a number, and anywhere in its sentence.

The stem is a light one: the longest known prefix and one suffix are cut off where enough of the word is left, without
a dictionary (after Asian, Williams, Tahaghoghi: Stemming Indonesian, 2005, which lists the affixes). "didaftarkan" and
"mendaftar" become one word, and that is all that is asked of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasks.extract.numbers import Figure
from tasks.extract.sentences import Sentence

_TOKEN = re.compile(r"[a-z]+|\d[\d.,]*|[,;:()]")
_NUMBER = "0"
_PARTICLES = ("nya", "lah", "kah", "pun")
_SUFFIXES = ("kan", "an", "i")
_PREFIXES = (
    "memper", "diper", "meng", "meny", "peng", "peny", "mem", "men", "pem", "pen", "ber", "ter", "per", "me", "di",
    "ke", "se", "pe",
)  # fmt: skip
# Letters that must be left of a word without a suffix, and without a prefix.
_LEFT_OF_SUFFIX, _LEFT_OF_PREFIX = 5, 4

PLACES = ("word_before", "word_after", "words_before", "words_after", "words")
"""The nearest words on either side of a number, all words on either side, and all words of the sentence."""

PLACES_OF_SETS = ("words_before", "words_after", "words")
"""Where it only counts whether a word stands there."""

NEAREST_BEFORE, NEAREST_AFTER = 6, 5


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a lower-case word."""
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= _LEFT_OF_SUFFIX:
            word = word.removesuffix(particle)
    suffix = next((each for each in _SUFFIXES if word.endswith(each) and len(word) - len(each) >= _LEFT_OF_SUFFIX), "")
    word = word.removesuffix(suffix)
    prefix = next(
        (each for each in _PREFIXES if word.startswith(each) and len(word) - len(each) >= _LEFT_OF_PREFIX), ""
    )
    return word.removeprefix(prefix)


def repeated(stems: Sequence[str]) -> list[bool]:
    """Which words have stood before."""
    seen: dict[str, int] = {}
    return [seen.setdefault(stem, place) != place for place, stem in enumerate(stems)]


@dataclass(slots=True)
class Words:
    """The stems of a sentence in order, numbers as "0", and where each begins and ends in the text."""

    stems: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


NO_WORDS = Words((), (), ())


def words_of(lowered: str, sentence: Sentence) -> Words:
    """The words of a sentence of a lower-case text."""
    found = list(_TOKEN.finditer(lowered, sentence.start, sentence.end))
    stems = (_NUMBER if match[0][0].isdigit() else stem(match[0]) for match in found)
    return Words(tuple(stems), tuple(match.start() for match in found), tuple(match.end() for match in found))


@dataclass(slots=True)
class Wording:
    """The words around a number: those of its sentence before the word ``first``, and those from ``behind`` on."""

    words: Words
    first: int
    behind: int

    def counts(self) -> Counter[tuple[str, str]]:
        """The words at each place; of the nearest how often each stands there."""
        stems, first, behind = self.words.stems, self.first, self.behind
        standing = (
            stems[max(0, first - NEAREST_BEFORE) : first],
            stems[behind : behind + NEAREST_AFTER],
            set(stems[:first]),
            set(stems[behind:]),
            set(stems),
        )
        return Counter((place, word) for place, words in zip(PLACES, standing, strict=True) for word in words)


def wording_of(words: Words, figure: Figure) -> Wording:
    """The words around a number of their sentence."""
    return Wording(words, bisect_right(words.ends, figure.start), bisect_left(words.starts, figure.end))
