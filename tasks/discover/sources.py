"""Reads ``sources.yml``: who publishes articles, and how they want to be asked. Unknown keys fail."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import soupsieve
import yaml

from tasks.discover.topic import Topic
from tasks.errors import CakupanError, SeedError, UsageError
from tasks.fetch.guard import check_address
from tasks.fetch.records import Politeness
from tasks.knowledge import SEEDS, read_seed

SCHEDULES = ("hourly", "daily", "weekly", "manual")
_REGION_COLUMNS = ("code", "name", "level", "province_code")
_TEXT, _LIST = (str,), (list,)
_KINDS: dict[str, tuple[type, ...]] = {
    "id": _TEXT,
    "name": _TEXT,
    "schedule": _TEXT,
    "region": _TEXT,
    "checked": (date,),
    "valid_from": (date,),
    "valid_until": (date,),
    "connections": (int,),
    "delay": (int, float),
    "at_least": (int,),
    "at_most": (int,),
    "topic": _LIST,
    "hosts": _LIST,
    "feeds": _LIST,
    "sitemaps": _LIST,
    "listings": _LIST,
    "addresses": _LIST,
}
_FILE_KEYS = frozenset({"contact", "topic", "sources"})
_LISTING_KEYS = frozenset({"address", "links", "on_topic"})
_MOST_CONNECTIONS = 2


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists articles: ``links`` selects them, ``on_topic`` says that all of them count."""

    address: str
    links: str
    on_topic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher. ``at_least`` articles must be found on its lists, ``at_most`` are fetched in a run.

    ``checked`` is the day on which a person saw it work from a live machine; ``region`` a Kemendagri code.
    """

    id: str
    name: str
    schedule: str = "daily"
    region: str | None = None
    checked: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    connections: int = 1
    delay: float = 2.0
    at_least: int = 1
    at_most: int = 100
    topic: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    addresses: tuple[str, ...] = ()
    basis: str = ""

    @property
    def politeness(self) -> Politeness:
        """How its hosts are treated."""
        return Politeness(connections=self.connections, delay=self.delay)

    @property
    def named(self) -> tuple[str, ...]:
        """All addresses of its description."""
        return (*self.feeds, *self.sitemaps, *(each.address for each in self.listings), *self.addresses)

    @property
    def first_address(self) -> str:
        """The address that stands for it where none is meant in particular."""
        return self.named[0]

    @property
    def own_hosts(self) -> set[str]:
        """The hosts that its description names."""
        return {urlsplit(address).hostname or "" for address in self.named} | set(self.hosts)

    def is_valid(self, day: date) -> bool:
        """Whether it is asked on a day."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@dataclass(frozen=True, slots=True)
class Sources:
    """A file of sources; ``contact`` is where a publisher reaches the operator."""

    path: Path
    contact: str | None
    topic: tuple[str, ...]
    sources: tuple[Source, ...]

    def topic_of(self, source: Source) -> Topic:
        """The phrases of all sources and its own."""
        return Topic((*self.topic, *source.topic))

    def choose(self, ids: list[str], day: date, schedule: str | None = None) -> tuple[Source, ...]:
        """The named sources, or those of a schedule, or all but the manual ones.

        Without names, only those that are valid on ``day``. Raises :class:`UsageError` for a name or a schedule that
        is none, and for both at once.
        """
        if schedule is not None and schedule not in SCHEDULES:
            raise UsageError(schedule, "is no schedule of sources", f"take one of {', '.join(SCHEDULES)}")
        if ids and schedule is not None:
            raise UsageError(schedule, "is a schedule beside names of sources", "give names or a schedule, not both")
        known = {source.id: source for source in self.sources}
        for each in ids:
            if each not in known:
                raise UsageError(each, f"is no source of {self.path.name}", "see: cakupan sources")
        if ids:
            return tuple(known[each] for each in dict.fromkeys(ids))
        asked = {schedule} if schedule else set(SCHEDULES) - {"manual"}
        return tuple(each for each in self.sources if each.is_valid(day) and each.schedule in asked)


