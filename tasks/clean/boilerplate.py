"""The rules of ``seeds/boilerplate.csv``: which lines, and which pieces of lines, are not the article.

All patterns run at once over a line in one pass of RE2, whose time is linear in the line whatever it holds.
Patterns ignore case unless they say otherwise. ``max_words`` keeps a rule for short lines away from
paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from tasks.clean.patterns import Pattern, PatternError, PatternSet, compile_pattern
from tasks.errors import SeedError
from tasks.knowledge import SEEDS, read_seed

COLUMNS = ("id", "kind", "place", "action", "max_words", "pattern", "example", "counter_example")
PLACES = frozenset({"any", "head", "above", "tail"})
"""Where a rule holds: anywhere, before the first paragraph, before one that a dateline marks, after the last one."""

ACTIONS = frozenset({"line", "link", "label", "tags", "cut", "end", "sign-off", "summary"})
"""What a rule does.

line
    the whole line goes
link
    the label and the headline behind it go; prose glued to the headline stays
label
    the line goes, and the headlines right below it
tags
    the line goes, and the lines of a few words right below it
cut
    only the match goes (its first group where it has one)
end
    the line goes and all after it, once the article has begun
sign-off
    the line goes; short lines after it are no longer the article
summary
    the line goes, and the teaser lines below it up to the article's first paragraph
"""


_LONGEST_LINE = 20_000
"""Characters above which a line is a whole text without breaks, or hostile."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the seed."""

    id: str
    kind: str
    place: str
    action: str
    max_words: int
    pattern: Pattern
    example: str
    counter_example: str


class Rules:
    """The rules in the order of the file; an earlier row goes before a later one."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        """Takes the rules in the order in which they are tried."""
        self.rules = rules
        self._set = PatternSet([rule.pattern.pattern for rule in rules])

    def matching(self, line: str) -> tuple[Rule, ...]:
        """The rules whose pattern the line holds and whose length it keeps, first row first."""
        found = self._set.search(line) if len(line) <= _LONGEST_LINE else []
        if not found:
            return ()
        words = line.count(" ") + 1
        return tuple(self.rules[index] for index in found if words <= self.rules[index].max_words)


@lru_cache(maxsize=128)
def matching_rules(line: str) -> tuple[Rule, ...]:
    """The rules of the seed that a line falls under; a page's lines are looked at more than once."""
    return load_rules().matching(line)


@cache
def load_rules() -> Rules:
    """The rules of the seed; raises :class:`SeedError` naming the row that is not one."""
    return Rules(tuple(_rule(row) for row in read_seed("boilerplate.csv", COLUMNS)))


def _rule(row: dict[str, str]) -> Rule:
    """One row as a rule, its words checked."""
    path = SEEDS / "boilerplate.csv"
    if row["place"] not in PLACES or row["action"] not in ACTIONS:
        known = f"places {sorted(PLACES)}, actions {sorted(ACTIONS)}"
        raise SeedError(path, f"rule {row['id']!r} has an unknown place or action", f"use one of {known}")
    try:
        pattern = compile_pattern("(?i)" + row["pattern"])
        words = int(row["max_words"])
    except (PatternError, ValueError) as error:
        raise SeedError(path, f"rule {row['id']!r} is malformed: {error}", "mend its pattern or max_words") from error
    rest = (words, pattern, row["example"], row["counter_example"])
    return Rule(row["id"], row["kind"], row["place"], row["action"], *rest)
