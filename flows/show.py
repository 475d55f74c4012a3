"""How figures, failures and tables look to a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tasks.read import show_source
from tasks.records import LoadCounts, Rejection

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
    console = Console(width=None if sys.stdout.isatty() else 100)
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _digits(value: Decimal) -> str:
    """Exact digits with thousands marked, without zeros that say nothing."""
    digits = f"{value:,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
