"""Names in bylines: who reported, apart from who edited; empty rather than wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tasks.clean.lines import fold
from tasks.clean.word_sets import word_set

_ROLES = (
    r"penulis|pewarta|reporter|wartawan|jurnalis|kontributor|laporan|ditulis|dilaporkan|oleh|author|written|reported|by|"
    r"editor|redaktur|penyunting|edited|rep|red|uploader|pengunggah|publisher|penerjemah|sumber|source|fotografer|foto|copywriter|"
    r"video"
)
_ROLE = re.compile(
    rf"\b(?P<role>{_ROLES})\b(?:\s*(?:/|&|dan)\s*(?:penulis|pewarta|reporter|editor|redaktur|foto\w*))?"
    r"(?:\s+(?:oleh|by|wartawan|reporter|jurnalis|kontributor)\b)?\s*(?:\|\s*)?(?P<mark>[:：]?)",
    re.IGNORECASE,
)
_ROLE_WORDS = frozenset(_ROLES.split("|"))
_WORD = re.compile(r"\w+")
_SEPARATOR_BEFORE = re.compile(r"(?:^|[|;(•·/]|\s[-–])\W*$")
_LONE_ROLE = re.compile(rf"^\W*(?:{_ROLES})\W*$", re.IGNORECASE)
_REPORTS = word_set(
    "penulis pewarta reporter wartawan jurnalis kontributor laporan ditulis dilaporkan oleh author written reported by "
    "rep"
)
_EDITS = word_set("editor redaktur penyunting edited uploader pengunggah publisher red")
_PLACED = word_set("kontributor wartawan reporter jurnalis laporan")
"""Roles behind which a place or paper may stand before the name: "Laporan wartawan Koran, Nama"."""
_NOT_A_PERSON = re.compile(
    r"^(?:admin\w*|administrator|redaksi\b.*|redaktur|editor\w*|tim\b.*|staff?|super\s?admin|user|root|penulis|reporter|"
    r"jurnalis|kontributor|wartawan|news\s?room|webmaster|web|online|author|publisher|news|berita|unknown|anonymous|"
    r"view\b.*|share\b.*|diperbarui|diterbitkan|dipublikasikan|published|updated|posted|senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|\d+|\S*\.(?:com|co|id|net|org)\b.*|https?:.*|@.*|"
    r".*\bdeveloper)$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^\W*(?:penulis|reporter|pewarta|wartawan|jurnalis)\s*[:：]\s*\w[^:|\n]{2,60}$", re.IGNORECASE)
_WEEKDAY_BEHIND = re.compile(r"(?<=[a-z.'’])\s*(?:Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad)$")
"""The day of a date behind a name, which markup without a blank glues to it."""

_PLACE_BEHIND = re.compile(r"\s*\([^()]*\)?$")
_INITIALS_LENGTH = 4
_CUT = re.compile(r"\s*[|•·]\s?|\s[-–—]\s|\s*\d|\s+(?:on|pada)\s|\n")
_NAME = re.compile(r"[^\W\d_][\w.'’ʼ`-]*(?:\s+[^\W\d_][\w.'’ʼ`-]*){0,5}")
_NAME_BEFORE_ROLE = re.compile(
    r"^\W*(?P<name>[^,|·•]{3,60}),\s*(?:jurnalis|reporter|wartawan|kontributor)\s*(?:$|[·•|/(–-])", re.IGNORECASE
)
_LEAST_BRAND = 6
_NAME_LENGTH = 60
_REACH = 300


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a byline says reported, and who edited."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


def read_byline(text: str) -> Byline:
    """The names behind the roles of a byline, in its order.

    "Penulis: A | Editor: B" gives A and B; "Oleh A, Sabtu, …" and "A, Jurnalis · Sabtu, …" give A; "Redaktur &
    Reporter: A" gives A as a reporter; "Oleh Redaksi" and a source give nobody.
    """
    text = text[:_REACH]
    roles = list(_ROLE.finditer(text))
    before = _NAME_BEFORE_ROLE.match(text)
    authors = [before.group("name").strip()] if before and _is_full_name(before.group("name")) else []
    editors: list[str] = []
    for role, following in zip_longest(roles, roles[1:]):
        name = role.group("role").lower()
        reports = not _REPORTS.isdisjoint(_WORD.findall(role.group().lower()))
        found = authors if reports else editors if name in _EDITS else None
        if found is not None and _opens(text, role):
            names = text[role.end() : following.start() if following else None]
            if name in _PLACED and not role.group("mark"):
                names = names.partition(",")[2] or names
            found.extend(split_names(names, strict=not role.group("mark")))
    return Byline(tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(editors)))


def _opens(byline: str, role: re.Match[str]) -> bool:
    """Whether a role opens a part of a byline: a colon behind it, or the line's start or a separator before it."""
    return bool(role.group("mark")) or _SEPARATOR_BEFORE.search(byline[: role.start()]) is not None


