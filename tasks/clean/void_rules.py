"""Which element rules do not hold on a page, because the block is the article whatever its names say."""

from __future__ import annotations

from collections import Counter

from tasks.clean.elements import ARTICLE, HIDDEN, ElementRule, load_element_rules
from tasks.clean.tree import HEADINGS, Block, Tree

PAGINATION = "pagination"
"""The kind of rules for links to other pages, which hold no prose: what is named so and does is such a page itself."""

_LARGEST_SHARE = {"comment": 0.9, "notice": 0.9, "hidden": 0.7, "navigation": 0.65, PAGINATION: 0.05}
_USUAL_LARGEST_SHARE = 0.4
"""Share of the page's prose above which a block is not what its name says: page wrappers are called "widget" too."""

_PROTECTED_SHARE = 0.1
"""Share of the page's prose from which a block that is named as the article's makes void the rules around it."""

_SURE_SHARE = 0.5
"""Share of the page's prose from which such a block makes void even those that hold around a smaller one."""

_UNPROTECTED = frozenset({"comment", "hidden", "notice"})
"""Kinds of rules that hold around a smaller block: a cookie notice names its text "content" too."""

_LEAST_SHOWN = 30
_LEAST_HIDDEN = 15
"""Words of prose before a hidden block and in it from which it carries an article on."""

_MOST_NAMES = 20
_BESIDE_DEPTH = 5
"""Blocks beside a hidden one, by their names, that are looked at, and blocks around a paragraph in them."""

SINGLE = frozenset({"p", "li", "td", "th", "tr", "dd", "dt", "blockquote", "pre", *HEADINGS})
"""Blocks that hold a paragraph and not an article."""

Ruled = tuple[int, Block, ElementRule]
"""A block that falls under an element rule, with its index and the rule."""


def void_rules(tree: Tree, ruled: list[Ruled], prose: list[int], prose_sums: list[int]) -> set[int]:
    """The blocks whose rule does not hold: they are the page's main text, hold the article, or are a page of it.

    ``prose`` are the words of prose of every paragraph, ``prose_sums`` their sums up to each.
    """
    return _overruled(tree, ruled, prose_sums) | _hidden_pages(tree, ruled, prose, prose_sums)


def _overruled(tree: Tree, ruled: list[Ruled], prose_sums: list[int]) -> set[int]:
    """The blocks that are the page's main text, or hold what is named as the article."""
    total = prose_sums[-1] or 1
    void: set[int] = set()
    seen: set[int] = set()
    for index, block, rule in ruled:
        share = (prose_sums[block.last] - prose_sums[block.first]) / total
        if rule.kind == ARTICLE:
            void.add(index)
            if share >= _PROTECTED_SHARE:
                sure = share >= _SURE_SHARE
                void.update(around for around in _around(tree, index, seen) if sure or _is_weak(tree, around))
        elif share > _LARGEST_SHARE.get(rule.kind, _USUAL_LARGEST_SHARE):
            void.add(index)
    return void


def _hidden_pages(tree: Tree, ruled: list[Ruled], prose: list[int], prose_sums: list[int]) -> set[int]:
    """The hidden blocks that carry an article on, as those do that a script shows page by page.

    Paragraphs of the article stand before them in the same block or in one of the same name beside them, and
    nothing in their names says what else they are.
    """
    shown: dict[int, Counter[str]] = {}
    pages: set[int] = set()
    for index, block, rule in ruled:
        if rule is not HIDDEN or prose_sums[block.last] - prose_sums[block.first] < _LEAST_HIDDEN:
            continue
        named = load_element_rules().find(block.tag, block.names)
        if named is not None and named.kind not in {ARTICLE, PAGINATION}:
            continue
        if block.parent not in shown:
            shown[block.parent] = _shown_words(tree, prose, block)
        beside = shown[block.parent].most_common(_MOST_NAMES)
        if sum(words for names, words in beside if not names or _same_names(names, block.names)) >= _LEAST_SHOWN:
            pages.add(index)
    return pages


def _shown_words(tree: Tree, prose: list[int], hidden: Block) -> Counter[str]:
    """The words of prose that a block shows before the first hidden one in it, by the names of the blocks in it.

    What stands in the block itself is counted under no name.
    """
    shown: Counter[str] = Counter()
    for place in range(tree.blocks[hidden.parent].first, hidden.first):
        index = tree.paragraphs[place].block if prose[place] else -1
        names = ""
        for _ in range(_BESIDE_DEPTH):
            if index < 0 or tree.blocks[index].rule is not None:
                break
            if index == hidden.parent:
                shown[names] += prose[place]
                break
            block = tree.blocks[index]
            names = "" if block.tag in SINGLE or block.last == block.first + 1 else block.names or "-"
            index = block.parent
    return shown


def _same_names(one: str, other: str) -> bool:
    """Whether two blocks have the same names, or one has more behind them than the other."""
    return bool(one and other) and (f"{other} ".startswith(f"{one} ") or f"{one} ".startswith(f"{other} "))


def _is_weak(tree: Tree, index: int) -> bool:
    """Whether the rule of a block gives way to an article's block in it."""
    rule = tree.blocks[index].rule
    return rule is not None and rule.kind not in _UNPROTECTED


def _around(tree: Tree, index: int, seen: set[int]) -> list[int]:
    """The blocks around a block, nearest first, up to one that was ``seen`` before."""
    found = []
    while (index := tree.blocks[index].parent) >= 0 and index not in seen:
        seen.add(index)
        found.append(index)
    return found
