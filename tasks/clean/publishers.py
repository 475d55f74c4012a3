"""Publishers: who runs the site an article stands on, from ``seeds/publishers.csv`` or the page itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timezone
from functools import cache
from urllib.parse import urlsplit

from tasks.clean.instants import ZONES
from tasks.clean.json_ld import names_of
from tasks.clean.page_head import PageHead
from tasks.errors import SeedError
from tasks.knowledge import SEEDS, read_seed

COLUMNS = ("domain", "name", "zone", "false_utc", "note")
_SECOND_LEVEL = frozenset(
    {"co", "or", "go", "ac", "web", "sch", "my", "desa", "biz", "net", "com", "org", "gov", "edu"}
)
_SLOGAN = re.compile(r"\s+[|–—-]\s+|:\s+")
_LEAST_NAME = 4
_DOMAIN_NAME = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A row of the seed.

    ``zone`` is the zone of clock times that the site prints without one; ``false_utc`` says that its machine-
    readable times carry the mark of UTC but are local.
    """

    domain: str
    name: str
    zone: timezone
    false_utc: bool


@cache
def load_publishers() -> dict[str, Publisher]:
    """The rows of the seed by domain; raises :class:`SeedError` for an unknown zone or a repeated domain."""
    path = SEEDS / "publishers.csv"
    found: dict[str, Publisher] = {}
    for row in read_seed("publishers.csv", COLUMNS):
        zone = ZONES.get(row["zone"].lower())
        if zone is None or row["false_utc"] not in {"", "yes"} or row["domain"] in found:
            reason = f"row {row['domain']!r} has an unknown zone or mark, or is there twice"
            raise SeedError(path, reason, f"use a zone of {sorted(ZONES)} and 'yes' or nothing")
        found[row["domain"]] = Publisher(row["domain"], row["name"], zone, row["false_utc"] == "yes")
    return found


def find_publisher(address: str | None) -> Publisher | None:
    """The publisher whose domain an address is under, the longest domain first."""
    host = host_of(address)
    labels = host.split(".") if host else []
    known = load_publishers()
    return next((known[name] for start in range(len(labels)) if (name := ".".join(labels[start:])) in known), None)


def publisher_name(head: PageHead, address: str | None) -> str | None:
    """The name of the publisher: the seed's, else what the page says, else its domain."""
    known = find_publisher(address)
    if known is not None:
        return known.name
    stated = [
        head.meta("og:site_name"),
        *(name for item in head.articles for name in names_of(item.get("publisher"))),
    ]
    for name in stated:
        if name and len(name) <= 60 and not name.startswith(("http", "@")):
            return _without_slogan(name, address)
    return site_domain(address)


def _without_slogan(name: str, address: str | None) -> str:
    """A stated name without what the site says of itself behind it: "Koran.com - Berita Terkini" is "Koran.com"."""
    first, *rest = _SLOGAN.split(name, maxsplit=1)
    compact = re.sub(r"\W", "", first).lower()
    domain = re.sub(r"\W", "", site_domain(address) or "")
    return first if rest and len(compact) >= _LEAST_NAME and domain.startswith(compact) else name


def host_of(address: str | None) -> str | None:
    """The host of an address in lower case, without "www."."""
    if not address:
        return None
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.") if host else None


def site_domain(address: str | None) -> str | None:
    """The domain that is registered: "kota.koran.co.id" gives "koran.co.id"; a numeric address is one as a whole."""
    host = host_of(address)
    if host is None or not _DOMAIN_NAME.match(host):
        return None
    labels = host.split(".")
    if labels[-1].isdigit():
        return host
    count = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-count:])
