"""Sitemaps: lists of pages, of news, and of other sitemaps; also packed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from tasks.discover.entries import Entry, UnreadableListError, refuse_entities, utc_instant
from tasks.fetch.unpack import DamagedError, TooLargeError, unpack_gzip

LARGEST_SITEMAP = 50_000_000
"""Bytes that a packed sitemap may unpack to; the protocol allows 50 MB."""

MOST_ADDRESSES = 50_000
"""Pages of one sitemap that are looked at, as many as the protocol allows; a publisher's archive may fill it."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages that a sitemap lists, and other sitemaps, newest first where it says so."""

    entries: tuple[Entry, ...]
    sitemaps: tuple[Entry, ...]


def read_sitemap(content: bytes) -> Sitemap:
    """What a sitemap lists. Raises :class:`UnreadableListError` for what is none."""
    content = _unpacked(content)
    refuse_entities(content)
    lists: dict[str, list[Entry]] = {"url": [], "sitemap": []}
    seen = False
    try:
        for name, element in _elements(content):
            seen = seen or name in {"urlset", "sitemapindex", "url", "sitemap"}
            if name in lists and (entry := _entry(element)) is not None:
                lists[name].append(entry)
            if name in lists:
                _forget(element)
    except etree.XMLSyntaxError as error:
        if not seen:
            raise UnreadableListError("is no sitemap") from error
    if not seen:
        raise UnreadableListError("is no sitemap")
    return Sitemap(tuple(_newest(lists["url"])[:MOST_ADDRESSES]), tuple(_newest(lists["sitemap"])))


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return unpack_gzip(content, LARGEST_SITEMAP)
    except TooLargeError as error:
        raise UnreadableListError(f"unpacks to more than {LARGEST_SITEMAP / 1e6:.0f} MB") from error
    except DamagedError as error:
        raise UnreadableListError(str(error)) from error


def _elements(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    """Elements as they end, by their local name."""
    safely = {"resolve_entities": False, "no_network": True, "huge_tree": False, "recover": True}
    for _, element in etree.iterparse(io.BytesIO(content), events=("end",), **safely):
        yield _local(element), element


def _forget(element: etree._Element) -> None:
    """Frees what was read, so that a large sitemap takes little memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _entry(element: etree._Element) -> Entry | None:
    values: dict[str, str] = {}
    for child in element.iter():
        name = _local(child)
        if name in {"loc", "lastmod", "title", "publication_date"} and child.text:
            values.setdefault(name, child.text.strip())
    if "loc" not in values:
        return None
    published, modified = utc_instant(values.get("publication_date")), utc_instant(values.get("lastmod"))
    return Entry(values["loc"], values.get("title"), published, modified)


def _newest(entries: list[Entry]) -> list[Entry]:
    """Newest first; those without a time keep their order at the end."""
    return sorted(entries, key=lambda each: each.modified_at or each.published_at or "", reverse=True)


def _local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
