"""Dates and times as Indonesian pages print them, read into ISO 8601 with an offset.

A date without a clock time stays a date: nothing is made more exact than the page says it. A clock time
without a zone is read in the zone that the caller names (the publisher's, else WIB).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7))
ZONES = {
    "wib": WIB,
    "wita": timezone(timedelta(hours=8)),
    "wit": timezone(timedelta(hours=9)),
    "utc": UTC,
    "gmt": UTC,
}
_MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "pebruari", "feb", "peb"),
    ("maret", "march", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "agt", "ags", "aug", "agus"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "(" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = (
    r"(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|sen|sel|rab|kam|jum|sab|min|mon|tue|wed|thu|fri|sat|sun)\b\.?[\s,|/–-]*)?"
)
_DATES = (
    r"(?P<day>\d{1,2})[\s-]+" + _MONTH.replace("(", "(?P<month>", 1) + r"[\s,-]+(?P<year>(?:19|20)\d\d)\b",
    _MONTH.replace("(", "(?P<month2>", 1) + r"\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)\b",
    r"(?P<year3>(?:19|20)\d\d)[-/](?P<month3>\d{1,2})[-/](?P<day3>\d{1,2})\b",
    r"(?P<day4>\d{1,2})[-/.](?P<month4>\d{1,2})[-/.](?P<year4>(?:19|20)\d\d)\b",
)
_TIME = (
    r"(?:[\s,|/•·@T–-]*(?:pukul|jam|at|pkl)?\.?\s*\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)"
    r"(?:\.\d{1,6})?)?(?:\s*(?P<half>[ap]\.?m\b\.?))?(?:\s*\(?(?P<zone>wib|wita|wit|utc|gmt|z|[+-][01]\d:?\d\d)\b\)?)?)?"
)
_REACH = 500
_YEAR = re.compile(r"(?:19|20)\d\d")
_STAMP = re.compile(r"(?i)" + _WEEKDAY + r"(?:\b)(?:" + "|".join(_DATES) + ")" + _TIME)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date or instant as printed: ``raw`` at ``start:end`` of the text, ``value`` in ISO 8601.

    ``zone`` is the zone that stood there, or None; ``timed`` says whether a clock time stood there.
    """

    raw: str
    start: int
    end: int
    value: str
    timed: bool
    zone: str | None


def find_stamps(text: str, default: timezone = WIB) -> list[Stamp]:
    """Every date in a line that exists in the calendar, with its clock time where one is printed.

    Only the line's start is searched: a longer one is no header, and the pattern's time is not linear.
    """
    text = text[:_REACH]
    if _YEAR.search(text) is None:
        return []
    stamps = []
    for match in _STAMP.finditer(text):
        fields = {name: value for name, value in match.groupdict().items() if value is not None}
        value = _value(fields, default)
        if value is not None:
            stamps.append(
                Stamp(
                    raw=match.group(0).strip(" ,|-–"),
                    start=match.start(),
                    end=match.end(),
                    value=value,
                    timed="hour" in fields,
                    zone=fields.get("zone"),
                )
            )
    return stamps


def _value(fields: dict[str, str], default: timezone) -> str | None:
    """ISO 8601 of the named groups of a match; None for a date that no calendar has."""
    parts = {name.rstrip("234"): value for name, value in fields.items()}
    month = parts["month"].lower()
    try:
        day = date(int(parts["year"]), _MONTH_NUMBER.get(month) or int(month), int(parts["day"]))
    except ValueError:
        return None
    if "hour" not in parts:
        return day.isoformat()
    hour = int(parts["hour"])
    half = parts.get("half", "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = zone_of(parts.get("zone")) or default
    moment = datetime(
        day.year, day.month, day.day, hour, int(parts["minute"]), int(parts.get("second", 0)), tzinfo=zone
    )
    return moment.isoformat()


def zone_of(name: str | None) -> timezone | None:
    """The zone of an Indonesian abbreviation, UTC, Z or a numeric offset; None for anything else."""
    if not name:
        return None
    name = name.lower()
    if name == "z":
        return UTC
    if name in ZONES:
        return ZONES[name]
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
        return timezone(-offset if name[0] == "-" else offset) if offset < timedelta(hours=15) else None
    return None
