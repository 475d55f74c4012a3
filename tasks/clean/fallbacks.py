"""Other ways to an article's text where the page's own structure does not give it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from tasks.clean.json_ld import text_of
from tasks.clean.lines import Line, count_words
from tasks.clean.markup_bounds import without_scripts
from tasks.clean.normalise import split_lines
from tasks.clean.page_head import PageHead

LEAST_WORDS = 60
"""Words below which an article found by structure is not taken with confidence."""

_LARGEST = 500_000
_MOST_TAGS = 5_000
"""Characters and tags of a page without its scripts above which the library's time and memory are not bounded."""


def described_lines(head: PageHead) -> list[Line]:
    """The lines of the article's text in JSON-LD, where a page that scripts fill in keeps it; empty without one."""
    bodies = [text for item in head.articles if (text := text_of(item.get("articleBody")))]
    text = max(bodies, key=len, default="")
    if "<" in text and ">" in text:
        text = LexborHTMLParser(text.replace("</p>", "</p>\n").replace("<br", "\n<br")).text()
    return [Line(line) for line in split_lines(text) if line]


def describes_article(head: PageHead) -> bool:
    """Whether a page calls itself an article."""
    return bool(head.articles) or head.meta("og:type") == "article" or "article:published_time" in head.metas


def library_lines(html: str) -> list[Line]:
    """The lines that trafilatura finds, without its deduplication, which makes equal input give unequal
    output.

    Empty for pages too large for it, and where it finds less than an article.
    """
    html = without_scripts(html)
    if len(html) > _LARGEST or html.count("<") > _MOST_TAGS:
        return []
    from trafilatura import extract  # loaded only here: it takes longer to import than a hundred pages to clean

    text = extract(html, include_comments=False, include_tables=True, deduplicate=False, favor_precision=True) or ""
    lines = [Line(line) for line in split_lines(text) if line]
    return lines if sum(count_words(line.text) for line in lines) >= LEAST_WORDS else []
