"""Finds the block of a page that is the article: the one whose paragraphs gain the most.

Every paragraph has a weight: prose gains its words, links and scraps cost. The article is the block with the
greatest sum, the smallest one among equals, so that a navigation bar or a list of headlines beside the
article costs the blocks that also hold it, and two halves of an article are taken by the block that holds
both.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from tasks.clean.elements import ARTICLE, ElementRule
from tasks.clean.lines import SENTENCE_WORDS, ends_sentence, is_prose
from tasks.clean.story_lists import mark_story_lists
from tasks.clean.tree import HEADINGS, Block, Paragraph, Tree
from tasks.clean.void_rules import SINGLE, Ruled, void_rules

_MOST_LINKED = 0.5
"""Share of linked words from which a paragraph is a list of links."""

_MOST_FIGURES = 0.3
_LEAST_LOWER = 0.2
"""Shares of figures and of words in lower case above and below which a line that no mark ends is no paragraph."""

_SAMPLE = 500
"""Characters of a line from which these shares are taken."""

_SCRAP_COST = 3.0
_LINK_COST = 4.0
_RULE_COST = 6.0
_ITEM_WORDS = 4
_ITEM_GAIN = 0.3
"""What a word of a list item without a full stop gains, against 1 of prose."""

_DOUBTFUL = frozenset({"advertisement", "byline", "caption", "share", "tag"})
"""Kinds of rules that are let go where nothing else is found: themes give such names to anything."""

_LEAST_NEARER = 80
_NEARER_SHARE = 0.4
_LONG_NEARER = 120
"""Words, share of the best block's gain, and words whatever that is, from which a block right below the
heading is the article."""

_NAMED_SHARE = 0.2
"""Share of the body's prose from which a block in it that is named as the article's is all of the article."""

_ITEMS = frozenset({"li", "td", "th", "dd", "dt"})


@dataclass(frozen=True, slots=True)
class Body:
    """The article's block and, for every paragraph of the page, the element rule that it falls under.

    ``gain`` is the sum of its weights; ``prose`` are the words of prose of every paragraph of the page.
    """

    block: int
    gain: float
    rules: list[ElementRule | None]
    prose: list[int]

    @property
    def found(self) -> bool:
        """Whether any block gains: a page of links has none that does."""
        return self.gain > 0


def find_body(tree: Tree) -> Body:
    """The block that is the article; block 0, the whole page, with no gain where there is none.

    A page without any prose, such as a table of figures, is weighed by its short lines.
    """
    mark_story_lists(tree)
    prose = [_prose_words(item) if item.words >= SENTENCE_WORDS else 0 for item in tree.paragraphs]
    if not any(prose):
        prose = [_loose_words(paragraph) for paragraph in tree.paragraphs]
    prose_sums = [0, *accumulate(prose)]
    ruled = [(index, block, block.rule) for index, block in enumerate(tree.blocks) if block.rule is not None]
    void = void_rules(tree, ruled, prose, prose_sums)
    body = _weigh(tree, ruled, prose, void)
    if not body.found:
        doubtful = {index for index, _, rule in ruled if rule.kind in _DOUBTFUL}
        body = _weigh(tree, ruled, prose, void | doubtful)
    return body


def _weigh(tree: Tree, ruled: list[Ruled], prose: list[int], void: set[int]) -> Body:
    """The block with the greatest gain when the rules of the ``void`` blocks do not count."""
    rules = _paragraph_rules(tree, ruled, void)
    return Body(*_best_block(tree, prose, rules, 0, len(tree.paragraphs)), rules, prose)


def _best_block(
    tree: Tree, prose: list[int], rules: list[ElementRule | None], start: int, end: int
) -> tuple[int, float]:
    """The block among paragraphs ``start:end`` with the greatest gain, and its gain."""
    weights = [
        _weight(tree, paragraph, rule) if rule is not None or not words else words
        for paragraph, words, rule in zip(tree.paragraphs, prose, rules, strict=True)
    ]
    sums = [0.0, *accumulate(weights)]
    best, gain, size = 0, 0.0, 0
    for index, block in enumerate(tree.blocks):
        first, last = block.first, block.last
        total = sums[last] - sums[first]
        if (total > gain or (total == gain > 0 and last - first <= size)) and start <= first and last <= end:
            best, gain, size = index, total, last - first
    while tree.blocks and tree.blocks[best].tag in SINGLE:
        best = tree.blocks[best].parent
    return best, gain


def prefer_nearer(tree: Tree, body: Body, heading: int) -> Body:
    """The block between the page's heading and the body where it is long enough to be the article itself.

    What is longer and stands further below the heading are then comments, a pop-up, a glossary or another story; what
    stands above the heading is a ticker or a menu. A block that is named as the article's needs no other proof where
    the longer one is not, and gives way to none that is not named so, such as a long caption.
    """
    around = tree.blocks[body.block]
    end = around.first if around.last > heading else len(tree.paragraphs)
    if sum(body.prose[heading:end]) < _LEAST_NEARER:
        return body
    block, gain = _best_block(tree, body.prose, body.rules, heading + 1, end)
    named, other = _is_named_article(tree, block), _is_named_article(tree, body.block)
    if other and not named:
        return body
    named = named and not other
    is_article = gain >= max(_LEAST_NEARER, 0 if named else min(_NEARER_SHARE * body.gain, _LONG_NEARER))
    return Body(block, gain, body.rules, body.prose) if is_article else body


def prefer_named(tree: Tree, body: Body) -> Body:
    """The one block in the body that is named as the article's, where the body is larger than that.

    What stands beside it in the body is then a glossary, a profile of the author or a notice.
    """
    around = tree.blocks[body.block]
    if not body.found or _is_named_article(tree, body.block):
        return body
    named = [block for block in _outermost_named(tree, around) if _sum_prose(body, block) >= _LEAST_NEARER]
    if len(named) != 1 or _sum_prose(body, named[0]) < _NAMED_SHARE * _sum_prose(body, around):
        return body
    block, gain = _best_block(tree, body.prose, body.rules, named[0].first, named[0].last)
    return Body(block, gain, body.rules, body.prose) if gain >= _LEAST_NEARER else body


def _outermost_named(tree: Tree, around: Block) -> list[Block]:
    """The blocks inside a block that are named as the article's and in no other such block."""
    found: list[Block] = []
    for block in tree.blocks:
        is_named = block.rule is not None and block.rule.kind == ARTICLE
        is_inside = around.first <= block.first and block.last <= around.last
        if is_named and is_inside and (not found or block.first >= found[-1].last):
            found.append(block)
    return found


