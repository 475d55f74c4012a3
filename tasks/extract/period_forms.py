"""The forms in which Indonesian news writes periods and dates: a pattern for each, and how it is read.

The patterns run on lower-case text. A reader gives ISO 8601, as precise as the words are, or None where a relative
form has nothing to stand on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tasks.extract.calendar_words import MONTH, MONTHS, NUMBER_OF_MONTHS, ORDINAL, ORDINALS, WEEKDAY

_YEAR = r"(?:19|20)[0-9][0-9]"


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


def _read_long_date(match: re.Match[str], anchor: Anchor) -> str | None:
    month, day = _month(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else None
    if match["which"]:
        year = _related_year(match["which"], anchor)
    elif year is None:
        return _day_without_year(match, month, day, anchor)
    return _iso_day(year, month, day) if year else None


def _read_day_range(match: re.Match[str], anchor: Anchor) -> str | None:
    year, month = int(match["year"]) if match["year"] else anchor.year, _month(match["month"])
    if not year:
        return None
    first_year = int(match["first_year"]) if match["first_year"] else year
    first_month = _month(match["first_month"]) if match["first_month"] else month
    first, last = _iso_day(first_year, first_month, int(match["day"])), _iso_day(year, month, int(match["last_day"]))
    return f"{first}/{last}" if first and last and first < last else None


def _read_short_date(match: re.Match[str], anchor: Anchor) -> str | None:
    month = int(match["month"]) if match["month"].isdigit() else _month(match["month"])
    day = int(match["day"])
    if not match["year"]:
        return _day_without_year(match, month, day, anchor)
    return _iso_day(_full_year(match["year"]), month, day)


def _read_month(match: re.Match[str], anchor: Anchor) -> str | None:
    month = _month(match["month"])
    year = int(match["year"]) if match["year"] else _latest_year(month, anchor)
    return f"{year:04d}-{month:02d}" if year else None


def _read_related_month(match: re.Match[str], anchor: Anchor) -> str | None:
    month = _month(match["month"])
    year = _related_year(match["which"], anchor) if match["which"] else _latest_year(month, anchor)
    return f"{year:04d}-{month:02d}" if year else None


def _latest_year(month: int, anchor: Anchor) -> int | None:
    """The year of the month that lies last before the anchor: news without a year speak of the past."""
    if anchor.day is None:
        return None
    return anchor.day.year if month <= anchor.day.month else anchor.day.year - 1


def _read_month_range(match: re.Match[str], anchor: Anchor) -> str | None:
    last_month = _month(match["last"])
    last_year = int(match["last_year"]) if match["last_year"] else _latest_year(last_month, anchor)
    if match["which"]:
        last_year = _related_year(match["which"], anchor)
    if not last_year:
        return None
    first_month = _month(match["first"])
    first_year = int(match["first_year"]) if match["first_year"] else last_year - (first_month > last_month)
    return f"{first_year:04d}-{first_month:02d}/{last_year:04d}-{last_month:02d}"


def _read_year_range(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "2017 hingga Mei 2024"; a dash between two years is more often that of a plan."""
    if match["month"]:
        return f"{match['first']}/{match['year']}-{_month(match['month']):02d}"
    return f"{match['first']}/{match['year']}" if match["first"] < match["year"] else None


def _read_year_until(match: re.Match[str], anchor: Anchor) -> str | None:
    """ "2020 sampai 22 Desember": from the beginning of the year."""
    year, month = match["year"], _month(match["month"])
    end = _iso_day(int(year), month, int(match["day"])) if match["day"] else f"{year}-{month:02d}"
    return end and f"{year}-01/{end}"


def _read_first_months(match: re.Match[str], anchor: Anchor) -> str | None:
    year = match["year"] or (str(anchor.year) if anchor.year else None)
    number = NUMBER_OF_MONTHS.get(match["number"]) or (int(match["number"]) if match["number"].isdigit() else 0)
    return f"{year}-01/{year}-{number:02d}" if year and 1 < number < 12 else None


