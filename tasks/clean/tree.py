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

NEVER_TEXT = sorted(
    word_set(
        "script style noscript template iframe svg canvas select option textarea input button object embed audio video "
        "math head title frameset dialog progress meter datalist nav"
    )
)
"""Elements whose text no reader of the article sees as its text."""

HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_INLINE = word_set(
    "abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr o:p st1:place img picture"
)
_TEXT, _LINK, _TRANSPARENT, _BREAK = 1, 2, 3, 4
_SORTS = {
    "-text": _TEXT,
    "a": _LINK,
    "br": _BREAK,
    "hr": _BREAK,
    "-comment": _BREAK + 1,
    "-doctype": _BREAK + 1,
    **dict.fromkeys(_INLINE, _TRANSPARENT),
}
"""What a node is to the tree; a node of another name is a block."""


@dataclass(slots=True)
class Paragraph:
    """A stretch of text without a block or line break in it.

    ``block`` is the index of the block that holds it; ``runs`` are its pieces and whether each is a link.
    """

    block: int
    runs: list[tuple[str, bool]]
    text: str = ""
    words: int = 0
    linked_words: int = 0

    def finish(self) -> None:
        """Joins the runs into one normalised line and counts its words."""
        runs = self.runs
        if len(runs) == 1:
            text, linked = runs[0]
            self.text = text = normalise_line(text)
            self.words = words = count_words(text)
            if linked:
                self.linked_words = words
            return
        self.text = text = normalise_line("".join([text for text, _ in runs]))
        self.words = words = count_words(text)
        linked_words = sum([len(text.split()) for text, linked in runs if linked])
        self.linked_words = min(words, linked_words)


@dataclass(slots=True)
class Block:
    """A block element: ``paragraphs[first:last]`` of the tree are inside it; ``parent`` is an index, -1 for
    the top.

    ``names`` are its classes, id, role and itemprop in lower case, ``rule`` the seed row that matches them.
    """

    tag: str
    names: str
    rule: ElementRule | None
    parent: int
    first: int
    last: int = 0
    open: Paragraph | None = None


@dataclass(slots=True)
class Tree:
    """The blocks and the paragraphs of a page's body."""

    blocks: list[Block] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def close(self) -> None:
        """Finishes the paragraphs and gives every block the end of its range."""
        blocks = self.blocks
        for index, paragraph in enumerate(self.paragraphs, 1):
            paragraph.finish()
            blocks[paragraph.block].last = index
        for block in reversed(blocks):
            if block.last < block.first:
                block.last = block.first
            if block.parent >= 0:
                parent = blocks[block.parent]
                if parent.last < block.last:
                    parent.last = block.last


def build_tree(page: LexborHTMLParser) -> Tree:
    """The blocks of a parsed page's body; the parsed page loses the elements of :data:`NEVER_TEXT`."""
    page.strip_tags(NEVER_TEXT, recursive=True)
    tree = Tree()
    body = page.body
    if body is None:
        return tree
    blocks, paragraphs = tree.blocks, tree.paragraphs
    blocks.append(Block("body", "", None, -1, 0))
    places: dict[int, tuple[int, bool]] = {body.mem_id: (0, False)}
    find_place = places.get
    sort_of = _SORTS.get
    for node in body.traverse(include_text=True, skip_empty=True):
        parent = node.parent
        place = find_place(parent.mem_id) if parent is not None else None
        if place is None:
            continue
        tag = node.tag or "-comment"
        sort = sort_of(tag)
        if sort is None:
            index = place[0]
            names, rule = find_element_rule(tag, node.attributes)
            blocks[index].open = None
            places[node.mem_id] = (len(blocks), place[1])
            blocks.append(Block(tag, names, rule, index, len(paragraphs)))
        elif sort == _TEXT:
            _add_text(node, place, blocks, paragraphs)
        elif sort == _TRANSPARENT:
            places[node.mem_id] = place
        elif sort == _LINK:
            places[node.mem_id] = (place[0], True)
        elif sort == _BREAK:
            blocks[place[0]].open = None
    tree.close()
    return tree


def _add_text(node: LexborNode, place: tuple[int, bool], blocks: list[Block], paragraphs: list[Paragraph]) -> None:
    """Adds a text to the paragraph that is under way in a block, or starts one."""
    text = node.text_lexbor()
    index, linked = place
    block = blocks[index]
    paragraph = block.open
    if paragraph is None:
        block.open = paragraph = Paragraph(index, [(text, linked)])
        paragraphs.append(paragraph)
        return
    if not (text[0].isspace() or paragraph.runs[-1][0][-1].isspace()) and _blank_before(node):
        paragraph.runs.append((" ", False))
    paragraph.runs.append((text, linked))


def _blank_before(node: LexborNode) -> bool:
    """Whether only blank text stands between a text and the one before it, as between two inline elements."""
    before: LexborNode | None = node.prev
    current: LexborNode | None = node
    while before is None and current is not None:
        current = current.parent
        before = current.prev if current is not None else None
    while before is not None and before.tag != "-text":
        before = before.last_child or before.prev
    return before is not None and before.text_lexbor().isspace()
