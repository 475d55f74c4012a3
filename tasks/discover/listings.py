"""Pages that list articles, such as those of a tag: links that a CSS selector picks."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from tasks.clean.decode import Decoded, decode
from tasks.clean.refusals import refuse_by_rule, refuse_markup
from tasks.discover.entries import MOST_ENTRIES, Entry, UnreadableListError


def read_listing(content: bytes, selector: str, charset: str | None = None) -> list[Entry]:
    """The links that ``selector`` picks; where it picks another element, the first link inside.

    Raises :class:`UnreadableListError` when nothing fits, with what the page seems to be instead.
    """
    decoded = decode(content, charset)
    if not isinstance(decoded, Decoded):
        raise UnreadableListError(decoded.reason)
    refusal = refuse_markup(decoded.text)
    if refusal is not None:
        raise UnreadableListError(refusal.reason)
    page = BeautifulSoup(decoded.text, "lxml")
    links = [link for element in page.select(selector, limit=MOST_ENTRIES) if (link := _link(element)) is not None]
    entries = [Entry(str(link["href"]), link.get_text(" ", strip=True) or _attribute(link, "title")) for link in links]
    if not entries:
        raise UnreadableListError(f"has no links that fit {selector!r}{describe_page(page)}")
    return entries


def describe_page(page: BeautifulSoup) -> str:
    """What a page seems to be that is no list: a captcha, an error, a login; empty when nobody knows."""
    title = page.title.get_text(" ", strip=True) if page.title else ""
    if page.select_one('input[type="password"]'):
        return ": it asks for a login"
    if page.select_one('[class*="captcha" i], [id*="captcha" i], iframe[src*="captcha" i], script[src*="captcha" i]'):
        return ": it asks for a captcha"
    text = page.get_text(" ", strip=True)[:20_000]
    refusal = refuse_by_rule(len(text.split()), {"title": title, "text": text, "page": text})
    if refusal is not None and refusal.kind == "error page":
        return f": {refusal.reason} ({title[:60]!r})"
    return ""


def describe_content(content: bytes, charset: str | None = None) -> str:
    """The same for bytes that should have been a feed or a sitemap."""
    decoded = decode(content[:500_000], charset)
    if not isinstance(decoded, Decoded) or "<" not in decoded.text:
        return ""
    if "<html" in decoded.text[:5000].lower() or "<!doctype html" in decoded.text[:500].lower():
        return " but a web page" + describe_page(BeautifulSoup(decoded.text, "lxml"))
    return ""


def _link(element: Tag) -> Tag | None:
    """The element itself if it is a link, else the first link in it."""
    return element if element.name == "a" and element.get("href") else element.select_one("a[href]")


def _attribute(link: Tag, name: str) -> str | None:
    value = link.get(name)
    return value if isinstance(value, str) else None
