"""How the words of a period are read against a day: each reader gives ISO 8601, as precise as the words are.

It gives None where a relative form has nothing to stand on. The forms that the words have are in
:mod:`tasks.extract.period_forms`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tasks.extract.calendar_words import MONTHS, NUMBER_OF_MONTHS, ORDINALS


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative words are read against; it may be unknown."""

    day: date | None

    @property
    def year(self) -> int | None:
        """Year of the day."""
        return self.day.year if self.day else None


Reader = Callable[[re.Match[str], Anchor], str | None]


def _iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _full_year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < 100 else year


def _month(text: str) -> int:
    return MONTHS[text]


def _related_year(words: str, anchor: Anchor) -> int | None:
    """The year that words like "tahun lalu" name, seen from the anchor."""
    if not anchor.year:
        return None
    return anchor.year + (1 if "depan" in words else 0 if "ini" in words or "berjalan" in words else -1)


def _day_without_year(match: re.Match[str], month: int, day: int, anchor: Anchor) -> str | None:
    """The day nearest to the anchor; behind "per" or "sejak" the latest one before it: what is counted has been."""
    if anchor.day is None:
        return None
    years = (anchor.day.year - 1, anchor.day.year, anchor.day.year + 1)
    days = [date.fromisoformat(iso) for year in years if (iso := _iso_day(year, month, day))]
    if _AS_OF_BEFORE.search(match.string, max(0, match.start() - _AS_OF_REACH), match.start()):
        days = [day for day in days if day <= anchor.day]
    reference = anchor.day
    return min(days, key=lambda day: abs(day - reference)).isoformat() if days else None


_AS_OF_BEFORE = re.compile(r"\b(?:per|sejak|mulai|hingga|sampai)\s(?:dengan\s)?(?:tanggal\s)?$")
_AS_OF_REACH = 30


def read_long_date(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "15 Juli 2025", "15 Juli", "15 Juli tahun ini"."""
    month, day = _month(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else None
    if match["which"]:
        year = _related_year(match["which"], anchor)
    elif year is None:
        return _day_without_year(match, month, day, anchor)
    return _iso_day(year, month, day) if year else None


def read_day_range(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "1 Januari sampai 24 Oktober 2021", "1 Januari 2022 hingga 30 Maret 2023"."""
    year, month = int(match["year"]) if match["year"] else anchor.year, _month(match["month"])
    if not year:
        return None
    first_year = int(match["first_year"]) if match["first_year"] else year
    first_month = _month(match["first_month"]) if match["first_month"] else month
    first, last = _iso_day(first_year, first_month, int(match["day"])), _iso_day(year, month, int(match["last_day"]))
    return f"{first}/{last}" if first and last and first < last else None


def read_short_date(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "15/7/2025", "15-7", "Juli 15, 2025"."""
    month = int(match["month"]) if match["month"].isdigit() else _month(match["month"])
    day = int(match["day"])
    if not match["year"]:
        return _day_without_year(match, month, day, anchor)
    return _iso_day(_full_year(match["year"]), month, day)


def read_month(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "Juli 2025", or the last July before the anchor."""
    month = _month(match["month"])
    year = int(match["year"]) if match["year"] else _latest_year(month, anchor)
    return f"{year:04d}-{month:02d}" if year else None


def read_related_month(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "Juli tahun lalu"."""
    month = _month(match["month"])
    year = _related_year(match["which"], anchor) if match["which"] else _latest_year(month, anchor)
    return f"{year:04d}-{month:02d}" if year else None


def _latest_year(month: int, anchor: Anchor) -> int | None:
    """The year of the month that lies last before the anchor: news without a year speak of the past."""
    if anchor.day is None:
        return None
    return anchor.day.year if month <= anchor.day.month else anchor.day.year - 1


def read_month_range(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "Januari-September 2024", "Oktober 2023 sampai Mei 2024"."""
    last_month = _month(match["last"])
    last_year = int(match["last_year"]) if match["last_year"] else _latest_year(last_month, anchor)
    if match["which"]:
        last_year = _related_year(match["which"], anchor)
    if not last_year:
        return None
    first_month = _month(match["first"])
    first_year = int(match["first_year"]) if match["first_year"] else last_year - (first_month > last_month)
    return f"{first_year:04d}-{first_month:02d}/{last_year:04d}-{last_month:02d}"


def read_year_range(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "2017 hingga Mei 2024"; a dash between two years is more often that of a plan."""
    if match["month"]:
        return f"{match['first']}/{match['year']}-{_month(match['month']):02d}"
    return f"{match['first']}/{match['year']}" if match["first"] < match["year"] else None


def read_year_until(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "2020 sampai 22 Desember": from the beginning of the year."""
    year, month = match["year"], _month(match["month"])
    end = _iso_day(int(year), month, int(match["day"])) if match["day"] else f"{year}-{month:02d}"
    return end and f"{year}-01/{end}"


def read_first_months(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "lima bulan pertama 2024"."""
    year = match["year"] or (str(anchor.year) if anchor.year else None)
    number = NUMBER_OF_MONTHS.get(match["number"]) or (int(match["number"]) if match["number"].isdigit() else 0)
    return f"{year}-01/{year}-{number:02d}" if year and 1 < number < 12 else None


def read_part_of_year(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "semester I/2023", "triwulan pertama tahun ini"."""
    year = int(match["year"]) if match["year"] else anchor.year
    if match["which"]:
        year = _related_year(match["which"], anchor)
    number = ORDINALS[match["number"]]
    months = 6 if match["part"] in ("semester", "smt") else 3
    if not year or number * months > 12:
        return None
    return f"{year:04d}-{(number - 1) * months + 1:02d}/{year:04d}-{number * months:02d}"


def read_year(match: re.Match[str], anchor: Anchor) -> str | None:
    """A year as it stands."""
    return match["year"]


def read_year_end(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "akhir tahun 2024": no more exact than the year."""
    year = match["year"] or (str(anchor.year) if anchor.year else None)
    return year and year[:4]


def read_year_start(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "awal tahun ini": its first month."""
    year = read_year_end(match, anchor)
    return f"{year}-01" if year else None


def read_year_middle(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "pertengahan tahun ini": its sixth month."""
    year = read_year_end(match, anchor)
    return f"{year}-06" if year else None


def read_relative_year(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "tahun lalu"."""
    year = _related_year(match["which"], anchor)
    return f"{year:04d}" if year else None


def read_now(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "saat ini": the day of the anchor."""
    return anchor.day.isoformat() if anchor.day else None


def read_relative_month(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "bulan ini", "bulan lalu"."""
    if not anchor.day:
        return None
    months = anchor.day.year * 12 + anchor.day.month - 1 - ("lalu" in match[0])
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def read_nothing(match: re.Match[str], anchor: Anchor) -> str | None:
    """What only other words of the text can settle."""
    return None
