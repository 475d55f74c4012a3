"""What lists of articles have in common: their entries, and the addresses that name one article."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from tasks.clean.addresses import clean_address
from tasks.clean.publishers import host_of, site_domain

MOST_ENTRIES = 5_000
"""Entries of one list that are read; the newest stand first."""


class UnreadableListError(Exception):
    """A list that is none, or that nobody should read; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that a list names; times are ISO 8601 in UTC."""

    key: str
    address: str
    title: str | None = None
    published_at: str | None = None
    modified_at: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list as it stands there."""

    link: str
    title: str | None = None
    published_at: str | None = None
    modified_at: str | None = None


def article_key(address: str) -> str | None:
    """What all variants of an article's address have in common; None for what is no address.

    Beyond :func:`clean_address`, a leading "www.", the scheme and a slash at the end make no difference.
    """
    cleaned = clean_address(address)
    if cleaned is None:
        return None
    parts = urlsplit(cleaned)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def join_own(link: str, base: str, hosts: Collection[str]) -> str | None:
    """A link in full, if it leads to the site that it stands on or to one of ``hosts``; else None."""
    try:
        address = urldefrag(urljoin(base, link.strip())).url
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    own = site_domain(address) == site_domain(base) or host_of(address) in hosts
    return address if scheme in {"http", "https"} and own else None


def locate(entry: Entry, base: str, hosts: Collection[str]) -> Found | None:
    """The article that an entry names, if it stands on the list's own site or on one of ``hosts``."""
    link = None if entry.link.startswith("#") else join_own(entry.link, base, hosts)
    address, key = (clean_address(link), article_key(link)) if link else (None, None)
    if address is None or key is None or not urlsplit(address).path.strip("/"):
        return None
    title = " ".join(entry.title.split())[:300] if entry.title else None
    return Found(key=key, address=address, title=title, published_at=entry.published_at, modified_at=entry.modified_at)


def utc_instant(text: str | None) -> str | None:
    """A W3C date or time as sitemaps have it, in UTC; None for what is none."""
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text.strip()[:40])
    except ValueError:
        return None
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
    try:
        return instant.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        return None


def refuse_entities(content: bytes) -> None:
    """Raises :class:`UnreadableListError` for XML that declares entities, which no honest list needs."""
    if b"<!ENTITY" in content.replace(b"\0", b""):
        raise UnreadableListError("declares XML entities, as an attack does")
