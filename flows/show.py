"""How figures, counts and failures are put into words."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

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


def say(message: str) -> None:
    """Text and a line end to standard output."""
    sys.stdout.write(f"{message}\n")


def show_path(path: Path) -> str:
    """A path as a person writes it: relative where it lies below the current folder."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def exact_digits(value: Decimal) -> str:
    """All digits, without zeros that say nothing: ``38.5`` for 38.500000."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _digits(value: Decimal) -> str:
    """Exact digits with thousands marked."""
    return f"{Decimal(exact_digits(value)):,f}"
