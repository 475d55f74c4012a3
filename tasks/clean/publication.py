"""When an article was published: what machines are told, checked against what readers see.

Sites stamp local time with the mark of UTC, print today's date in their header, and repeat the dates of other
stories; so a visible date counts only beside the headline, and a machine's clock time that equals the visible
one takes the visible zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timezone
from email.utils import parsedate_to_datetime

from tasks.clean.instants import WIB, ZONES, Stamp, find_stamps, zone_of
from tasks.clean.json_ld import text_of
from tasks.clean.page_head import PageHead
from tasks.clean.publishers import Publisher

_ISO = re.compile(
    r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|WIB|WITA|WIT|[+-]\d{2}:?\d{2})?)?\s*$",
    re.IGNORECASE,
)
_METAS = (
    "article:published_time",
    "datepublished",
    "content_publisheddate",
    "dtk:publishdate",
    "publishdate",
    "pubdate",
    "publish-date",
    "publish_date",
    "og:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "datecreated",
    "article.created",
    "date",
    "created_date",
)
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\D|\d{6,}|$)")
_OLDEST = 1990
_LOCAL_OFFSETS = frozenset(zone.utcoffset(None) for name, zone in ZONES.items() if name not in {"utc", "gmt"})
"""Offsets that a page of Indonesia means when it states them; with another one its clock time may be local."""


@dataclass(frozen=True, slots=True)
class Publication:
    """ISO 8601 with offset (a date alone where no clock time is told), the words it was read from, and their place."""

    value: str
    raw: str
    basis: str


@dataclass(frozen=True, slots=True)
class _Machine:
    """A machine-readable time: ``moment`` is naive where no offset stands there."""

    moment: datetime | date
    raw: str
    basis: str


def find_publication(
    head: PageHead, visible: list[Stamp], address: str | None, publisher: Publisher | None, indonesian: bool
) -> Publication | None:
    """The best answer; ``visible`` are the dates beside the headline, the most telling first."""
    zone = publisher.zone if publisher else WIB
    machine = _read_machine(head)
    timed = [stamp for stamp in visible if stamp.timed]
    if machine is not None and isinstance(machine.moment, datetime):
        return _resolve(machine, machine.moment, timed, publisher, indonesian)
    if machine is not None:
        same_day = next((stamp for stamp in timed if stamp.value.startswith(machine.moment.isoformat())), None)
        if same_day is None:
            return Publication(machine.moment.isoformat(), machine.raw, machine.basis)
        return Publication(_in_zone(same_day, zone), same_day.raw, "visible text")
    best = next(iter(timed or visible), None)
    if best is not None:
        return Publication(_in_zone(best, zone), best.raw, "visible text")
    return _from_address(address)


def _read_machine(head: PageHead) -> _Machine | None:
    """The first machine-readable time that can be read: JSON-LD, meta tags, a lone time element or other one."""
    candidates = [(text_of(item.get("datePublished")), "json-ld") for item in head.articles]
    candidates += [(head.meta(name), f"meta {name}") for name in _METAS]
    candidates += [(time, "time element") for time in head.times[:1] if len(set(head.times)) == 1]
    candidates += [(date, "microdata") for date in head.dates[:1] if len(set(head.dates)) == 1]
    for raw, basis in candidates:
        moment = _read(raw) if raw else None
        if raw and moment is not None and moment.year >= _OLDEST:
            return _Machine(moment, raw, basis)
    return None


def _read(raw: str) -> datetime | date | None:
    """An ISO 8601, RFC 2822 or printed time; None for what is none."""
    match = _ISO.match(raw)
    try:
        if match:
            year, month, day, hour, minute, second, zone = match.groups()
            if hour is None:
                return date(int(year), int(month), int(day))
            return datetime(
                *(int(year), int(month), int(day), int(hour), int(minute), int(second or 0)),
                tzinfo=zone_of(zone),
            )
        if "," in raw and ":" in raw and raw[:3].isalpha() and re.search(r"[+-]\d{4}|GMT|UTC", raw):
            return parsedate_to_datetime(raw)
    except (ValueError, TypeError, IndexError):
        return None
    stamps = find_stamps(raw)
    if not stamps:
        return None
    value = datetime.fromisoformat(stamps[0].value)
    if not stamps[0].timed:
        return value.date()
    return value if stamps[0].zone else value.replace(tzinfo=None)


def _resolve(
    machine: _Machine, moment: datetime, visible: list[Stamp], publisher: Publisher | None, indonesian: bool
) -> Publication:
    """A machine's clock time with the zone that it truly has."""
    zone = publisher.zone if publisher else WIB
    local = moment.replace(tzinfo=None)
    marked_utc = moment.utcoffset() is not None and not moment.utcoffset()
    doubtful = moment.tzinfo is None or moment.utcoffset() not in _LOCAL_OFFSETS
    for stamp in visible:
        seen = datetime.fromisoformat(_in_zone(stamp, zone))
        if moment.tzinfo is not None and _same_minute(seen, moment):
            return Publication(_shift(moment, seen.tzinfo if marked_utc else None), machine.raw, machine.basis)
        if doubtful and _same_minute(seen.replace(tzinfo=UTC), local.replace(tzinfo=UTC)):
            told = local.replace(tzinfo=seen.tzinfo)
            return Publication(told.isoformat(), machine.raw, f"{machine.basis}, zone from visible text")
    if moment.tzinfo is None:
        if not indonesian:
            return Publication(local.isoformat(), machine.raw, machine.basis)
        return Publication(local.replace(tzinfo=zone).isoformat(), machine.raw, f"{machine.basis}, zone of publisher")
    if marked_utc and publisher is not None and publisher.false_utc:
        return Publication(local.replace(tzinfo=zone).isoformat(), machine.raw, f"{machine.basis}, zone of publisher")
    return Publication(_shift(moment, zone if marked_utc and indonesian else None), machine.raw, machine.basis)


def _same_minute(one: datetime, other: datetime) -> bool:
    return abs((one - other).total_seconds()) < 60


def _shift(moment: datetime, zone: object) -> str:
    """The instant in a zone, or as it is."""
    return (moment.astimezone(zone) if isinstance(zone, timezone) else moment).isoformat()


def _in_zone(stamp: Stamp, zone: timezone) -> str:
    """A visible stamp in the publisher's zone where none stands beside it."""
    if stamp.zone or not stamp.timed:
        return stamp.value
    return datetime.fromisoformat(stamp.value).replace(tzinfo=zone).isoformat()


def _from_address(address: str | None) -> Publication | None:
    """The date in an address such as /read/2015/11/04/…"""
    match = _ADDRESS_DATE.search(address or "")
    if match is None:
        return None
    try:
        return Publication(date(*(int(part) for part in match.groups())).isoformat(), match.group(0), "address")
    except ValueError:
        return None
