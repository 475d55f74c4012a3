"""A page as two flat lists in page order: its blocks, and its paragraphs.

Inline elements are dissolved into runs of text that know whether they are a link. A block knows its parent
and the range of paragraphs in it, so that "inside" is a comparison of numbers. A block under an element rule
(a share bar, a related list) stays in the tree, marked, because bylines and dates stand in such blocks too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.clean.elements import ElementRule, find_element_rule
from tasks.clean.lines import count_words
from tasks.clean.normalise import normalise_line
from tasks.clean.word_sets import word_set

_NEVER_TEXT = word_set(
    "script style noscript template iframe svg canvas select option textarea input button object embed audio video "
    "math head title frameset dialog progress meter datalist nav"
)
"""Elements whose text no reader of the article sees as its text."""

HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_INLINE = word_set(
    "abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var o:p st1:place picture"
)
_TEXT, _LINK, _TRANSPARENT, _BREAK, _SKIPPED = range(1, 6)
_SORTS = {
    "-text": _TEXT,
    "a": _LINK,
    "br": _BREAK,
    "hr": _BREAK,
    "-comment": _SKIPPED,
    "-doctype": _SKIPPED,
    "img": _SKIPPED,
    "wbr": _SKIPPED,
    **dict.fromkeys(_INLINE, _TRANSPARENT),
    **dict.fromkeys(_NEVER_TEXT, _SKIPPED),
}
"""What a node is to the tree; a node of another name is a block. Nothing below a skipped node has a place."""


@dataclass(slots=True)
class Paragraph:
    """A stretch of text without a block or line break in it.

    ``block`` is the index of the block that holds it, ``linked`` says whether it begins with a link, and ``runs`` are
    its pieces with whether each is a link, where it has more than one.
    """

    block: int
    text: str
    linked: bool
    runs: list[tuple[str, bool]] | None = None
    words: int = 0
    linked_words: int = 0

    def add(self, text: str, linked: bool) -> None:
        """Adds a piece."""
        if self.runs is None:
            self.runs = [(self.text, self.linked)]
        self.runs.append((text, linked))

    def pieces(self) -> list[tuple[str, bool]]:
        """The texts of the paragraph and whether each is a link."""
        return [(self.text, self.linked)] if self.runs is None else self.runs

    def finish(self) -> None:
        """Joins the pieces into one normalised line and counts its words."""
        runs = self.runs
        self.text = text = normalise_line(self.text if runs is None else "".join([text for text, _ in runs]))
        self.words = words = count_words(text)
        if runs is not None:
            self.linked_words = min(words, sum([len(piece.split()) for piece, linked in runs if linked]))
        elif self.linked:
            self.linked_words = words


@dataclass(slots=True)
class Block:
    """A block element: ``paragraphs[first:last]`` of the tree are inside it; ``parent`` is an index, -1 for
    the top.

    ``names`` are its classes, id, role and itemprop in lower case, ``rule`` the seed row that matches them.
    """

    tag: str
    parent: int
    first: int
    last: int = 0
    names: str = ""
    rule: ElementRule | None = None
    open: Paragraph | None = None


@dataclass(slots=True)
class Tree:
    """The blocks and the paragraphs of a page's body."""

    blocks: list[Block] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def close(self) -> None:
        """Finishes the paragraphs; all of them are in the first block."""
        self.blocks[0].last = len(self.paragraphs)
        for paragraph in self.paragraphs:
            paragraph.finish()


_BLANK_REACH = 20
"""Empty elements before a text behind which a blank is looked for."""


def build_tree(page: LexborHTMLParser) -> Tree:
    """The blocks and paragraphs of a parsed page's body."""
    tree = Tree()
    body = page.body
    if body is None:
        return tree
    blocks, paragraphs = tree.blocks, tree.paragraphs
    blocks.append(Block("body", -1, 0))
    sort_of = _SORTS.get
    stack = [(body, body.iter(True, True), 0, False)]
    while stack:
        element, children, index, linked = stack[-1]
        for node in children:
            tag = node.tag or "-comment"
            sort = sort_of(tag)
            if sort is None:
                blocks[index].open = None
                stack.append((node, node.iter(True, True), len(blocks), linked))
                blocks.append(Block(tag, index, len(paragraphs)))
                break
            if sort == _TEXT:
                _add_text(tree, index, node, linked)
            elif sort == _BREAK:
                blocks[index].open = None
            elif sort != _SKIPPED:
                stack.append((node, node.iter(True, True), index, linked or sort == _LINK))
                break
        else:
            stack.pop()
            if stack and stack[-1][2] != index:
                _leave(tree, index, element)
    tree.close()
    return tree


def _leave(tree: Tree, index: int, element: LexborNode) -> None:
    """Ends and names a block, or drops one without text: so a page of empty elements takes little memory."""
    block = tree.blocks[index]
    block.last = len(tree.paragraphs)
    if block.first < block.last:
        block.names, block.rule = find_element_rule(block.tag, element.attributes)
    else:
        tree.blocks.pop()


def _add_text(tree: Tree, index: int, node: LexborNode, linked: bool) -> None:
    """Adds a text to the paragraph that is under way in a block, or begins one."""
    block = tree.blocks[index]
    text = node.text_content or ""
    paragraph = block.open
    if paragraph is None:
        block.open = paragraph = Paragraph(index, text, linked)
        tree.paragraphs.append(paragraph)
        return
    last = paragraph.text if paragraph.runs is None else paragraph.runs[-1][0]
    if not (text[0].isspace() or last[-1].isspace()) and _blank_before(node):
        paragraph.add(" ", False)
    paragraph.add(text, linked)


def _blank_before(node: LexborNode) -> bool:
    """Whether only blank text stands between a text and the one before it, as between two inline elements."""
    current = node
    for _ in range(_BLANK_REACH):
        while (before := current.prev) is None:
            if (parent := current.parent) is None:
                return False
            current = parent
        current = _last_inside(before)
        if current.tag == "-text":
            return (current.text_content or "").isspace()
    return False


def _last_inside(node: LexborNode) -> LexborNode:
    """The last node inside a node, or itself where it holds no text of the article's."""
    while node.tag not in _NEVER_TEXT and (last := node.last_child) is not None:
        node = last
    return node