def _read_part_of_year(match: re.Match[str], anchor: Anchor) -> str | None:
    year = int(match["year"]) if match["year"] else anchor.year
    if match["which"]:
        year = _related_year(match["which"], anchor)
    number = ORDINALS[match["number"]]
    months = 6 if match["part"] in ("semester", "smt") else 3
    if not year or number * months > 12:
        return None
    return f"{year:04d}-{(number - 1) * months + 1:02d}/{year:04d}-{number * months:02d}"


def _read_year(match: re.Match[str], anchor: Anchor) -> str | None:
    return match["year"]


def _read_year_end(match: re.Match[str], anchor: Anchor) -> str | None:
    year = match["year"] or (str(anchor.year) if anchor.year else None)
    return year and year[:4]


def _read_year_start(match: re.Match[str], anchor: Anchor) -> str | None:
    year = _read_year_end(match, anchor)
    return f"{year}-01" if year else None


def _read_year_middle(match: re.Match[str], anchor: Anchor) -> str | None:
    year = _read_year_end(match, anchor)
    return f"{year}-06" if year else None


def _read_relative_year(match: re.Match[str], anchor: Anchor) -> str | None:
    year = _related_year(match["which"], anchor)
    return f"{year:04d}" if year else None


def _read_now(match: re.Match[str], anchor: Anchor) -> str | None:
    return anchor.day.isoformat() if anchor.day else None


def _read_relative_month(match: re.Match[str], anchor: Anchor) -> str | None:
    if not anchor.day:
        return None
    months = anchor.day.year * 12 + anchor.day.month - 1 - ("lalu" in match[0])
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


#: A weekday right before a date: that makes it the day of a statement or an event.
WEEKDAY_BEFORE = re.compile(rf"\b(?:{WEEKDAY})\b(?:\s(?:pagi|siang|sore|malam|lalu|kemarin))?,?\s?\(?$")
_SPAN = r"\s?(?:[-–—]|\bhingga\b|\bsampai(?:\sdengan)?\b|\bs/d\b|\bs\.?d\.?(?=\s))\s?"
_JOIN = rf"(?:{_SPAN}|\s?/\s?|\s?\bdan\b\s?)"
_WHICH_YEAR = r"\stahun\s(?P<which>ini|lalu|sebelumnya|berjalan|kemarin|depan)\b"


@dataclass(frozen=True, slots=True)
class PeriodForm:
    """One form: its kind, what it can begin with (words, DAY_DIGITS, YEAR_DIGITS), its pattern and its reader."""

    kind: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reader


def _form(kind: str, starts: tuple[str, ...], pattern: str, read: Reader) -> PeriodForm:
    return PeriodForm(kind, starts, re.compile(pattern), read)


def _nothing(match: re.Match[str], anchor: Anchor) -> str | None:
    return None


