"""The forms in which Indonesian news writes periods and dates: a pattern for each, and the reader of its words.

The patterns run on lower-case text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.extract.calendar_words import MONTH, MONTHS, NUMBER_OF_MONTHS, ORDINAL, WEEKDAY
from tasks.extract.period_readers import (
    Reader,
    read_day_range,
    read_first_months,
    read_long_date,
    read_month,
    read_month_range,
    read_nothing,
    read_now,
    read_part_of_year,
    read_related_month,
    read_relative_month,
    read_relative_year,
    read_short_date,
    read_year,
    read_year_end,
    read_year_middle,
    read_year_range,
    read_year_start,
    read_year_until,
)

_YEAR = r"(?:19|20)[0-9][0-9]"

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
        read_year_until,
    ),
    _form(
        "period",
        ("triwulan", "kuartal", "tw", "semester", "smt", "q"),
        rf"(?P<part>triwulan|kuartal|tw|semester|smt|q(?=\d))[\s-]?(?:ke[- ]?)?(?P<number>{ORDINAL})\b"
        rf"(?:\s\([a-z]+\s?[–-]\s?[a-z]+\))?(?:(?:\s?[,/-]\s?|\s)(?:tahun\s)?(?P<year>{_YEAR})\b|{_WHICH_YEAR})?",
        read_part_of_year,
    ),
    _form("day", _IN_YEAR, rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b", read_short_date),
    _form(
        "period",
        _DAY,
        rf"(?P<day>\d{{1,2}})(?:\s(?P<first_month>{MONTH})\b(?:\s(?P<first_year>{_YEAR})\b)?)?{_SPAN}(?:tanggal\s)?"
        rf"(?P<last_day>\d{{1,2}})\s(?P<month>{MONTH})\b(?:\s(?:tahun\s)?(?P<year>{_YEAR})\b)?",
        read_day_range,
    ),
    _form(
        "day",
        _DAY,
        rf"(?P<day>\d{{1,2}})\s(?P<month>{MONTH})\b\.?(?:\s(?:tahun\s)?(?P<year>{_YEAR})\b|{_WHICH_YEAR})?",
        read_long_date,
    ),
    _form(
        "statement",
        _DAY,
        rf"(?:(?<=\()|(?=\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}))"
        rf"(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?:[/-](?P<year>{_YEAR}|\d\d))?(?=\)|\b)(?!/|\d)",
        read_short_date,
    ),
    _form(
        "day",
        _DAY,
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>{_YEAR})\b(?![.,]?\d)",
        read_short_date,
    ),
    _form(
        "day",
        _DAY,
        rf"(?P<day>\d{{1,2}})-(?P<month>{MONTH})-(?P<year>{_YEAR})\b",
        read_short_date,
    ),
    _form(
        "day",
        _MONTH_NAMES,
        rf"(?P<month>{MONTH})\s(?P<day>\d{{1,2}}),\s(?P<year>{_YEAR})\b",
        read_short_date,
    ),
    _form(
        "period",
        _MONTH_NAMES,
        rf"(?P<first>{MONTH})\b(?:\s(?:tahun\s)?(?P<first_year>{_YEAR})\b)?{_JOIN}"
        rf"(?:bulan\s)?(?P<last>{MONTH})\b(?:,?\s(?:tahun\s)?(?P<last_year>{_YEAR})\b|{_WHICH_YEAR})?",
        read_month_range,
    ),
    _form(
        "period",
        _IN_YEAR,
        rf"(?<![\w./,-])(?P<first>{_YEAR})\s(?:hingga|sampai(?:\sdengan)?|s/d)\s(?:bulan\s|tahun\s|akhir\s)?"
        rf"(?:(?P<month>{MONTH})\s)?(?:tahun\s)?(?P<year>{_YEAR})\b(?![.,]?\d)",
        read_year_range,
    ),
    _form(
        "period",
        (DAY_DIGITS, *NUMBER_OF_MONTHS),
        rf"(?P<number>{'|'.join(NUMBER_OF_MONTHS)}|\d{{1,2}})\sbulan\s(?:pertama|awal)\b"
        rf"(?:\s(?:di|pada|dalam|dari))?(?:\s(?:tahun\s)?(?:(?P<year>{_YEAR})\b|ini\b))?",
        read_first_months,
    ),
    _form(
        "period",
        _MONTH_NAMES,
        rf"(?P<month>{MONTH})\b\.?,?\s(?:tahun\s)?(?P<year>{_YEAR})\b(?!\.\d)",
        read_month,
    ),
    _form(
        "month",
        _MONTH_NAMES,
        rf"(?P<month>{MONTH})\b(?:{_WHICH_YEAR}|\slalu\b)",
        read_related_month,
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
        read_month,
    ),
    # "Januari 2023 sebanyak 13 kasus, Februari 24 kasus, dan Maret 18 kasus"
    _form(
        "month",
        _MONTH_NAMES,
        rf"(?:(?<=,\s)|(?<=\.\s)|(?<=\n)|(?<=\bdan\s)|(?<=\blalu\s)|(?<=\bjuga\s)|(?<=\bsedangkan\s)|(?<=\bserta\s)|(?<=\bmemasuki\s)|(?<=\bkemudian\s))"
        rf"(?P<month>{MONTH})\b(?P<year>)(?=\s(?:[a-z]+\s){{0,3}}(?:rp\.?\s?)?\d)(?!\s\d{{1,2}},\s\d{{4}})",
        read_month,
    ),
    _form(
        "years",
        _IN_YEAR,
        rf"(?P<year>{_YEAR})\s?[-–—/]\s?(?P<last>{_YEAR}|\d\d)\b(?![.,]?\d)",
        read_nothing,
    ),
    _form(
        "shift",
        ("periode", "bulan", "tahun", "kurun", "waktu"),
        rf"\w+\s(?:yang\s)?(?:sama|serupa)\s(?:pada\s|di\s)?(?:tahun\s)?(?P<year>{_YEAR})\b",
        read_year,
    ),
    _form(
        "shift",
        ("periode", "bulan", "tahun", "kurun", "waktu"),
        r"\w+\s(?:yang\s)?(?:sama|serupa)\s(?:pada\s|di\s)?tahun\s(?:sebelumnya|lalu)\b",
        read_nothing,
    ),
    _form("shift", ("setahun",), r"setahun\slalu\b(?!,?\s(?:pada\s)?\w+\s\d{4})", read_nothing),
    _form("earlier", ("setahun",), r"setahun\ssebelumnya\b(?!,?\s(?:pada\s)?\w+\s\d{4})", read_nothing),
    _form(
        "relative",
        ("akhir", "tutup", "penghujung"),
        rf"\w+\stahun(?:\sini|\s(?P<year>{_YEAR}))?\b(?!\s(?:lalu|depan|{_YEAR}))",
        read_year_end,
    ),
    _form(
        "relative",
        ("awal",),
        rf"awal\stahun(?:\sini|\s(?P<year>{_YEAR}))?\b(?!\s(?:lalu|depan|{_YEAR}))",
        read_year_start,
    ),
    _form(
        "relative",
        ("pertengahan",),
        rf"pertengahan\stahun(?:\sini|\s(?P<year>{_YEAR}))?\b(?!\s(?:lalu|depan|{_YEAR}))",
        read_year_middle,
    ),
    _form("earlier", ("tahun",), rf"{_NO_SPAN}tahun\s(?P<which>sebelumnya)\b", read_relative_year),
    _form(
        "later",
        ("setahun", "tahun"),
        r"(?:setahun\s(?:kemudian|setelahnya|sesudahnya|berikutnya)|tahun\sberikutnya)\b",
        read_nothing,
    ),
    _form("same", ("kala", "ketika", "saat", "waktu"), r"(?:kala|ketika|saat|waktu)\situ\b", read_nothing),
    _form(
        "relative",
        ("tahun",),
        rf"{_NO_SPAN}tahun\s(?P<which>ini|lalu|kemarin|kemaren|depan|berjalan|silam)\b",
        read_relative_year,
    ),
    _form(
        "now",
        ("saat", "sekarang", "hingga", "sampai", "kini", "hari", "sejauh", "sementara"),
        r"(?:saat\sini|sekarang(?:\sini)?|hingga\skini|sampai\skini|kini|hari\sini|sejauh\sini|sementara\sini)\b",
        read_now,
    ),
    _form("relative", ("bulan",), r"bulan\s(?:ini|lalu|kemarin)\b", read_relative_month),
    # "sebanyak 2000 nelayan" counts.
    _form(
        "year",
        _IN_YEAR,
        rf"(?<![\w./,-])(?<!sebanyak\s)(?<!jumlah\s)(?P<year>{_YEAR})\b(?![.,/]\d)(?!-\w)",
        read_year,
    ),
)
