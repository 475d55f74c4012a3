"""Finds the periods and dates of a text and gives them as ISO 8601, as precise as the words are.

A mention is either a *period* (what figures refer to: "per 31 Maret 2025", "triwulan II 2024", "tahun 2026"), a
*statement* date (when something was said or done: "Rabu (16/7/2025)") or *relative* ("tahun ini", "saat ini"),
which needs an anchor: the date of the event that the article reports, or of its publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tasks.extract.calendar_words import MONTH, MONTHS, ORDINAL, ORDINALS, WEEKDAY

_YEAR = r"(?:19|20)\d\d"
_FLAGS = re.IGNORECASE


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period at ``text[start:end]``; ``iso`` is None where a relative one has nothing to stand on."""

    start: int
    end: int
    iso: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative words are read against; both may be unknown."""

    day: date | None

    @property
    def year(self) -> int | None:
        """Year of the day."""
        return self.day.year if self.day else None


_Reader = Callable[[re.Match[str], Anchor], str | None]


def _iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _full_year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < 100 else year


def _month(text: str) -> int:
    return MONTHS[text.lower()]


def _read_long_date(match: re.Match[str], anchor: Anchor) -> str | None:
    year = int(match["year"]) if match["year"] else anchor.year
    return _iso_day(year, _month(match["month"]), int(match["day"])) if year else None


def _read_day_range(match: re.Match[str], anchor: Anchor) -> str | None:
    year, month = int(match["year"]) if match["year"] else anchor.year, _month(match["month"])
    if not year:
        return None
    first, last = _iso_day(year, month, int(match["day"])), _iso_day(year, month, int(match["last_day"]))
    return f"{first}/{last}" if first and last and first < last else None


def _read_short_date(match: re.Match[str], anchor: Anchor) -> str | None:
    year = _full_year(match["year"]) if match["year"] else anchor.year
    return _iso_day(year, int(match["month"]), int(match["day"])) if year else None


def _read_month(match: re.Match[str], anchor: Anchor) -> str | None:
    year = int(match["year"]) if match["year"] else _latest_year(_month(match["month"]), anchor)
    return f"{year:04d}-{_month(match['month']):02d}" if year else None


def _latest_year(month: int, anchor: Anchor) -> int | None:
    """The year of the month that lies last before the anchor: news without a year speak of the past."""
    if anchor.day is None:
        return None
    return anchor.day.year if month <= anchor.day.month else anchor.day.year - 1


def _read_month_range(match: re.Match[str], anchor: Anchor) -> str | None:
    last_month = _month(match["last"])
    last_year = int(match["last_year"]) if match["last_year"] else _latest_year(last_month, anchor)
    if not last_year:
        return None
    first_month = _month(match["first"])
    first_year = int(match["first_year"]) if match["first_year"] else last_year - (first_month > last_month)
    return f"{first_year:04d}-{first_month:02d}/{last_year:04d}-{last_month:02d}"


def _read_part_of_year(match: re.Match[str], anchor: Anchor) -> str | None:
    year = int(match["year"]) if match["year"] else anchor.year
    if year and match["which"] and "lalu" in match["which"].lower():
        year -= 1
    number = ORDINALS[match["number"].lower()]
    months = 6 if match["part"].lower().startswith("sem") else 3
    if not year or number * months > 12:
        return None
    return f"{year:04d}-{(number - 1) * months + 1:02d}/{year:04d}-{number * months:02d}"


def _read_year(match: re.Match[str], anchor: Anchor) -> str | None:
    return match["year"]


def _read_year_end(match: re.Match[str], anchor: Anchor) -> str | None:
    year = match["year"] or (str(anchor.year) if anchor.year else None)
    return year and year[:4]


def _read_relative_year(match: re.Match[str], anchor: Anchor) -> str | None:
    if not anchor.year:
        return None
    words = match["which"].lower()
    offset = 1 if "depan" in words else 0 if "ini" in words or "berjalan" in words else -1
    return f"{anchor.year + offset:04d}"


def _read_now(match: re.Match[str], anchor: Anchor) -> str | None:
    return anchor.day.isoformat() if anchor.day else None


def _read_relative_month(match: re.Match[str], anchor: Anchor) -> str | None:
    if not anchor.day:
        return None
    months = anchor.day.year * 12 + anchor.day.month - 1 - ("lalu" in match[0].lower())
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


_WEEKDAY_BEFORE = rf"(?P<weekday>\b(?:{WEEKDAY})\b(?:\s(?:pagi|siang|sore|malam|lalu|kemarin))?,?\s?)?"
_JOIN = r"\s?(?:[-–—/]|\bhingga\b|\bsampai(?:\sdengan)?\b|\bs/d\b|\bdan\b)\s?"
# In the order in which they are tried: a longer form before the parts that it is made of.
_PATTERNS: tuple[tuple[str, re.Pattern[str], _Reader], ...] = (
    (
        "period",
        re.compile(
            rf"\b(?P<day>\d{{1,2}})\s?[-–]\s?(?P<last_day>\d{{1,2}})\s(?P<month>{MONTH})\b(?:\s(?:tahun\s)?(?P<year>{_YEAR})\b)?",
            _FLAGS,
        ),
        _read_day_range,
    ),
    (
        "day",
        re.compile(
            rf"{_WEEKDAY_BEFORE}\(?\b(?P<day>\d{{1,2}})\s(?P<month>{MONTH})\b\.?(?:\s(?:tahun\s)?(?P<year>{_YEAR})\b)?",
            _FLAGS,
        ),
        _read_long_date,
    ),
    (
        "statement",
        re.compile(
            rf"{_WEEKDAY_BEFORE}(?:\(|\b(?=\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}))"
            rf"(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?:[/-](?P<year>{_YEAR}|\d\d))?(?=\)|\b)(?!/|\d)",
            _FLAGS,
        ),
        _read_short_date,
    ),
    (
        "period",
        re.compile(
            rf"\b(?P<first>{MONTH})\b(?:\s(?:tahun\s)?(?P<first_year>{_YEAR})\b)?{_JOIN}"
            rf"(?:bulan\s)?(?P<last>{MONTH})\b(?:,?\s(?:tahun\s)?(?P<last_year>{_YEAR})\b)?",
            _FLAGS,
        ),
        _read_month_range,
    ),
    (
        "period",
        re.compile(
            rf"\b(?P<part>triwulan|kuartal|tw|semester)\s(?:ke[- ]?)?(?P<number>{ORDINAL})\b"
            rf"(?:(?:\s?[,/-]\s?|\s)(?:tahun\s)?(?P<year>{_YEAR})\b)?(?:\stahun\s(?P<which>ini|lalu)\b)?",
            _FLAGS,
        ),
        _read_part_of_year,
    ),
    (
        "period",
        re.compile(rf"\b(?P<month>{MONTH})\b\.?,?\s(?:tahun\s)?(?P<year>{_YEAR})\b(?!\.\d)", _FLAGS),
        _read_month,
    ),
    (
        "month",
        re.compile(
            r"\b(?:per|hingga|sampai|sejak|pada|bulan|akhir|awal|pertengahan|selama|sepanjang)"
            rf"\s(?:dengan\s)?(?:akhir\s|bulan\s)?(?P<month>{MONTH})\b(?P<year>)(?!\s\d)",
            _FLAGS,
        ),
        _read_month,
    ),
    (
        "years",
        re.compile(rf"\b(?P<year>{_YEAR})\s?[-–—/]\s?(?P<last>{_YEAR}|\d\d)\b(?![.,]?\d)", _FLAGS),
        lambda match, anchor: None,
    ),
    (
        "shift",
        re.compile(
            r"\b(?:periode|bulan|tahun|kurun|waktu)\s(?:yang\s)?(?:sama|serupa)\s(?:pada\s|di\s)?tahun\s(?:sebelumnya|lalu)\b"
            r"|\bsetahun\s(?:sebelumnya|lalu)\b(?!,?\s(?:pada\s)?\w+\s\d{4})",
            _FLAGS,
        ),
        lambda match, anchor: None,
    ),
    (
        "relative",
        re.compile(r"\btahun\s(?P<which>ini|lalu|kemarin|kemaren|sebelumnya|depan|berjalan|silam)\b", _FLAGS),
        _read_relative_year,
    ),
    (
        "relative",
        re.compile(
            rf"\b(?:akhir|tutup|penghujung)\stahun(?:\sini|\s(?P<year>{_YEAR}))?\b(?!\s(?:lalu|depan|{_YEAR}))",
            _FLAGS,
        ),
        _read_year_end,
    ),
    (
        "now",
        re.compile(
            r"\b(?:saat\sini|sekarang(?:\sini)?|hingga\skini|sampai\skini|kini|hari\sini|sejauh\sini|sementara\sini)\b",
            _FLAGS,
        ),
        _read_now,
    ),
    ("relative", re.compile(r"\bbulan\s(?:ini|lalu|kemarin)\b", _FLAGS), _read_relative_month),
    ("year", re.compile(rf"(?<![\w./,-])(?P<year>{_YEAR})\b(?![.,/]\d)(?!-\w)", _FLAGS), _read_year),
)


def find_periods(text: str, anchor: Anchor) -> list[PeriodMention]:
    """Period mentions in order, not overlapping; kinds: period, statement, day, month, year, years, relative, now."""
    taken = bytearray(len(text))
    mentions = []
    for kind, pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            if kind == "day":
                found = "statement" if match["weekday"] or text[start] == "(" else "period"
                if not match["year"]:
                    found = "statement" if found == "statement" else "month"
            else:
                found = kind
            mentions.append(PeriodMention(start, end, read(match, anchor), found))
    mentions.sort(key=lambda mention: mention.start)
    return mentions


def find_event_day(text: str, published: date | None) -> tuple[date | None, int | None]:
    """The day that the article reports on, and where it is stated: the first statement date of its text.

    A date without a year is completed from the publication, else from the first year that the text gives with a
    full date. Returns (None, None) where there is no such date.
    """
    year_hint = published or _first_full_date(text)
    for mention in find_periods(text, Anchor(year_hint)):
        if mention.kind == "statement" and mention.iso and "/" not in mention.iso:
            return date.fromisoformat(mention.iso), mention.start
    return None, None


def _first_full_date(text: str) -> date | None:
    for mention in find_periods(text, Anchor(None)):
        if mention.iso and len(mention.iso) == 10:
            return date.fromisoformat(mention.iso)
    return None
