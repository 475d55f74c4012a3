"""Names in bylines: who reported, apart from who edited; empty rather than wrong."""

from __future__ import annotations

import re
from itertools import zip_longest

_ROLE = re.compile(
    r"\b(?P<role>penulis|pewarta|reporter|wartawan|jurnalis|kontributor|laporan|ditulis|dilaporkan|oleh|author|written|"
    r"reported|by|editor|redaktur|penyunting|edited|uploader|pengunggah|publisher|penerjemah|sumber|source|foto\w*|"
    r"copywriter|video)\b(?:\s*(?:/|&|dan)\s*(?:penulis|pewarta|reporter|editor|redaktur|foto\w*))?"
    r"(?:\s+(?:oleh|by|wartawan|reporter|jurnalis|kontributor))?\s*(?P<mark>[:：]?)",
    re.IGNORECASE,
)
_REPORTS = frozenset(
    (
        "penulis",
        "pewarta",
        "reporter",
        "wartawan",
        "jurnalis",
        "kontributor",
        "laporan",
        "ditulis",
        "dilaporkan",
        "oleh",
        "author",
        "written",
        "reported",
        "by",
    )
)
_NOT_A_PERSON = re.compile(
    r"^(?:admin\w*|redaksi\w*|redaktur|editor\w*|tim\b.*|staff?|super\s?admin|user|root|penulis|reporter|jurnalis|"
    r"kontributor|wartawan|humas|news\s?room|webmaster|web|online|author|publisher|\d+|"
    r"[\w.-]+\.(?:com|co|id|net)\S*)$",
    re.IGNORECASE,
)
_PLACE_OF_REPORTER = re.compile(
    r"^(?:kontributor|wartawan|reporter|jurnalis|biro|koresponden)\s+[^,]{2,40},\s*", re.IGNORECASE
)
_NAME_LENGTH = 60


def authors_of(byline: str) -> tuple[str, ...]:
    """The reporters that a byline names, in its order.

    "Penulis: A | Editor: B" gives A; "Oleh A, Sabtu, …" gives A; a byline of an editor, a source or
    "Redaksi" gives nothing.
    """
    found: list[str] = []
    roles = list(_ROLE.finditer(byline[:300]))
    for role, following in zip_longest(roles, roles[1:]):
        if role.group("role").lower() in _REPORTS:
            end = following.start() if following else len(byline[:300])
            found.extend(split_names(byline[role.end() : end]))
    return tuple(dict.fromkeys(found))


def split_names(text: str) -> list[str]:
    """The names of a list such as "A, B dan C"; what is no person's or office's name is left out."""
    text = _PLACE_OF_REPORTER.sub(
        "", re.split(r"\s[|•·]\s?|\s[-–]\s|\d", text.strip(" :|-–•·*_()[]"), maxsplit=1)[0].strip()
    )
    names = re.split(r"\s*(?:,|;|/|&|\bdan\b|\band\b)\s*", text)
    return [name for part in names if (name := _name(part)) is not None]


def _name(text: str) -> str | None:
    """One name, or None for what is none: a weekday, a role, a sentence."""
    text = text.strip(" .:|-–•·*_()[]\"'“”")
    if not 2 <= len(text) <= _NAME_LENGTH or not text[0].isupper() or len(text.split()) > 6:
        return None
    if _NOT_A_PERSON.match(text) or re.match(r"(?i)(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu)$", text):
        return None
    return text
