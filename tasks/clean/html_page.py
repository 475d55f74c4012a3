"""HTML pages: the article's blocks as lines, found by structure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.clean.article_lines import CleanedLines
from tasks.clean.instants import find_stamps
from tasks.clean.lines import Line
from tasks.clean.normalise import normalise
from tasks.clean.plain_text import settle

_DROPPED = [
    *(
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "canvas",
        "form",
        "button",
        "select",
        "textarea",
    ),
    *(
        "input",
        "nav",
        "header",
        "footer",
        "aside",
        "figure",
        "figcaption",
        "object",
        "embed",
        "audio",
        "video",
    ),
]
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "section",
        "article",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "br",
        "hr",
        "dl",
        "dt",
        "dd",
        "center",
        "body",
    )
)


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
    tree.strip_tags(_DROPPED, recursive=True)
    body = _best_container(tree)
    lines = settle([Line(text) for text in _blocks(body)] if body is not None else [], title)
    return Page(lines, title, _instant(raw), raw, url)


def _best_container(tree: LexborHTMLParser) -> LexborNode | None:
    """The element whose own paragraphs hold most text."""
    scores: dict[int, tuple[int, LexborNode]] = {}
    for paragraph in tree.css("p"):
        parent = paragraph.parent
        if parent is not None:
            length, _ = scores.get(parent.mem_id, (0, parent))
            scores[parent.mem_id] = (length + len(paragraph.text(strip=True)), parent)
    best = max(scores.values(), key=lambda item: item[0], default=(0, None))
    return best[1] if best[0] > 200 else tree.body


def _blocks(node: LexborNode) -> list[str]:
    """The text of an element, a line for each of its blocks."""
    parts: list[str] = []
    for inner in node.traverse(include_text=True):
        if inner.tag == "-text":
            parts.append(inner.text_lexbor().replace("\n", " "))
        elif inner.tag in _BLOCKS:
            parts.append("\n")
    return [line.strip() for line in normalise("".join(parts)).split("\n") if line.strip()]


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