def split_names(text: str, *, strict: bool = True) -> list[str]:
    """The names of a list such as "A, B dan C"; what is no person's or office's name is left out.

    ``strict`` asks for a capital first letter, as where no colon stands before the names.
    """
    text = _CUT.split(text[:_REACH].strip(" :|-–•·*_()[]"), maxsplit=1)[0]
    names = re.split(r"\s*(?:,|;|/|&|\bdan\b|\band\b)\s*", text)
    return _drop_handles([name for part in names if (name := read_name(part, strict=strict)) is not None])


def _drop_handles(names: list[str]) -> list[str]:
    """The names without initials and users' names, as of an editor, that stand beside a full name."""
    if not any(" " in name and name[0].isupper() for name in names) and not any(name.istitle() for name in names):
        return names
    return [name for name in names if name[0].isupper() and (len(name) > _INITIALS_LENGTH or not name.isupper())]


def read_name(text: str, *, strict: bool = True) -> str | None:
    """One name, or None for what is none: a weekday, a role, an address, a sentence."""
    text = _PLACE_BEHIND.sub("", text).strip(" .:|-–•·*_()[]\"'“”")
    text = _WEEKDAY_BEHIND.sub("", text)
    if not 2 <= len(text) <= _NAME_LENGTH or not _NAME.fullmatch(text) or _NOT_A_PERSON.match(text):
        return None
    return None if strict and not text[0].isupper() else text


def read_bylines(lines: Sequence[str]) -> list[Byline]:
    """The bylines among short lines; a lone role is read with the name beside it.

    "Penulis", ": A" and "A", "Jurnalis" both say that A reported.
    """
    found = []
    taken = -1
    for index, line in enumerate(lines):
        if _ROLE_WORDS.isdisjoint(_WORD.findall(line.lower())):
            continue
        if _LONE_ROLE.match(line):
            before = lines[index - 1] if index - 1 > taken else ""
            following = lines[index + 1] if index + 1 < len(lines) else ""
            role = line.strip(" :")
            if not following.startswith(":") and _is_full_name(before):
                found.append(read_byline(f"{role}: {before}"))
            elif following.startswith(":") or _is_full_name(following):
                found.append(read_byline(f"{role}: {following.lstrip(': ')}"))
                taken = index + 1
        else:
            found.append(read_byline(line))
    return found


def is_signature(text: str) -> bool:
    """Whether a line is nothing but the reporter's name behind a word that says so: "Penulis: Nama"."""
    return len(text) < _NAME_LENGTH + 20 and _SIGNATURE.match(text) is not None


def _is_full_name(text: str) -> bool:
    """Whether a line is nothing but a name of two or more capitalised words."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() for word in words) and read_name(text) is not None


def names_in_author_block(text: str) -> list[str]:
    """The names in a block that its class calls the author's: "Name", "By Name", "Name | date"."""
    return list(read_byline(text).authors) or [
        name for name in split_names(text) if all(w[0].isupper() for w in name.split())
    ]


def drop_names(names: Iterable[str], unwanted: Iterable[str]) -> tuple[str, ...]:
    """The names without those that are an unwanted one, hold it as words or are part of it, such as the site's."""
    refused = [fold(name) for name in unwanted if name and fold(name)]
    return tuple(name for name in dict.fromkeys(names) if not any(_is_same(fold(name), word) for word in refused))


def _is_same(name: str, unwanted: str) -> bool:
    joined, other = name.replace(" ", ""), unwanted.replace(" ", "")
    return f" {unwanted} " in f" {name} " or joined in other or (len(other) >= _LEAST_BRAND and other in joined)