def read_sources(path: Path | None = None) -> Sources:
    """The sources of a file, by default ``seeds/sources.yml``; raises :class:`SeedError` for what is wrong in it."""
    path = path or SEEDS / "sources.yml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise SeedError(path, f"cannot be read: {reason}", "mend it; docs/sources.md has an example") from error
    whole = _mapping(path, "the file", content, _FILE_KEYS)
    phrases = _texts(path, "topic", whole.get("topic") or [])
    contact = whole.get("contact")
    if contact is not None and not isinstance(contact, str):
        raise _malformed(path, "contact is no text")
    described = whole.get("sources")
    if not isinstance(described, list):
        raise _malformed(path, "sources is no list")
    sources = tuple(_source(path, number, each, phrases) for number, each in enumerate(described, 1))
    ids = [source.id for source in sources]
    for each in ids:
        if ids.count(each) > 1:
            raise _malformed(path, f"source {each!r} is there twice")
    return Sources(path, contact, phrases, sources)


def _source(path: Path, number: int, described: object, phrases: tuple[str, ...]) -> Source:
    name = f"source {number}"
    values = _mapping(path, name, described, frozenset(_KINDS))
    name = f"source {values.get('id', number)!r}"
    for key, value in values.items():
        if value is not None and (not isinstance(value, _KINDS[key]) or isinstance(value, bool)):
            raise _malformed(path, f"{name}: {key} has the wrong kind of value {value!r}")
    made: dict[str, Any] = {key: value for key, value in values.items() if value is not None}
    for key in ("topic", "hosts", "feeds", "sitemaps", "addresses"):
        made[key] = _texts(path, f"{name}: {key}", made.get(key, []))
    made["listings"] = tuple(_listing(path, name, each) for each in made.get("listings", []))
    made["basis"] = hashlib.sha256(repr((sorted(made.items()), phrases)).encode()).hexdigest()[:16]
    missing = {"id", "name"} - made.keys()
    if missing:
        raise _malformed(path, f"{name} lacks {', '.join(sorted(missing))}")
    source = Source(**made)
    _check(path, name, source)
    return source


def _check(path: Path, name: str, source: Source) -> None:
    """Raises for values that cannot be."""
    if source.schedule not in SCHEDULES:
        raise _malformed(path, f"{name}: schedule {source.schedule!r} is none of {', '.join(SCHEDULES)}")
    if source.region is not None and source.region not in {
        row["code"] for row in read_seed("regions.csv", _REGION_COLUMNS)
    }:
        raise _malformed(path, f"{name}: region {source.region!r} is no code of regions.csv")
    if not 1 <= source.connections <= _MOST_CONNECTIONS:
        raise _malformed(path, f"{name}: connections must be 1 or {_MOST_CONNECTIONS}")
    if source.delay < 0 or source.at_least < 0 or source.at_most < 1:
        raise _malformed(path, f"{name}: delay, at_least or at_most is too small")
    if not source.named:
        raise _malformed(path, f"{name} has no feeds, sitemaps, listings or addresses")
    for address in source.named:
        try:
            check_address(address)
        except CakupanError as error:
            raise _malformed(path, f"{name}: {error}") from error


@cache
def _region_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in read_seed("regions.csv", _REGION_COLUMNS))


def _listing(path: Path, name: str, described: object) -> Listing:
    values = _mapping(path, f"{name}: listing", described, _LISTING_KEYS)
    address, links, on_topic = values.get("address"), values.get("links"), values.get("on_topic", False)
    if not isinstance(address, str) or not isinstance(links, str) or not isinstance(on_topic, bool):
        raise _malformed(path, f"{name}: a listing has an address, links and perhaps on_topic: true")
    try:
        soupsieve.compile(links)
    except soupsieve.SelectorSyntaxError as error:
        raise _malformed(path, f"{name}: {links!r} is no CSS selector") from error
    return Listing(address, links, on_topic)


def _mapping(path: Path, name: str, value: object, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _malformed(path, f"{name} is no mapping of keys to values")
    unknown = [str(key) for key in value if key not in known]
    if unknown:
        raise _malformed(path, f"{name} has the unknown key {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return value


def _texts(path: Path, name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise _malformed(path, f"{name} is no list of texts")
    return tuple(value)


def _malformed(path: Path, reason: str) -> SeedError:
    return SeedError(path, reason, "mend it; docs/sources.md describes each key")
