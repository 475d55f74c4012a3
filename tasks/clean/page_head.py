"""What a page tells machines: meta tags, links, JSON-LD, time elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.clean.json_ld import read_articles
from tasks.clean.normalise import normalise_line

_LONGEST_VALUE = 2000
_TOLD = (
    'meta, link[rel], title, time[datetime], script[type="application/ld+json"], [itemprop="datePublished"],'
    ' abbr.published[title], a[rel~="author"]'
)


@dataclass(slots=True)
class PageHead:
    """The machine-readable head of a page.

    ``metas`` maps the name, property or itemprop of meta tags in lower case to their contents, ``links`` the
    rel of links to their addresses; ``articles`` are JSON-LD objects; ``times`` the datetime attributes of
    time elements, ``dates`` those that other elements are marked up with as the day of publication,
    ``writers`` what the links say that lead to the author.
    """

    title: str | None = None
    language: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    articles: list[dict[str, Any]] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    writers: list[str] = field(default_factory=list)

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these meta tags that has one."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def link(self, rel: str) -> str | None:
        """The first address with this rel."""
        return next(iter(self.links.get(rel, ())), None)


def read_head(page: LexborHTMLParser) -> PageHead:
    """Collects the head; the order is the page's."""
    head = PageHead()
    root = page.root
    if root is not None:
        head.language = root.attributes.get("lang")
    scripts: list[str] = []
    for node in page.css(_TOLD):
        tag, attributes = node.tag, node.attributes
        if tag == "meta":
            _add_meta(head, attributes)
        elif tag == "link":
            href = (attributes.get("href") or "").strip()
            if href:
                for rel in (attributes.get("rel") or "").lower().split():
                    head.links.setdefault(rel, []).append(href[:_LONGEST_VALUE])
        elif tag == "title":
            head.title = head.title or normalise_line(node.text()[:_LONGEST_VALUE]) or None
        elif tag == "script":
            scripts.append(node.text())
        else:
            _add_marked(head, node)
    head.articles = read_articles(scripts)
    return head


def _add_marked(head: PageHead, node: LexborNode) -> None:
    """Adds what an element of the page's text is marked up as: the day of publication, or the author."""
    attributes = node.attributes
    if node.tag == "time":
        head.times.append((attributes.get("datetime") or "")[:_LONGEST_VALUE])
    elif node.tag == "a":
        head.writers.append(normalise_line(node.text()[:_LONGEST_VALUE]))
    else:
        told = next((value for key in ("content", "datetime", "title") if (value := attributes.get(key))), None)
        head.dates.append((told or node.text())[:_LONGEST_VALUE])


def _add_meta(head: PageHead, attributes: dict[str, str | None]) -> None:
    """Adds a meta tag under each of its names."""
    content = normalise_line((attributes.get("content") or "")[:_LONGEST_VALUE])
    if not content:
        return
    for key in ("property", "name", "itemprop"):
        name = attributes.get(key)
        if name:
            head.metas.setdefault(name.lower(), []).append(content)
