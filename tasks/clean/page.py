"""HTML pages: from the markup to the article's lines and everything that the page tells of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from tasks.clean import bylines
from tasks.clean.addresses import canonical_address, find_next_pages, linked_site, names_front_page
from tasks.clean.article_lines import CleanedLines
from tasks.clean.body import Body, find_body, prefer_named, prefer_nearer
from tasks.clean.fallbacks import LEAST_WORDS, described_lines, describes_article, library_lines
from tasks.clean.header import is_date_line, is_update
from tasks.clean.instants import Stamp, find_stamps
from tasks.clean.json_ld import names_of
from tasks.clean.languages import SAMPLE, detect_language
from tasks.clean.lines import count_words, fold, join_lines
from tasks.clean.page_head import PageHead, read_head
from tasks.clean.page_lines import PageLines, read_lines
from tasks.clean.plain_text import settle
from tasks.clean.publication import Publication, find_publication
from tasks.clean.publishers import find_publisher, publisher_name, site_domain
from tasks.clean.refusals import LIST_HEADLINES, TEXT_LENGTH, Refusal, refuse_by_length, refuse_by_rule
from tasks.clean.titles import choose_title, find_heading
from tasks.clean.tree import Tree, build_tree
from tasks.records import RemovedText

_ABOVE = 6
"""Paragraphs above the headline among which a byline or date of the article may stand."""

_BESIDE = 6
"""Paragraphs below a headline that stands in the article's block among which its date may stand."""

_BELOW = 10
"""Paragraphs below the article among which a byline may stand."""

_INSIDE = 8
"""Paragraphs within the article's block, such as a path of links, below which its headline may stand."""

_HEADLINE_REACH = 60
"""Paragraphs above the article within which its headline stands."""

_FAR_BELOW = 30
"""Paragraphs further down among which a line may stand that is nothing but a reporter's name behind that word."""

_AUTHOR_NAMES = ("author", "penulis", "reporter", "jurnalis", "wartawan", "pewarta")
_LONGEST_BYLINE = 25
_HEADLINE_WORDS = 4
_ELLIPSES = ("…", "...", ". . .")
_SLACK = 20
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Page:
    """What a page gave."""

    lines: CleanedLines
    removed: tuple[RemovedText, ...]
    title: str | None
    publication: Publication | None
    authors: tuple[str, ...]
    publisher: str | None
    address: str | None
    next_pages: tuple[str, ...]
    language: str | None
    method: str
    refusal: Refusal | None


def clean_page(html: str, source: str) -> Page:
    """The article of an HTML page; ``source`` is the address that the page came from."""
    parsed = LexborHTMLParser(html)
    head = read_head(parsed)
    address = canonical_address(head, source)
    next_pages = find_next_pages(html, head, address)
    site = address or linked_site(parsed)
    tree = build_tree(parsed)
    del parsed  # it takes more memory than all that follows
    body = find_body(tree)
    heading = find_heading(head, tree)
    body = prefer_named(tree, prefer_nearer(tree, body, heading) if heading is not None else body)
    first = tree.blocks[body.block].first
    publisher = publisher_name(head, site)
    site_names = [publisher or "", (site_domain(site) or "").split(".")[0], head.meta("og:site_name") or ""]
    title = choose_title(head, tree, first, heading, site_names)
    read = read_lines(tree, body)
    headlines = _count_headlines(tree)
    stated = {"title": title, "address": address}
    lines, method = _choose_lines(html, head, read, stated, headlines)
    language = detect_language(join_lines(lines.kept, SAMPLE))
    start = _headline_index(tree, first, title)
    stamps = _visible_stamps(tree, body, start, lines)
    removed = (*read.removed, *lines.removed)
    title = title or lines.header.title or head.title
    return Page(
        lines=lines,
        removed=removed,
        title=title,
        publication=find_publication(head, stamps, address, find_publisher(site), language in {"id", None}),
        authors=_find_authors(head, tree, body, start, lines, site_names),
        publisher=publisher,
        address=address,
        next_pages=next_pages,
        language=language,
        method=method,
        refusal=_refuse(head, lines, removed[read.above :], stated, headlines),
    )


def _choose_lines(
    html: str, head: PageHead, read: PageLines, stated: dict[str, str | None], headlines: int
) -> tuple[CleanedLines, str]:
    """The article's lines and the way to them: by structure, else from JSON-LD, else from the library.

    The library is asked only where a page calls itself an article and nothing shows that it is something
    else: of a list it makes an article of teasers.
    """
    lines = settle(read.lines, stated["title"])
    words = _count(lines)
    described = described_lines(head)
    if sum(count_words(line.text) for line in described) > max(2 * words, LEAST_WORDS):
        return settle(described, stated["title"]), "json-ld"
    unsure = words < LEAST_WORDS and headlines < LIST_HEADLINES and describes_article(head)
    if unsure and refuse_by_rule(words, stated) is None:
        found = settle(library_lines(html), stated["title"])
        if _count(found) > 2 * words:
            return found, "trafilatura"
    return lines, "structure"


def _count(lines: CleanedLines) -> int:
    return sum(count_words(line) for line in lines.kept)


