"""The language of a text by its commonest words: Indonesian and the languages found beside it."""

from __future__ import annotations

import re

from tasks.clean.word_sets import word_set

_COMMON = {
    "id": word_set(
        "yang dan di ke untuk dengan dari pada dalam tidak akan adalah ini itu juga telah sudah oleh bagi para agar "
        "sebagai karena bahwa serta hingga menjadi lebih ada kata ia kami mereka tersebut seperti saat"
    ),
    "en": word_set("the of and to in is that for it was on with as by at from are this be have not but"),
    "jv": word_set("lan ing sing kanggo karo saka iki ora ana wis menyang dening kang marang"),
    "su": word_set("jeung nu di keur kana ti anu henteu aya geus mangrupa ieu pikeun"),
}
_MALAY = word_set("kerana iaitu bahawa wang sahaja ialah pelbagai kesihatan berlaku")
_INDONESIAN = word_set("karena yaitu yakni bahwa uang saja berbagai kesehatan terjadi")
_LATIN_WORD = re.compile(r"[a-z]+")
SAMPLE = 1000
"""Characters of a text that are looked at."""

_LEAST_SHARE = 0.05
_LEAST_MALAY = 3


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of Indonesian, Malay, Javanese, Sundanese or English; None for anything else."""
    words = _LATIN_WORD.findall(text[:SAMPLE].lower())
    if not words:
        return None
    shares = {language: sum(map(common.__contains__, words)) / len(words) for language, common in _COMMON.items()}
    best = max(shares, key=lambda language: shares[language])
    if shares[best] < _LEAST_SHARE:
        return None
    return "ms" if best == "id" and _is_malay(words) else best


def _is_malay(words: list[str]) -> bool:
    """Whether the words that the two languages spell apart are Malay ones."""
    malay = sum(map(_MALAY.__contains__, words))
    return malay >= _LEAST_MALAY and malay > sum(map(_INDONESIAN.__contains__, words))
