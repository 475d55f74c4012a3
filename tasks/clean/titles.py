"""The headline of a page, without the site's name."""

from __future__ import annotations

import re

from tasks.clean.json_ld import text_of
from tasks.clean.lines import count_words, fold
from tasks.clean.page_head import PageHead
from tasks.clean.tree import HEADINGS, Tree

_SEPARATOR = re.compile(r"\s+[|\-–—»:•·~]+\s+|\s*\|\s*|\s*::\s*")
_PAGE_NUMBER = re.compile(
    r"\s*[-–|(]*\s*\b(?:halaman|laman|hal|page)\b\.?\s*(?:\d+|all|semua)\s*(?:dari\s+\d+)?\)?\s*$",
    re.IGNORECASE,
)
_SITE_WORDS = 5
_HEADLINE_WORDS = 3
_OPENING = 15
"""Characters by which a headline is looked for among paragraphs that are no headings."""

_LEAST_SHARE = 0.5


def choose_title(head: PageHead, tree: Tree, before: int, heading: int | None, site_names: list[str]) -> str | None:
    """The headline: a heading of the page that its meta tags confirm, else the meta tags' without the site's name.

    ``before`` is the paragraph index of the article's first line: the heading stands nearest above it; ``heading`` is
    what :func:`find_heading` gave. None where the page has no heading and its title is as short as a site's name.
    """
    told = _told_titles(head)
    stated = [*told, head.title] if head.title else told
    headings = _headings(tree, before)
    for text in headings:
        if any(_confirms(other, text) for other in stated):
            return strip_page_number(text)
    plain = tree.paragraphs[heading].text if heading is not None else ""
    if plain and any(fold(other).startswith(fold(plain)) for other in stated):
        return strip_page_number(plain)
    if not told and (head.title is None or count_words(head.title) <= _SITE_WORDS):
        return headings[0] if headings else None
    return strip_page_number(strip_site_name(stated[0], site_names))


def find_heading(head: PageHead, tree: Tree) -> int | None:
    """The index of the first heading that the page's meta tags confirm as its headline.

    Where no heading is, the first other paragraph that they confirm and that is no link.
    """
    stated = [*_told_titles(head), *([head.title] if head.title else [])]
    for index, paragraph in enumerate(tree.paragraphs):
        is_heading = tree.blocks[paragraph.block].tag in HEADINGS and paragraph.words >= _HEADLINE_WORDS
        if is_heading and any(_confirms(text, paragraph.text) for text in stated):
            return index
    openings = {text[:_OPENING].casefold() for text in stated if len(text) >= _OPENING}
    for index, paragraph in enumerate(tree.paragraphs):
        opens = not paragraph.linked_words and paragraph.text[:_OPENING].casefold() in openings
        if opens and any(_confirms(text, paragraph.text) for text in stated):
            return index
    return None


def _told_titles(head: PageHead) -> list[str]:
    """What the page tells machines to be its headline."""
    return [text for text in (_data_headline(head), head.meta("og:title", "twitter:title", "title")) if text]


def _data_headline(head: PageHead) -> str | None:
    return next((text for item in head.articles if (text := text_of(item.get("headline")))), None)


def _headings(tree: Tree, before: int) -> list[str]:
    """The page's headings: h1 first, each kind from the article's first line upwards, then what stands below it."""
    found: list[tuple[int, int, str]] = []
    for index, paragraph in enumerate(tree.paragraphs):
        block = tree.blocks[paragraph.block]
        if (block.tag in HEADINGS or "headline" in block.names) and 0 < paragraph.words <= 40:
            rank = 1 if block.tag == "h1" or "headline" in block.names else 2
            distance = before - index if index < before else 1000 + index - before
            found.append((rank, distance, paragraph.text))
    return [text for _, _, text in sorted(found, key=lambda item: item[:2]) if count_words(text) >= 2]


def _confirms(stated: str, heading: str) -> bool:
    """Whether a meta title holds a heading, or the heading holds it, as words; a heading may not be a mere part."""
    words, other = fold(heading), fold(stated)
    if not words or not other:
        return False
    return (words in other and len(words) >= _LEAST_SHARE * len(other)) or (
        other in words and len(other) >= _LEAST_SHARE * len(words)
    )


def strip_site_name(title: str, site_names: list[str]) -> str:
    """A title without the parts at its ends that name the site: "Judul - Koran.com", "Koran.com: Judul"."""
    names = {fold(name) for name in site_names if name}
    compact = {name.replace(" ", "") for name in names if len(name) > 2}
    parts = _SEPARATOR.split(title)
    separators = _SEPARATOR.findall(title)
    while len(parts) > 1 and _names_site(parts[-1], compact):
        parts.pop()
        separators.pop()
    while len(parts) > 1 and _names_site(parts[0], compact):
        parts.pop(0)
        separators.pop(0)
    prefix = re.match(r"([\w.]+\.\w{2,4}):\s+", parts[0])
    if prefix and _names_site(prefix.group(1), compact):
        parts[0] = parts[0][prefix.end() :]
    kept = parts[0] + "".join(separator + part for separator, part in zip(separators, parts[1:], strict=True))
    return kept.strip()


def _names_site(part: str, compact: set[str]) -> bool:
    """Whether a part of a title is the site's name, perhaps with a section's name."""
    words = fold(part)
    joined = words.replace(" ", "")
    if not joined or count_words(part) > _SITE_WORDS:
        return False
    return any(name in joined or (joined in name and len(joined) > 3) for name in compact) or (
        re.fullmatch(r"[\w-]+\.(?:com|co\.id|id|net|org|tv)", part.strip(), re.IGNORECASE) is not None
    )


def strip_page_number(title: str) -> str:
    """A title without "Halaman 2", "- Page all" at its end."""
    return _PAGE_NUMBER.sub("", title).strip() or title