def _refuse(
    head: PageHead, lines: CleanedLines, removed: Iterable[RemovedText], stated: dict[str, str | None], headlines: int
) -> Refusal | None:
    """Why the page gives no article, if it does not."""
    refusal = refuse_by_rule(_count(lines), {"title": head.title})
    if refusal is not None:
        return refusal
    seen = join_lines(lines.kept, TEXT_LENGTH)
    shown = join_lines((*lines.kept, *(item.text for item in removed)), TEXT_LENGTH)
    texts = {**stated, "text": seen, "page": shown}
    charged = any(str(item.get("isAccessibleForFree")).lower() == "false" for item in head.articles)
    words = _count(lines)
    teaser = names_front_page(head) or ("".join(lines.kept[-1:]).endswith(_ELLIPSES) and not describes_article(head))
    return refuse_by_rule(words, texts) or refuse_by_length(words, headlines, charged=charged, teaser=teaser)


def _count_headlines(tree: Tree) -> int:
    """The linked headlines on the page."""
    return sum(
        linked and text.count(" ") >= _HEADLINE_WORDS - 1
        for paragraph in tree.paragraphs
        if paragraph.linked_words >= _HEADLINE_WORDS
        for text, linked in paragraph.pieces()
    )


def _headline_index(tree: Tree, first: int, title: str | None) -> int:
    """The paragraph with the headline nearest above the article's first one, else that one."""
    if not title:
        return first
    folded = fold(title)
    for index in range(min(first + _INSIDE, len(tree.paragraphs)) - 1, max(first - _HEADLINE_REACH, 0) - 1, -1):
        text = tree.paragraphs[index].text
        if text == title or (abs(len(text) - len(title)) < _SLACK and fold(text) == folded):
            return index
    return first


def _visible_stamps(tree: Tree, body: Body, start: int, lines: CleanedLines) -> list[Stamp]:
    """The dates beside the headline, the most telling first: below it, in the article's own header, above it."""
    first = tree.blocks[body.block].first
    below = [tree.paragraphs[index].text for index in range(start, min(max(start, first) + 1, len(tree.paragraphs)))]
    if start >= first:
        inside = range(start + 1, min(start + 1 + _BESIDE, len(tree.paragraphs)))
        below += [text for index in inside if _tells_date(body, index, text := tree.paragraphs[index].text)]
    above = [tree.paragraphs[index].text for index in range(start - 1, max(start - _ABOVE, 0) - 1, -1)]
    headers = [line for _, _, line in lines.header.stamps]
    found: list[tuple[bool, int, Stamp]] = []
    for rank, text in enumerate([*below, *headers, *above]):
        if text.count(" ") < _LONGEST_BYLINE and len(text) < _LONGEST_LINE:
            found.extend((is_update(text), rank, stamp) for stamp in find_stamps(text))
    return [stamp for _, _, stamp in sorted(found, key=lambda item: item[:2])]


def _tells_date(body: Body, index: int, text: str) -> bool:
    """Whether a paragraph in the article's block is a byline by its class or tells nothing but a date."""
    return _is_byline(body, index) or is_date_line(text)


def _find_authors(
    head: PageHead, tree: Tree, body: Body, start: int, lines: CleanedLines, site_names: list[str]
) -> tuple[str, ...]:
    """The reporters: named in a visible byline, else in an author's block, else to machines but not as an editor."""
    block = tree.blocks[body.block]
    near = [
        *range(max(start - _ABOVE, 0), block.first),
        *(index for index in range(block.first, block.last) if _is_byline(body, index)),
        *range(block.last, min(block.last + _BELOW, len(tree.paragraphs))),
        *_signed_below(tree, body, block.last + _BELOW),
    ]
    texts = [tree.paragraphs[index].text for index in near if tree.paragraphs[index].words <= _LONGEST_BYLINE]
    visible = bylines.read_bylines([*texts, *lines.header.bylines])
    named = [name for byline in visible for name in byline.authors]
    if not named:
        blocks = [index for index in near if _is_author_block(tree, index)]
        named = [name for index in blocks for name in bylines.names_in_author_block(tree.paragraphs[index].text)]
        if named and not bylines.drop_names(named, site_names):
            return tuple(named[:1])
    if not named and len(set(filter(None, head.writers))) == 1:  # several are those of other stories
        named = bylines.split_names(max(head.writers))
    editors = [name for byline in visible for name in byline.editors]
    return bylines.drop_names(named, site_names) or _machine_authors(head, [*site_names, *editors])


def _signed_below(tree: Tree, body: Body, start: int) -> list[int]:
    """The paragraphs further down that say "Penulis: Nama", as below a list of other stories."""
    reach = range(start, min(start + _FAR_BELOW, len(tree.paragraphs)))
    return [index for index in reach if body.rules[index] is None and bylines.is_signature(tree.paragraphs[index].text)]


def _is_author_block(tree: Tree, index: int) -> bool:
    """Whether the class of the block around a paragraph calls it the author's."""
    names = tree.blocks[tree.paragraphs[index].block].names
    return any(word in names for word in _AUTHOR_NAMES)


def _is_byline(body: Body, index: int) -> bool:
    rule = body.rules[index]
    return rule is not None and rule.kind == "byline"


def _machine_authors(head: PageHead, unwanted: list[str]) -> tuple[str, ...]:
    """The author names that meta tags and JSON-LD state, those of the first source with a wanted one."""
    metas = ("content_author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "author")
    stated = [[value] if (value := head.meta(name)) else [] for name in metas]
    stated += [names_of(item.get(key)) for key in ("creator", "author") for item in head.articles]
    for values in stated:
        names = [name for value in values if "://" not in value for name in bylines.split_names(value)]
        if wanted := bylines.drop_names(names, unwanted):
            return wanted
    return ()
