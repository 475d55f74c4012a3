"""HTML pages: the article's blocks as lines, found by structure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from tasks.clean.article_lines import CleanedLines
from tasks.clean.instants import find_stamps
from tasks.clean.body import find_body
from tasks.clean.page_lines import read_lines
from tasks.clean.tree import build_tree
from tasks.clean.normalise import normalise
from tasks.clean.plain_text import settle


@dataclass(frozen=True, slots=True)
class Page:
    """What a page gave: its article's lines, and title, time and address from its head."""

    lines: CleanedLines
    title: str | None
    published: str | None
    published_raw: str | None
    url: str | None


def clean_page(html: str) -> Page:
    """The article of an HTML page."""
    tree = LexborHTMLParser(html)
    data = _article_data(tree)
    title = _first(data.get("headline"), _meta(tree, 'meta[property="og:title"]'), _text_of(tree, "h1"))
    raw = _first(data.get("datePublished"), _meta(tree, 'meta[property="article:published_time"]'))
    url = _first(_attribute(tree, 'link[rel="canonical"]', "href"), _meta(tree, 'meta[property="og:url"]'))
    blocks = build_tree(tree)
    read = read_lines(blocks, find_body(blocks))
    lines = settle(read.lines, title)
    return Page(lines, title, _instant(raw), raw, url)


def _article_data(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first JSON-LD object with a headline, or nothing."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            found = json.loads(script.text(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict) and "headline" in item:
                return item
    return {}


def _instant(raw: str | None) -> str | None:
    stamps = find_stamps((raw or "").replace("T", " ", 1))
    return stamps[0].value if stamps else None


def _first(*values: Any) -> str | None:
    """The first value that is a text."""
    return next(
        (normalise(value).strip() for value in values if isinstance(value, str) and value.strip()), None
    )


def _meta(tree: LexborHTMLParser, selector: str) -> str | None:
    return _attribute(tree, selector, "content")


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get(name) if node is not None else None


def _text_of(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return node.text(strip=True) if node is not None else None