#: Stand for a number of one or two digits and for a year in :attr:`PeriodForm.starts`.
DAY_DIGITS, YEAR_DIGITS = "00", "0000"
_DAY, _IN_YEAR = (DAY_DIGITS,), (YEAR_DIGITS,)
_MONTH_NAMES = tuple(MONTHS)
# "tiga tahun lalu" is no year.
_NO_SPAN = r"(?<!\d\s)(?<!\bdua\s)(?<!\btiga\s)(?<!\bempat\s)(?<!\blima\s)(?<!beberapa\s)"
#: In the order in which they are tried: a longer form before the parts that it is made of.
PERIOD_FORMS = (
    _form(
        "period",
        _IN_YEAR,
        rf"(?<![\w./,-])(?P<year>{_YEAR})(?:,|\sini)?\s(?:hingga|sampai(?:\sdengan)?|s/d)\s(?:bulan\s|tanggal\s|akhir\s)?"
        rf"(?:(?P<day>\d{{1,2}})\s)?(?P<month>{MONTH})\b(?!\s(?:tahun\s)?{_YEAR})",
        _read_year_until,
    ),
    _form(
        "period",
        ("triwulan", "kuartal", "tw", "semester", "smt", "q"),
        rf"(?P<part>triwulan|kuartal|tw|semester|smt|q(?=\d))[\s-]?(?:ke[- ]?)?(?P<number>{ORDINAL})\b"
        rf"(?:\s\([a-z]+\s?[–-]\s?[a-z]+\))?(?:(?:\s?[,/-]\s?|\s)(?:tahun\s)?(?P<year>{_YEAR})\b|{_WHICH_YEAR})?",
        _read_part_of_year,
    ),
    _form("day", _IN_YEAR, rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b", _read_short_date),
    _form(
        "period",
        _DAY,
        rf"(?P<day>\d{{1,2}})(?:\s(?P<first_month>{MONTH})\b(?:\s(?P<first_year>{_YEAR})\b)?)?{_SPAN}(?:tanggal\s)?"
        rf"(?P<last_day>\d{{1,2}})\s(?P<month>{MONTH})\b(?:\s(?:tahun\s)?(?P<year>{_YEAR})\b)?",
        _read_day_range,
    ),
    _form(
        "day",
        _DAY,
        rf"(?P<day>\d{{1,2}})\s(?P<month>{MONTH})\b\.?(?:\s(?:tahun\s)?(?P<year>{_YEAR})\b|{_WHICH_YEAR})?",
        _read_long_date,
    ),
    _form(
        "statement",
        _DAY,
        rf"(?:(?<=\()|(?=\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}))"
        rf"(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?:[/-](?P<year>{_YEAR}|\d\d))?(?=\)|\b)(?!/|\d)",
        _read_short_date,
    ),
    _form(
        "day",
        _DAY,
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>{_YEAR})\b(?![.,]?\d)",
        _read_short_date,
    ),
    _form(
        "day",
        _DAY,
        rf"(?P<day>\d{{1,2}})-(?P<month>{MONTH})-(?P<year>{_YEAR})\b",
        _read_short_date,
    ),
    _form(
        "day",
        _MONTH_NAMES,
        rf"(?P<month>{MONTH})\s(?P<day>\d{{1,2}}),\s(?P<year>{_YEAR})\b",
        _read_short_date,
    ),
    _form(
        "period",
        _MONTH_NAMES,
        rf"(?P<first>{MONTH})\b(?:\s(?:tahun\s)?(?P<first_year>{_YEAR})\b)?{_JOIN}"
        rf"(?:bulan\s)?(?P<last>{MONTH})\b(?:,?\s(?:tahun\s)?(?P<last_year>{_YEAR})\b|{_WHICH_YEAR})?",
        _read_month_range,
    ),
    _form(
        "period",
        _IN_YEAR,
        rf"(?<![\w./,-])(?P<first>{_YEAR})\s(?:hingga|sampai(?:\sdengan)?|s/d)\s(?:bulan\s|tahun\s|akhir\s)?"
        rf"(?:(?P<month>{MONTH})\s)?(?:tahun\s)?(?P<year>{_YEAR})\b(?![.,]?\d)",
        _read_year_range,
    ),
    _form(
        "period",
        (DAY_DIGITS, *NUMBER_OF_MONTHS),
        rf"(?P<number>{'|'.join(NUMBER_OF_MONTHS)}|\d{{1,2}})\sbulan\s(?:pertama|awal)\b"
        rf"(?:\s(?:di|pada|dalam|dari))?(?:\s(?:tahun\s)?(?:(?P<year>{_YEAR})\b|(?P<which>ini)\b))?",
        _read_first_months,
    ),
    _form(
        "period",
        _MONTH_NAMES,
        rf"(?P<month>{MONTH})\b\.?,?\s(?:tahun\s)?(?P<year>{_YEAR})\b(?!\.\d)",
        _read_month,
    ),
    _form(
        "month",
        _MONTH_NAMES,
        rf"(?P<month>{MONTH})\b(?:{_WHICH_YEAR}|\slalu\b)",
        _read_related_month,
    ),
    _form(
        "month",
        (
            "per",
            "hingga",
            "sampai",
            "sejak",
            "pada",
            "bulan",
            "akhir",
            "awal",
            "pertengahan",
            "selama",
            "sepanjang",
        ),
        rf"\w+\s(?:dengan\s)?(?:akhir\s|bulan\s)?(?P<month>{MONTH})\b(?P<year>)(?!\s\d)",
        _read_month,
    ),
    # "Januari 2023 sebanyak 13 kasus, Februari 24 kasus, dan Maret 18 kasus"
    _form(
        "month",
        _MONTH_NAMES,
        rf"(?:(?<=,\s)|(?<=\.\s)|(?<=\n)|(?<=\bdan\s)|(?<=\blalu\s)|(?<=\bjuga\s)|(?<=\bsedangkan\s)|(?<=\bserta\s)|(?<=\bmemasuki\s)|(?<=\bkemudian\s))"
        rf"(?P<month>{MONTH})\b(?P<year>)(?=\s(?:[a-z]+\s){{0,3}}(?:rp\.?\s?)?\d)(?!\s\d{{1,2}},\s\d{{4}})",
        _read_month,
    ),
    _form(
        "years",
        _IN_YEAR,
        rf"(?P<year>{_YEAR})\s?[-–—/]\s?(?P<last>{_YEAR}|\d\d)\b(?![.,]?\d)",
        _nothing,
    ),
    _form(
        "shift",
        ("periode", "bulan", "tahun", "kurun", "waktu"),
        rf"\w+\s(?:yang\s)?(?:sama|serupa)\s(?:pada\s|di\s)?(?:tahun\s)?(?P<year>{_YEAR})\b",
        _read_year,
    ),
    _form(
        "shift",
        ("periode", "bulan", "tahun", "kurun", "waktu"),
        r"\w+\s(?:yang\s)?(?:sama|serupa)\s(?:pada\s|di\s)?tahun\s(?:sebelumnya|lalu)\b",
        _nothing,
    ),
    _form("shift", ("setahun",), r"setahun\slalu\b(?!,?\s(?:pada\s)?\w+\s\d{4})", _nothing),
    _form("earlier", ("setahun",), r"setahun\ssebelumnya\b(?!,?\s(?:pada\s)?\w+\s\d{4})", _nothing),
    _form(
        "relative",
        ("akhir", "tutup", "penghujung"),
        rf"\w+\stahun(?:\sini|\s(?P<year>{_YEAR}))?\b(?!\s(?:lalu|depan|{_YEAR}))",
        _read_year_end,
    ),
    _form(
        "relative",
        ("awal",),
        rf"awal\stahun(?:\sini|\s(?P<year>{_YEAR}))?\b(?!\s(?:lalu|depan|{_YEAR}))",
        _read_year_start,
    ),
    _form(
        "relative",
        ("pertengahan",),
        rf"pertengahan\stahun(?:\sini|\s(?P<year>{_YEAR}))?\b(?!\s(?:lalu|depan|{_YEAR}))",
        _read_year_middle,
    ),
    _form("earlier", ("tahun",), rf"{_NO_SPAN}tahun\s(?P<which>sebelumnya)\b", _read_relative_year),
    _form(
        "later",
        ("setahun", "tahun"),
        r"(?:setahun\s(?:kemudian|setelahnya|sesudahnya|berikutnya)|tahun\sberikutnya)\b",
        _nothing,
    ),
    _form("same", ("kala", "ketika", "saat", "waktu"), r"(?:kala|ketika|saat|waktu)\situ\b", _nothing),
    _form(
        "relative",
        ("tahun",),
        rf"{_NO_SPAN}tahun\s(?P<which>ini|lalu|kemarin|kemaren|depan|berjalan|silam)\b",
        _read_relative_year,
    ),
    _form(
        "now",
        ("saat", "sekarang", "hingga", "sampai", "kini", "hari", "sejauh", "sementara"),
        r"(?:saat\sini|sekarang(?:\sini)?|hingga\skini|sampai\skini|kini|hari\sini|sejauh\sini|sementara\sini)\b",
        _read_now,
    ),
    _form("relative", ("bulan",), r"bulan\s(?:ini|lalu|kemarin)\b", _read_relative_month),
    # "sebanyak 2000 nelayan" counts.
    _form(
        "year",
        _IN_YEAR,
        rf"(?<![\w./,-])(?<!sebanyak\s)(?<!jumlah\s)(?P<year>{_YEAR})\b(?![.,/]\d)(?!-\w)",
        _read_year,
    ),
)
