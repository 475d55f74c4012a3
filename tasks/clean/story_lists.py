"""Lists of other stories by their shape: neighbours of one kind that each begin with a linked headline.

Teasers read like prose, so nothing but this shape tells them from an article's paragraphs.
"""

from __future__ import annotations

from collections import defaultdict

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
    heads = [item.linked_words >= _HEADLINE_WORDS and _is_linked_headline(item) for item in tree.paragraphs]
    if sum(heads) < _LEAST_ENTRIES:
        return
    families: dict[tuple[int, str], list[Block]] = defaultdict(list)
    for block in tree.blocks:
        if block.tag in _ENTRY_TAGS and block.first < block.last <= block.first + 2 * _REACH:
            families[(block.parent, block.tag)].append(block)
    for family in families.values():
        if len(family) < _LEAST_ENTRIES:
            continue
        entries = [block for block in family if _is_entry(tree, block, heads)]
        if len(entries) >= max(_LEAST_ENTRIES, _LEAST_SHARE * len(family)):
            for block in entries:
                block.rule = block.rule or STORY_LIST


def _is_linked_headline(paragraph: Paragraph) -> bool:
    """Whether a paragraph with linked words enough for a headline is a link, or begins with one as long as that."""
    text, linked = paragraph.pieces()[0]
    return paragraph.linked_words == paragraph.words or (linked and len(text.split()) >= _HEADLINE_WORDS)


def _is_entry(tree: Tree, block: Block, heads: list[bool]) -> bool:
    """Whether a block is short and begins with a linked headline."""
    if not any(heads[block.first : min(block.last, block.first + _REACH)]):
        return False
    return sum([paragraph.words for paragraph in tree.paragraphs[block.first : block.last]]) <= _LONGEST_ENTRY
