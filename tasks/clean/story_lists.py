"""Lists of other stories by their shape: neighbours of one kind that each begin with a linked headline.

Teasers read like prose, so nothing but this shape tells them from an article's paragraphs.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate

from tasks.clean.elements import ElementRule
from tasks.clean.patterns import compile_pattern
from tasks.clean.tree import Block, Paragraph, Tree

STORY_LIST = ElementRule("story-list", "related", frozenset(), compile_pattern("$^"), "", "")
"""What an entry of a list of other stories falls under."""

_ENTRY_TAGS = frozenset({"li", "div", "article", "section", "tr", "td", "dl", "dd"})
_LEAST_ENTRIES = 3
_LEAST_SHARE = 0.6
_HEADLINE_WORDS = 4
_LONGEST_ENTRY = 90
"""Words above which a block is no teaser."""

_REACH = 3
"""Paragraphs of an entry among which its headline stands, below a section's name or a date."""


def mark_story_lists(tree: Tree) -> None:
    """Puts the entries of lists of other stories under :data:`STORY_LIST`."""
    linked = [item.linked_words >= _HEADLINE_WORDS and _begins_with_headline(item) for item in tree.paragraphs]
    heads = [0, *accumulate(linked)]
    if heads[-1] < _LEAST_ENTRIES:
        return
    words = [0, *accumulate([paragraph.words for paragraph in tree.paragraphs])]
    families: dict[tuple[int, str], list[Block]] = defaultdict(list)
    for block in tree.blocks:
        if block.first < block.last <= block.first + 2 * _REACH and block.tag in _ENTRY_TAGS:
            families[(block.parent, block.tag)].append(block)
    for family in families.values():
        if len(family) < _LEAST_ENTRIES or heads[family[-1].last] - heads[family[0].first] < _LEAST_ENTRIES:
            continue
        entries = [block for block in family if _is_entry(block, heads, words)]
        if len(entries) >= max(_LEAST_ENTRIES, _LEAST_SHARE * len(family)):
            for block in entries:
                block.rule = block.rule or STORY_LIST


def _begins_with_headline(paragraph: Paragraph) -> bool:
    """Whether a paragraph with as many linked words as a headline is a link, or begins with one as long."""
    text, linked = paragraph.pieces()[0]
    return paragraph.linked_words == paragraph.words or (linked and len(text.split()) >= _HEADLINE_WORDS)


def _is_entry(block: Block, heads: list[int], words: list[int]) -> bool:
    """Whether a block is short and begins with a linked headline, by the sums of those and of words up to a place."""
    reach = min(block.last, block.first + _REACH)
    return heads[reach] > heads[block.first] and words[block.last] - words[block.first] <= _LONGEST_ENTRY
