"""The rules of ``seeds/page_elements.csv``: which blocks of a page are not the article, by tag, class, id and role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tasks.clean.patterns import Pattern, PatternError, PatternSet, compile_pattern
from tasks.errors import SeedError
from tasks.knowledge import SEEDS, read_seed

COLUMNS = ("id", "kind", "tags", "pattern", "example", "counter_example")

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[_:.]+|-{2,}")
_NAMES_LENGTH = 300


@dataclass(frozen=True, slots=True)
class ElementRule:
    """A row of the seed: blocks with one of ``tags`` (any where empty) whose names hold ``pattern`` are of ``kind``."""

    id: str
    kind: str
    tags: frozenset[str]
    pattern: Pattern
    example: str
    counter_example: str


ARTICLE = "article"
"""The kind of rules that name what is the article: such a block falls under no other rule."""

HIDDEN = ElementRule("hidden", "hidden", frozenset(), compile_pattern("$^"), "", "")
"""What an element that its own markup hides falls under."""


class ElementRules:
    """The rows of the seed, in their order."""

    def __init__(self, rules: tuple[ElementRule, ...]) -> None:
        """Takes the rules in the order in which they are tried."""
        self.rules = rules
        self._set = PatternSet([rule.pattern.pattern for rule in rules])

    def find(self, tag: str, names: str) -> ElementRule | None:
        """The first rule that a block with this tag and these names falls under."""
        for index in self._set.search(names):
            rule = self.rules[index]
            if not rule.tags or tag in rule.tags:
                return rule
        return None


@cache
def load_element_rules() -> ElementRules:
    """The rules of the seed; raises :class:`SeedError` naming the row that is not one."""
    rules = []
    for row in read_seed("page_elements.csv", COLUMNS):
        try:
            pattern = compile_pattern(row["pattern"])
        except PatternError as error:
            path = SEEDS / "page_elements.csv"
            raise SeedError(path, f"rule {row['id']!r} is malformed: {error}", "mend its pattern") from error
        tags = frozenset(row["tags"].split())
        rules.append(ElementRule(row["id"], row["kind"], tags, pattern, row["example"], row["counter_example"]))
    return ElementRules(tuple(rules))


def find_element_rule(tag: str, attributes: dict[str, str | None]) -> tuple[str, ElementRule | None]:
    """The names of a block (classes, id, itemprop) and the rule that it falls under, if any."""
    if not attributes:
        return _find(tag, None, None, None)
    get = attributes.get
    classes, name, style = get("class"), get("id"), get("style")
    found = _find(tag, classes and classes[:_NAMES_LENGTH], name and name[:_NAMES_LENGTH], get("itemprop"))
    if (style and _HIDDEN_STYLE.search(style)) or "hidden" in attributes:
        return found[0], HIDDEN
    return found


@lru_cache(maxsize=8192)
def _find(tag: str, classes: str | None, name: str | None, itemprop: str | None) -> tuple[str, ElementRule | None]:
    names = spell_names(" ".join(value for value in (classes, name, itemprop) if value)[:_NAMES_LENGTH])
    return names, load_element_rules().find(tag, names)


def spell_names(raw: str) -> str:
    """Classes and ids in lower case with one hyphen between words: "relatedPosts" gives "related-posts"."""
    return _SEPARATORS.sub("-", _CAMEL.sub("-", raw)).lower()
