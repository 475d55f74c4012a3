"""The lines of the article's block: its paragraphs and table rows, without links to other stories."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.clean.body import Body
from tasks.clean.header import is_date_line
from tasks.clean.lines import Line, count_words, ends_statement, is_lone_dateline
from tasks.clean.patterns import compile_pattern
from tasks.clean.tree import Paragraph, Tree
from tasks.records import RemovedText

_LABEL_BEFORE_LINK = compile_pattern(
    r"(?i)(?:^|[\s.!?\"”)\]>|(\[-])((?:baca|lihat|simak|tonton|cek)\s*(?:juga|pula|selengkapnya)?"
    r"(?:\s+(?:artikel|berita|video))?\s*[:：>-]?\s*[\"“(\[]*)$"
)
_LINKED = 0.8
"""Share of linked words from which a paragraph is a link and nothing else."""

_HEADLINE_WORDS = 4
_DATE_WORDS = 2
"""Words beside a date with which a line still only tells the day of the story linked above it."""

_MOST_OUTSIDE = 100
_CELL_DEPTH = 3
_CELL_LINES = 3
_LEAST_CELLS = 2
_CELL_WORDS = 30
"""A table with a longer cell than this lays out the page; it holds no figures."""


@dataclass(slots=True)
class PageLines:
    """The lines of an article's block in page order, and what was taken out of it on the way.

    The first ``above`` of the removed texts stand above the block; ``behind_link`` says that the last paragraph was a
    link to another story.
    """

    lines: list[Line]
    removed: list[RemovedText]
    above: int = 0
    behind_link: bool = False


def read_lines(tree: Tree, body: Body) -> PageLines:
    """The lines of the article; prose that stands elsewhere on the page is among the removed."""
    result = PageLines([], [])
    block = tree.blocks[body.block]
    first, last = (block.first, block.last) if body.found else (0, 0)
    _remove_outside(result, tree, body, range(first))
    result.above = len(result.removed)
    index = first
    while index < last:
        paragraph, rule = tree.paragraphs[index], body.rules[index]
        if rule is not None:
            _remove(result, rule.kind, rule.id, paragraph.text)
        elif (row := _table_row(tree, index, body)) is not None:
            line, index = row
            result.lines.append(Line(line))
            continue
        else:
            _add_paragraph(result, paragraph)
        index += 1
    _remove_outside(result, tree, body, range(last, len(tree.paragraphs)))
    result.lines = _join_datelines(result.lines)
    return result


def _remove_outside(result: PageLines, tree: Tree, body: Body, indices: range) -> None:
    """Notes paragraphs outside the article's block, so that an operator can see whether one of them was lost."""
    for index in [index for index in indices if body.prose[index]][:_MOST_OUTSIDE]:
        rule = body.rules[index]
        kind, name = (rule.kind, rule.id) if rule is not None else ("outside", "outside-article")
        _remove(result, kind, name, tree.paragraphs[index].text)


def _join_datelines(lines: list[Line]) -> list[Line]:
    """Lines with a dateline that stands alone, as "Kota -" above a paragraph, put in front of that paragraph."""
    joined: list[Line] = []
    for line in lines:
        if joined and is_lone_dateline(joined[-1].text):
            joined[-1] = Line(f"{joined[-1].text} {line.text}", joined[-1].after_blank)
        else:
            joined.append(line)
    return joined


def _remove(result: PageLines, kind: str, rule: str, text: str) -> None:
    if text:
        result.removed.append(RemovedText(kind=kind, rule=rule, text=text))


def _add_paragraph(result: PageLines, paragraph: Paragraph) -> None:
    """Adds a paragraph as a line, without the links in it that a label such as "Baca juga:" stands before."""
    if not paragraph.words:
        return
    if (paragraph.linked_words >= _LINKED * paragraph.words or _is_dated_link(paragraph)) and _links_elsewhere(
        paragraph
    ):
        _remove(result, "related", "link-paragraph", paragraph.text)
        result.behind_link = True
        return
    text = paragraph.text
    if result.behind_link and is_date_line(text, _DATE_WORDS):
        _remove(result, "related", "date-behind-link", text)
        return
    result.behind_link = False
    if paragraph.linked_words:
        text = _without_labelled_links(result, paragraph)
    if text:
        result.lines.append(Line(text))


def _is_dated_link(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a link and a date and nothing else, as the card of another story."""
    if paragraph.linked_words < _HEADLINE_WORDS:
        return False
    rest = " ".join("".join(text for text, linked in paragraph.pieces() if not linked).split())
    return is_date_line(rest, 0)


def _links_elsewhere(paragraph: Paragraph) -> bool:
    """Whether a paragraph that is a link names another story: as long as a headline, and not ended like a sentence."""
    return count_words(paragraph.text) >= _HEADLINE_WORDS and not ends_statement(paragraph.text)


def _without_labelled_links(result: PageLines, paragraph: Paragraph) -> str:
    """The text of a paragraph without labels for other stories and the links right behind them."""
    kept: list[str] = []
    cut = False
    for text, linked in paragraph.pieces():
        if linked and kept:
            before = "".join(kept)
            label = _LABEL_BEFORE_LINK.search(before)
            if label is not None:
                kept = [before[: label.start(1)]]
                _remove(result, "related", "label-and-link", before[label.start(1) :] + text)
                cut = True
                continue
        kept.append(text)
    return " ".join("".join(kept).split()) if cut else paragraph.text


def _table_row(tree: Tree, index: int, body: Body) -> tuple[str, int] | None:
    """The row of a table with figures that starts at a paragraph, its cells behind bars, and the index after it."""
    cell = _cell_around(tree, tree.paragraphs[index].block)
    if cell is None:
        return None
    around = tree.blocks[cell].parent
    row = tree.blocks[around]
    if row.tag != "tr" or row.first != index or row.last > tree.blocks[body.block].last:
        return None
    cells: dict[int, list[str]] = {}
    for paragraph in tree.paragraphs[row.first : row.last]:
        place = _cell_around(tree, paragraph.block)
        if place is None or tree.blocks[place].parent != around or paragraph.words > _CELL_WORDS:
            return None
        cells.setdefault(place, []).append(paragraph.text)
    if len(cells) < _LEAST_CELLS or any(len(texts) > _CELL_LINES for texts in cells.values()):
        return None
    return " | ".join(text for texts in cells.values() if (text := " ".join(texts).strip())), row.last


def _cell_around(tree: Tree, index: int) -> int | None:
    """The table cell that a block is or is in, at most a few blocks up."""
    for _ in range(_CELL_DEPTH):
        block = tree.blocks[index]
        if block.parent < 0:
            return None
        if block.tag in {"td", "th"}:
            return index
        index = block.parent
    return None
