"""Reads numbers that Indonesian text writes out: "dua puluh lima", "sejuta", "setengah juta"."""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
_WHOLE = {
    "sepuluh": 10,
    "sebelas": 11,
    "seratus": 100,
    "seribu": 1_000,
    "sejuta": 1_000_000,
    "semiliar": 1_000_000_000,
}
_MULTIPLIERS = {"belas": 10, "puluh": 10, "ratus": 100}
_SCALES = {
    "ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000, "milyar": 1_000_000_000, "triliun": 1_000_000_000_000,
}  # fmt: skip

_WORD = "|".join([*_WHOLE, *_UNITS])
_MORE = "|".join([*_WHOLE, *_UNITS, *_MULTIPLIERS, *_SCALES])
#: A written-out number: a counting word, or half of a scale, followed by at most nineteen more number words.
WORD_NUMBER = rf"(?:setengah\s(?:{'|'.join(_SCALES)})|(?:{_WORD})(?:[ \u00a0](?:{_MORE})\b){{0,19}}+)"

#: What a written-out number begins with.
FIRST_WORDS = ("setengah", *_WHOLE, *_UNITS)

_TOKEN = re.compile(r"\w+")


def read_word_number(words: str) -> Decimal:
    """The value of words that match :data:`WORD_NUMBER`."""
    total = Decimal(0)
    group = 0
    for word in _TOKEN.findall(words.lower()):
        if word == "setengah":
            return Decimal(_SCALES[_TOKEN.findall(words.lower())[1]]) / 2
        if word in _UNITS:
            group += _UNITS[word]
        elif word in _WHOLE and _WHOLE[word] < 1_000:
            group += _WHOLE[word]
        elif word in _WHOLE:
            total += _WHOLE[word]
        elif word == "belas":
            group += 10
        elif word in _MULTIPLIERS:
            last = group % 10
            group += last * (_MULTIPLIERS[word] - 1)
        else:
            total += max(group, 1) * _SCALES[word]
            group = 0
    return total + group
