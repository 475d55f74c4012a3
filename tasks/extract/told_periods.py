"""Reads the periods of a text in its order: each against the day of telling and against what was named before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from tasks.extract.period_readers import Anchor
from tasks.extract.periods import DAY_LENGTH, MONTH_LENGTH, YEAR_LENGTH, PeriodMention, PeriodWords

_THIS = re.compile(r"\sini\b")
_SENTENCE_END = re.compile(r"[.?!]\s|\n")
# How far before its words stands what "tahun sebelumnya" or "kala itu" looks back to, and of which kinds it is.
_REACH = 300
_TOLD = ("period", "year", "month")
_YEARS_AWAY = {"shift": -1, "earlier": -1, "same": 0, "later": 1}


def resolve(words: Sequence[PeriodWords], anchor: Anchor) -> list[PeriodMention]:
    """The mentions that the words of a text make for an anchor."""
    mentions: list[PeriodMention] = []
    for item in words:
        looks_back = item.kind == "month" or item.kind in _YEARS_AWAY
        mentions.append(_read(item, _told_before(item, mentions), anchor) if looks_back else item.against(anchor))
    return mentions


def _told_before(item: PeriodWords, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The periods told a little before some words, in order; those of statements are of another kind."""
    near = takewhile(lambda each: item.start - each.end <= _REACH, reversed(mentions))
    return [each for each in near if each.iso and each.kind not in ("statement", "now")][::-1]


def _read(item: PeriodWords, before: Sequence[PeriodMention], anchor: Anchor) -> PeriodMention:
    """The mention that some words make behind the periods told a little before, those of their sentence first."""
    alone = item.against(anchor)
    beside = [each for each in before if _is_one_sentence(each, item)]
    told = [each for each in before if each.kind in _TOLD]
    if item.kind == "month" and beside and len(beside[-1].iso or "") == MONTH_LENGTH:
        return _of_the_same_list(item, beside[-1].iso or "") or alone
    if item.kind not in _YEARS_AWAY or (item.kind == "shift" and alone.iso):
        return alone
    if beside:
        return _looking_back(item, beside[-1])
    if item.kind == "shift":
        return alone
    if told:
        return _looking_back(item, told[-1] if item.kind == "same" else max(told, key=_year))
    return PeriodMention(item.start, item.end, alone.iso, "relative" if alone.iso else "shift")


def _year(mention: PeriodMention) -> str:
    """The year in which a period ends."""
    return (mention.iso or "").split("/")[-1][:YEAR_LENGTH]


def _looking_back(item: PeriodWords, before: PeriodMention) -> PeriodMention:
    """What "tahun sebelumnya", "setahun kemudian" or "kala itu" means behind a period: the same, years away.

    "Periode yang sama tahun 2023, saat itu" is that of the figures told before, in 2023.
    """
    if item.kind == "same" and before.kind == "shift":
        return PeriodMention(item.start, item.end, before.iso, "shift")
    ends = (before.iso or "").split("/")
    if item.kind in ("earlier", "later"):
        ends = [ends[-1][:YEAR_LENGTH]]
    moved = "/".join(in_another_year(end, _YEARS_AWAY[item.kind]) for end in ends)
    return PeriodMention(item.start, item.end, moved, "relative")


def in_another_year(end: str, years: int) -> str:
    """An end of a period so many years later; a leap day becomes the last of its month."""
    rest = end[YEAR_LENGTH:] if end[YEAR_LENGTH:] != "-02-29" else "-02-28"
    return f"{int(end[:YEAR_LENGTH]) + years:04d}{rest}"


def _of_the_same_list(item: PeriodWords, iso: str) -> PeriodMention | None:
    """A month without a year behind one that is dated: "Januari 2023 sebanyak 13 kasus, Februari 24 kasus"."""
    found = item.against(Anchor(date(int(iso[:YEAR_LENGTH]), 12, 31)))
    return found if found.iso and found.iso >= iso else None


def _is_one_sentence(before: PeriodMention, item: PeriodWords) -> bool:
    return _SENTENCE_END.search(item.match.string, before.end, item.start) is None


def find_event_day(words: Sequence[PeriodWords], published: date | None) -> date | None:
    """The day that the article reports on: the latest statement date of its text, or None.

    Earlier ones are those of what led to it.

    A date without a year is completed from the publication, else from what the text says of its own time.
    """
    statements = [item for item in words if item.kind == "statement"]
    if not statements:
        return None
    stated = resolve(statements, Anchor(published or find_latest_date(words)))
    days = [date.fromisoformat(each.iso) for each in stated if each.iso and len(each.iso) == DAY_LENGTH]
    return max((day for day in days if published is None or day <= published), default=days[0] if days else None)


def find_latest_date(words: Sequence[PeriodWords]) -> date | None:
    """What is left to read months and years by where a text names no day of its own.

    That is its latest full date, else the middle of the year that it calls the present one ("2024 ini"), from which
    every day of the year is the nearest of its name, else a day of its latest month.
    """
    ends = [(mention.iso or "").split("/")[-1] for mention in resolve(words, Anchor(None))]
    days = [end for end in ends if len(end) == DAY_LENGTH]
    if days:
        return date.fromisoformat(max(days))
    for item in words:
        if item.kind == "year" and _THIS.match(item.match.string, item.end):
            return date(int(item.match["year"]), 7, 2)
    months = [end for end in ends if len(end) == MONTH_LENGTH]
    return date.fromisoformat(f"{max(months)}-28") if months else None
