"""Why a document gives no article: too tangled to read, a feed, a list, a gallery, an error page, a paywall."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.clean.patterns import Pattern, PatternError, compile_pattern
from tasks.clean.word_sets import word_set
from tasks.errors import SeedError
from tasks.knowledge import SEEDS, read_seed

COLUMNS = ("id", "kind", "where", "max_words", "pattern", "example", "counter_example")
PLACES = frozenset({"title", "text", "page", "address"})
"""Where a rule looks: the title, the article's text, that text with what was removed from it, the address."""

LEAST_WORDS = 20
"""Words below which a text is no article."""

_MOST_TAGS = 40_000
_MOST_LINES = 20_000
_CHECKED_TAGS = 5_000
_DEEPEST = 12_000
"""The parser's time grows with the square of the depth of unclosed elements: 0.15 s at this depth."""

_MOST_ATTRIBUTES = 3_000
_LONG_TAG = 10_000
"""The parser's time also grows with the square of an element's attributes: 10 ms at 3,000, which take a long tag."""

_CHECKED_LENGTH = 500_000
"""Characters below which a page cannot hold so many attributes in all that they take long."""

LIST_HEADLINES = 15
"""Linked headlines from which a page without an article is a list of articles."""

_LEAST_PREVIEW = 60
"""Words below which what a page shows that calls itself not free, or a front page, is no more than a teaser."""

