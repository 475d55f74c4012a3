"""Rows as a person reads them, and as programs do."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from shutil import get_terminal_size
from types import NoneType
from typing import Any

from flows.show import exact_digits, one_line

_EMPTY = {"", "[]", "{}"}
_READABLE_WIDTH = 24
"""Characters in which a column of long texts can still be read."""


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as wide as the terminal, or as 100 characters where there is none."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        width = max(map(len, cells))
        # Names and figures are of no use in parts; the rest is wrapped.
        whole = width <= _READABLE_WIDTH and (column == "value" or not any(" " in cell for cell in cells))
        minimum = width if whole else None
        if column == "value":
            table.add_column(column, justify="right", no_wrap=whole, min_width=minimum)
        else:
            table.add_column(column, no_wrap=whole, min_width=minimum)
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console = Console(width=terminal_width())
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def show_records(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table where one fits, else a block a row, a line a column, without the empty ones."""
    widest = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    if sum(min(width, _READABLE_WIDTH) + 2 for width in widest) <= terminal_width() + 2:
        return show_table(columns, rows)
    blocks = []
    for number, row in enumerate(rows, 1):
        facts = [(name, cell) for name, cell in zip(columns, row, strict=True) if cell not in _EMPTY]
        blocks.append(f"── {number} ".ljust(terminal_width(), "─") + "\n" + show_facts(facts, max(map(len, columns))))
    return "\n".join(blocks)


def show_facts(facts: Sequence[tuple[str, str]], width: int) -> str:
    """A line a fact, its name in ``width`` characters; on a terminal, long ones go on below themselves."""
    lines = [f"{name:{width}}  {one_line(words)}" for name, words in facts]
    if sys.stdout.isatty():
        indent = " " * (width + 2)
        lines = [
            textwrap.fill(
                line, terminal_width(), subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
            )
            for line in lines
        ]
    return "\n".join(lines)


def plain_cell(value: Any) -> str:
    """A value of the database as text: exact digits, ISO 8601 times, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return exact_digits(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (list, dict)):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(value)


def plain_fields(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON can hold it; numbers stay numbers where that loses no digit."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return plain_fields(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else plain_cell(value)
    return value if isinstance(value, (str, int, float, bool, NoneType)) else plain_cell(value)


def terminal_width() -> int:
    """Columns of the terminal, of COLUMNS, or 100."""
    return get_terminal_size((100, 24)).columns