def _sum_prose(body: Body, block: Block) -> int:
    return sum(body.prose[block.first : block.last])


def _is_named_article(tree: Tree, index: int) -> bool:
    """Whether the names of a block or of one around it say that it is the article."""
    while index >= 0:
        rule = tree.blocks[index].rule
        if rule is not None and rule.kind == ARTICLE:
            return True
        index = tree.blocks[index].parent
    return False


def _prose_words(paragraph: Paragraph) -> int:
    """The words of a paragraph that reads like prose, outside links; 0 for anything else."""
    words = paragraph.words
    if paragraph.linked_words > _MOST_LINKED * words or not is_prose(paragraph.text) or _is_ticker(paragraph.text):
        return 0
    return words - paragraph.linked_words


def _is_ticker(text: str) -> bool:
    """Whether a line is a row of names and figures, such as stock prices, which no full stop ends."""
    if ends_sentence(text):
        return False
    words = text[:_SAMPLE].split()
    figures = sum(not word.isalpha() and not any(map(str.islower, word)) for word in words)
    return figures > _MOST_FIGURES * len(words) and sum(map(str.islower, words)) < _LEAST_LOWER * len(words)


def _loose_words(paragraph: Paragraph) -> int:
    """The words of a paragraph that is no link, whatever it reads like."""
    return 0 if paragraph.linked_words else paragraph.words


def _paragraph_rules(tree: Tree, ruled: list[Ruled], void: set[int]) -> list[ElementRule | None]:
    """For every paragraph the rule of the outermost block around it whose rule holds."""
    found: list[ElementRule | None] = [None] * len(tree.paragraphs)
    covered = 0
    for index, block, rule in ruled:
        if index in void or block.first < covered or block.first == block.last:
            continue
        covered = block.last
        found[block.first : block.last] = [rule] * (block.last - block.first)
    return found


def _weight(tree: Tree, paragraph: Paragraph, rule: ElementRule | None) -> float:
    """What a paragraph that is no prose of the article's adds to the gain of the blocks that hold it."""
    if paragraph.words == 0:
        return 0.0
    if rule is not None:
        return -_RULE_COST
    if paragraph.linked_words > _MOST_LINKED * paragraph.words:
        return -_LINK_COST - paragraph.linked_words
    tag = tree.blocks[paragraph.block].tag
    if tag in HEADINGS:
        return -1.0
    if tag in _ITEMS and not paragraph.linked_words and (tag != "li" or paragraph.words >= _ITEM_WORDS):
        return _ITEM_GAIN * paragraph.words
    return -_SCRAP_COST
