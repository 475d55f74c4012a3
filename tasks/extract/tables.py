"""Reads tables that stand in a text as lines of cells: "1 | Aceh | 583.638 | 117.947 |".

The first line of a table heads its columns: what a number in a cell is, its column's head says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_FEWEST_CELLS = 2
_NUMBER = re.compile(r"\s*[\d.,%]+\s*(?:persen|orang)?\s*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at ``text[start:end]`` under the head at ``text[head_start:head_end]``."""

    start: int
    end: int
    head_start: int
    head_end: int


@dataclass(frozen=True, slots=True)
class Tables:
    """All cells below a head, in order."""

    cells: tuple[Cell, ...]

    def cell_at(self, position: int) -> Cell | None:
        """The cell that holds a position, or None outside of tables."""
        if not self.cells:
            return None
        index = bisect_right(self.cells, position, key=lambda cell: cell.start) - 1
        return self.cells[index] if index >= 0 and position < self.cells[index].end else None


def find_tables(text: str) -> Tables:
    """The cells of all tables of a text; a line without cells ends a table."""
    cells: list[Cell] = []
    heads: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        spans = _cells(line, offset)
        offset += len(line) + 1
        if len(spans) < _FEWEST_CELLS:
            heads = []
        elif not heads:
            heads = [] if any(_NUMBER.fullmatch(text, *span) for span in spans) else spans
        else:
            cells.extend(Cell(*span, *head) for span, head in zip(spans, heads, strict=False))
    return Tables(tuple(cells))


def _cells(line: str, offset: int) -> list[tuple[int, int]]:
    """Spans of the cells of a line that is separated by "|"; empty for any other line."""
    if "|" not in line:
        return []
    spans, start = [], 0
    for part in line.strip().removesuffix("|").split("|"):
        spans.append((offset + start, offset + start + len(part)))
        start += len(part) + 1
    return spans
