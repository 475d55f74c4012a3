"""RSS and Atom feeds, read by feedparser."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser  # type: ignore[import-untyped]

from tasks.discover.entries import MOST_ENTRIES, Entry, UnreadableListError, refuse_entities

_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")


def read_feed(content: bytes, address: str, charset: str | None = None) -> list[Entry]:
    """The entries of a feed, the first :data:`MOST_ENTRIES` of them.

    Raises :class:`UnreadableListError` for what is no feed.
    """
    refuse_entities(content)
    headers = {"content-location": address}
    if charset:
        headers["content-type"] = f"application/xml; charset={charset}"
    feed = feedparser.parse(
        io.BytesIO(_cut(content)), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
    )
    if not feed.get("version") and not feed.entries:
        raise UnreadableListError("is no feed")
    return [_entry(each) for each in feed.entries if each.get("link")]


def _cut(content: bytes) -> bytes:
    """Content without the entries after the last that is read: feedparser takes a millisecond for each."""
    for number, match in enumerate(_ENTRY.finditer(content)):
        if number == MOST_ENTRIES:
            return content[: match.start()]
    return content


def _entry(entry: Any) -> Entry:
    return Entry(
        link=str(entry["link"]),
        title=str(entry.get("title") or "") or None,
        published_at=_instant(entry.get("published_parsed")),
        # feedparser gives the time of publication where the one of the update is missing; dict does not.
        modified_at=_instant(dict.get(entry, "updated_parsed")),
    )


def _instant(parsed: struct_time | None) -> str | None:
    """A time as feedparser gives it, which is in UTC."""
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat() if parsed else None
    except ValueError:
        return None
