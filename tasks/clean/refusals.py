"""Why a document gives no article: too tangled to read, a feed, a list, a gallery, an error page, a paywall."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.clean.markup_bounds import find_excess
from tasks.clean.patterns import Pattern, PatternError, compile_pattern
from tasks.errors import SeedError
from tasks.knowledge import SEEDS, read_seed

COLUMNS = ("id", "kind", "where", "max_words", "pattern", "example", "counter_example")
PLACES = frozenset({"title", "text", "page", "address"})
"""Where a rule looks: the title, the article's text, that text with what was removed from it, the address."""

LEAST_WORDS = 20
"""Words below which a text is no article."""

_MOST_LINES = 20_000
LIST_HEADLINES = 15
"""Linked headlines from which a page without an article is a list of articles."""

_LEAST_PREVIEW = 60
"""Words below which what a page shows that calls itself not free, or a front page, is no more than a teaser."""

TEXT_LENGTH = 20_000
"""Characters of a text that rules look at."""

_FEED = re.compile(
    r"^\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<\?[^>]{0,500}>\s*|<!--.{0,500}?-->\s*){0,5}<(?:rss|feed|rdf:rdf|urlset|sitemapindex|opml)\b",
    re.IGNORECASE | re.DOTALL,
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
    """Why markup is not even parsed: a feed, or more, deeper or denser elements than any article has."""
    if _FEED.match(markup):
        return Refusal("feed", "is a feed or sitemap, not an article")
    excess = find_excess(markup)
    return Refusal("too complex", excess) if excess is not None else None


def refuse_text(text: str) -> Refusal | None:
    """Why plain text is not even read: more lines than any article has."""
    lines = text.count("\n")
    return Refusal("too complex", f"has {lines:,} lines") if lines > _MOST_LINES else None


def refuse_by_rule(words: int, texts: dict[str, str | None]) -> Refusal | None:
    """Why a document of so many words is no article, by the rules; ``texts`` holds what they look at, by place."""
    for rule in load_refusal_rules():
        text = texts.get(rule.where)
        if text and words <= rule.max_words and rule.pattern.search(text[:TEXT_LENGTH]):
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
