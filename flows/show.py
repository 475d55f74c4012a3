"""How figures, failures and tables look to a person at a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from shutil import get_terminal_size
from types import NoneType
from typing import Any

from tasks.read import show_source
from tasks.records import LoadCounts, Rejection

_EMPTY = {"", "[]", "{}"}
_READABLE_WIDTH = 24
"""Characters in which a column of long texts can still be read."""

_UNITS = {
    "percent": ("{} %", "{} %"),
    "percentage_point": ("{} point", "{} points"),
    "person": ("{} person", "{} people"),
    "case": ("{} case", "{} cases"),
    "employer": ("{} employer", "{} employers"),
    "IDR": ("Rp {}", "Rp {}"),
    "rank": ("rank {}", "rank {}"),
}


def show_value(
    value: Decimal,
    unit: str,
    value_max: Decimal | None = None,
    of: Decimal | None = None,
    per: str | None = None,
) -> str:
    """A value as it is read aloud: ``38.54 %``, ``Rp 42,000,000``, ``8,380 people``, ``rank 3 of 38``."""
    one, many = _UNITS.get(unit, ("{} " + unit, "{} " + unit))
    figure = _digits(value) if value_max is None else f"{_digits(value)}–{_digits(value_max)}"
    shown = (one if value == 1 and value_max is None else many).format(figure)
    if of is not None:
        shown += f" of {_digits(of)}"
    return f"{shown} per {per}" if per else shown


def show_counts(counts: LoadCounts) -> str:
    """What a batch or a run changed, in one line."""
    return (
        f"{counts.documents_read} documents read: {counts.documents_new} new, "
        f"{counts.documents_changed} changed, {counts.documents_unchanged} unchanged, "
        f"{counts.documents_quarantined} quarantined; "
        f"observations: {counts.observations_added} added, {counts.observations_changed} changed, "
        f"{counts.observations_gone} gone"
    )


def show_rejection(rejection: Rejection) -> str:
    """What failed, why and what to do, in one line."""
    return f"{show_source(rejection.source)}: {rejection.reason}; {rejection.remedy}"


def one_line(text: str) -> str:
    """Text with line breaks and control characters written out: a file's name may hold any."""
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)


def complain(message: str) -> None:
    """One line to standard error."""
    sys.stderr.write(f"{one_line(message)}\n")
    sys.stderr.flush()


def say(message: str) -> None:
    """Text and a line end to standard output."""
    sys.stdout.write(f"{message}\n")


def show_path(path: Path) -> str:
    """A path as a person writes it: relative where it lies below the current folder."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as wide as the terminal, or as 100 characters where there is none."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column == "value" else "left", no_wrap=column == "value")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console = Console(width=_width())
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def show_records(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table where one fits, else a block a row, a line a column, without the empty ones."""
    widest = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    if sum(min(width, _READABLE_WIDTH) + 2 for width in widest) <= _width() + 2:
        return show_table(columns, rows)
    name_width = max(map(len, columns))
    blocks = [
        [
            f"{name:{name_width}}  {one_line(cell)}"
            for name, cell in zip(columns, row, strict=True)
            if cell not in _EMPTY
        ]
        for row in rows
    ]
    return "\n".join(
        f"── {number} ".ljust(_width(), "─") + "\n" + "\n".join(lines) for number, lines in enumerate(blocks, 1)
    )


def plain_cell(value: Any) -> str:
    """A value of the database as text: exact digits, ISO 8601 times, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _digits(value).replace(",", "")
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


def _width() -> int:
    """Columns of the terminal, of COLUMNS, or 100."""
    return get_terminal_size((100, 24)).columns


def _digits(value: Decimal) -> str:
    """Exact digits with thousands marked, without zeros that say nothing."""
    digits = f"{value:,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
