"""Marks the words of a text that tell what its numbers are: cues, segments, programmes and units.

All of them are data: seeds/cues.csv, segments.csv, programs.csv, units.csv and agreement_kinds.csv. A mark carries
tags: "target" and the other cue classes, "segment:GROUP", "program:CODE", "unit:KIND", "agreement:KIND".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tasks.extract.phrases import PhraseFinder, lower
from tasks.knowledge import read_seed


@dataclass(slots=True)
class Mark:
    """Known words at ``text[start:end]`` and what they tell.

    ``segment``, ``program``, ``agreement`` and ``fund`` are what the tags say of these, or None. ``fund`` is work,
    health, or other for another topic. ``is_noun`` says that numbers count them: a unit, a group of workers, heirs.
    """

    start: int
    end: int
    tags: frozenset[str]
    segment: str | None
    program: str | None
    agreement: str | None
    fund: str | None
    is_noun: bool


_FUNDS = {"fund_work": "work", "fund_health": "health", "topic_other": "other"}


def _tagged(tags: frozenset[str], prefix: str) -> str | None:
    """The rest of the first tag (in alphabetical order) that begins with a prefix, or None."""
    return min((tag[len(prefix) :] for tag in tags if tag.startswith(prefix)), default=None)


def _fund(tags: frozenset[str]) -> str | None:
    named = tags & _FUNDS.keys()
    return _FUNDS[min(named)] if named else None


# Words for a group of workers that do not count its members: "sektor formal", "RT/RW".
_NO_PERSONS = (
    "sektor",
    "ekosistem",
    "segmen",
    "formal",
    "informal",
    "rt",
    "rw",
    "rukun",
    "non",
    "bukan formal",
    "jasa",
    "magang",
)


# The fields of a mark that do not depend on where it stands.
_Told = tuple[frozenset[str], str | None, str | None, str | None, str | None, bool]


@cache
def _tags_by_phrase() -> dict[str, frozenset[str]]:
    tags: dict[str, set[str]] = {}
    for row in read_seed("cues.csv", ("class", "phrase")):
        tags.setdefault(lower(row["phrase"]), set()).add(row["class"])
    for row in read_seed("segments.csv", ("segment", "phrase")):
        found = tags.setdefault(lower(row["phrase"]), set())
        found.add(f"segment:{row['segment']}")
        if not lower(row["phrase"]).startswith(_NO_PERSONS):
            found.add("unit:person")
    for row in read_seed("programs.csv", ("program", "phrase")):
        tags.setdefault(lower(row["phrase"]), set()).add(f"program:{row['program']}")
    for row in read_seed("agreement_kinds.csv", ("kind", "phrase")):
        tags.setdefault(lower(row["phrase"]), set()).add(f"agreement:{row['kind']}")
    for row in read_seed("units.csv", ("kind", "noun")):
        for noun in (lower(row["noun"]), lower(row["noun"]) + "nya"):
            tags.setdefault(noun, set()).add(f"unit:{row['kind']}")
    return {phrase: frozenset(found) for phrase, found in tags.items()}


def _is_noun(tags: frozenset[str]) -> bool:
    return any(tag == "heir" or tag.startswith(("unit:", "segment:")) for tag in tags)


@cache
def _finder() -> tuple[PhraseFinder, tuple[_Told, ...]]:
    """The finder of all phrases, and what each tells."""
    tags = _tags_by_phrase()
    return PhraseFinder(tags), tuple(map(_told, tags.values()))


def _told(tags: frozenset[str]) -> _Told:
    segment, program, agreement = (_tagged(tags, kind) for kind in ("segment:", "program:", "agreement:"))
    return tags, segment, program, agreement, _fund(tags), _is_noun(tags)


def find_marks(lowered: str) -> list[Mark]:
    """Marks of a lower-case text, in order and not overlapping."""
    finder, told = _finder()
    return [Mark(start, end, *told[index]) for start, end, index in finder.find(lowered)]


@cache
def cue_classes() -> frozenset[str]:
    """All classes of seeds/cues.csv."""
    return frozenset(row["class"] for row in read_seed("cues.csv", ("class", "phrase")))