_TEXT_LENGTH = 20_000
_FEED = re.compile(
    r"^\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<\?[^>]{0,500}>\s*|<!--.{0,500}?-->\s*){0,5}<(?:rss|feed|rdf:rdf|urlset|sitemapindex|opml)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_LONG_OPEN_TAG = re.compile(r"""<[A-Za-z](?:[^"'>]++|"[^"]*+"?|'[^']*+'?)*+""")
_SCRIPT = re.compile(r"<(script|style|!--).*?(?:</\1|-->|$)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r""""[^"]*+"?|'[^']*+'?""")
_SELF_CLOSING = word_set(
    "area base br col embed hr img input link meta param source track wbr "
    "p li dt dd td th tr tbody thead tfoot option optgroup rp rt path"
)
_REMEDIES = {
    "too complex": "save the article's text as .txt instead",
    "feed": "fetch the articles it lists",
    "list page": "fetch the articles it links to",
    "gallery": "leave it out: it has pictures or a video and no article",
    "error page": "fetch the page again later, or remove its address",
    "paywall": "save the page as a subscriber",
    "too short": "check that the page is an article",
    "not Indonesian": "leave it out of the source",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with a document and what to do: ``kind`` is a fixed word."""

    kind: str
    reason: str

    @property
    def remedy(self) -> str:
        """What a person can do about it."""
        return _REMEDIES[self.kind]


@dataclass(frozen=True, slots=True)
class RefusalRule:
    """A row of ``seeds/refusals.csv``: a document of at most ``max_words`` words whose ``where`` holds the pattern."""

    id: str
    kind: str
    where: str
    max_words: int
    pattern: Pattern
    example: str
    counter_example: str


@cache
def load_refusal_rules() -> tuple[RefusalRule, ...]:
    """The rules of the seed; raises :class:`SeedError` naming the row that is not one."""
    return tuple(_rule(row) for row in read_seed("refusals.csv", COLUMNS))


def _rule(row: dict[str, str]) -> RefusalRule:
    path = SEEDS / "refusals.csv"
    if row["where"] not in PLACES or row["kind"] not in _REMEDIES:
        known = f"places {sorted(PLACES)}, kinds {sorted(_REMEDIES)}"
        raise SeedError(path, f"rule {row['id']!r} has an unknown place or kind", f"use one of {known}")
    try:
        pattern, words = compile_pattern("(?i)" + row["pattern"]), int(row["max_words"])
    except (PatternError, ValueError) as error:
        raise SeedError(path, f"rule {row['id']!r} is malformed: {error}", "mend its pattern or max_words") from error
    rest = (row["example"], row["counter_example"])
    return RefusalRule(row["id"], row["kind"], row["where"], words, pattern, *rest)


def refuse_markup(markup: str) -> Refusal | None:
    """Why markup is not even parsed: a feed, or more or deeper elements than any article has."""
    if _FEED.match(markup):
        return Refusal("feed", "is a feed or sitemap, not an article")
    tags = markup.count("<")
    if tags > _MOST_TAGS:
        return Refusal("too complex", f"has {tags:,} tags, more than the {_MOST_TAGS:,} of the largest page")
    if tags > _CHECKED_TAGS and _depth(markup) > _DEEPEST:
        return Refusal("too complex", f"nests elements deeper than {_DEEPEST:,}")
    most, total = _count_attributes(markup)
    if most > _MOST_ATTRIBUTES or total > _MOST_TAGS * 3:
        return Refusal("too complex", f"has {total:,} attributes, {most:,} of them on one element")
    return None


def _depth(markup: str) -> int:
    """How many elements are open at most, those left out whose end tag may be missing."""
    depth = deepest = 0
    for match in _TAG.finditer(markup):
        if match.group(2).lower() not in _SELF_CLOSING:
            depth = max(depth - 1, 0) if match.group(1) else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _count_attributes(markup: str) -> tuple[int, int]:
    """About how many attributes an element has at most and all have; zeros where they are too few to matter."""
    if len(markup) < _CHECKED_LENGTH and not _has_long_tag(markup):
        return 0, 0
    tags = _LONG_OPEN_TAG.finditer(_SCRIPT.sub("", markup))
    counts = [len(_QUOTED.sub("", match.group()).split()) for match in tags]
    return max(counts, default=0), sum(counts)


def _has_long_tag(markup: str) -> bool:
    """Whether a tag may be longer than any that a person writes: no ">" for long behind a "<"."""
    half = _LONG_TAG // 2
    for place in range(0, len(markup), half):
        if markup.find(">", place, place + half) < 0:
            start = markup.rfind(">", 0, place) + 1
            end = markup.find(">", place)
            opening = markup.find("<", start, end if end >= 0 else len(markup))
            if opening >= 0 and (end if end >= 0 else len(markup)) - opening > _LONG_TAG:
                return True
    return False


def refuse_text(text: str) -> Refusal | None:
    """Why plain text is not even read: more lines than any article has."""
    lines = text.count("\n")
    return Refusal("too complex", f"has {lines:,} lines") if lines > _MOST_LINES else None


def refuse_by_rule(words: int, texts: dict[str, str | None]) -> Refusal | None:
    """Why a document of so many words is no article, by the rules; ``texts`` holds what they look at, by place."""
    for rule in load_refusal_rules():
        text = texts.get(rule.where)
        if text and words <= rule.max_words and rule.pattern.search(text[:_TEXT_LENGTH]):
            return Refusal(rule.kind, _reason(rule.kind, words))
    return None


def refuse_by_length(words: int, headlines: int = 0, *, charged: bool = False, teaser: bool = False) -> Refusal | None:
    """Why so few words are no article: a teaser before a paywall, a page of linked ``headlines``, or nothing
    at all.

    ``charged`` says that the page calls itself not free, ``teaser`` that it names its site's front page
    as its address, as templates of articles do now and then, or that its words break off.
    """
    if charged and words < _LEAST_PREVIEW:
        return Refusal("paywall", _reason("paywall", words))
    if teaser and headlines >= LIST_HEADLINES and words < _LEAST_PREVIEW:
        return Refusal("list page", _reason("list page", words))
    if words >= LEAST_WORDS:
        return None
    kind = "list page" if headlines >= LIST_HEADLINES else "too short"
    return Refusal(kind, _reason(kind, words))


def _reason(kind: str, words: int) -> str:
    """The kind of refusal as a sentence about the document."""
    reasons = {
        "list page": "lists articles and is none itself",
        "gallery": f"is a gallery or video page with {words} words",
        "error page": "is an error page, not an article",
        "paywall": f"shows only {words} words before a paywall",
        "too short": f"holds no article: {words} words, fewer than {LEAST_WORDS}",
    }
    return reasons[kind]
