"""Reads the seed files: what the project knows, as data that a person can review.

Every reader is strict: a missing file, an unknown or missing column, or an empty key is an error that names the
file, the line and what to do, because a seed that is silently skipped is knowledge that is silently lost.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from tasks.errors import SeedError

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def read_seed(name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Rows of ``seeds/NAME`` (CSV with a header), each with exactly the given columns, surrounding blanks removed.

    Raises :class:`SeedError` when the file is missing, its header differs or a row is too short or too long.
    """
    return [row for _, row in read_seed_lines(name, columns)]


def read_seed_lines(name: str, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The same rows, each after the number of the line that it ends on, for errors that name it."""
    path = SEEDS / name
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            if tuple(reader.fieldnames or ()) != tuple(columns):
                found = f"has columns {reader.fieldnames}, expected {list(columns)}"
                raise SeedError(path, found, "fix its first line")
            rows = []
            for row in reader:
                if None in row or None in row.values():
                    raise SeedError(
                        path, f"line {reader.line_num} does not have {len(columns)} fields", "quote fields with commas"
                    )
                rows.append((reader.line_num, {key: value.strip() for key, value in row.items()}))
            return rows
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SeedError(path, f"cannot be read: {error}", "restore it from the repository") from error
