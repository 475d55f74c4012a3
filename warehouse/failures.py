"""Turns the database's own errors into what a user can understand and mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tasks.errors import WarehouseError

_REPLACE_IT = "restore a backup, or delete it and ingest the articles again"
_ANSWERS = (
    (
        ("not a valid DuckDB database", "not a valid DuckDB file"),
        "is not a DuckDB file",
        "move it away or name another warehouse",
    ),
    (
        ("lock on file",),
        "is open in another program{holder}",
        "close that program; to look at figures, open the published copy instead",
    ),
    (
        ("newer version of DuckDB", "newer DuckDB"),
        "was written by a newer version of DuckDB",
        "upgrade duckdb, or restore a backup",
    ),
    (
        ("No space left", "File too large", "Disk quota", "Could not write", "failed to write"),
        "cannot be written: the disk is full",
        "free space and run again; what was stored before is still there",
    ),
    (
        (
            "Permission denied",
            "Read-only file system",
            "Not a directory",
            "Is a directory",
            "File exists",
            "Operation not permitted",
        ),
        "cannot be opened for writing",
        "mend its permissions or name another warehouse",
    ),
    (("Corrupt database file",), "is damaged: its contents do not fit their checksums", _REPLACE_IT),
    (("No such file",), "does not exist", "check the path"),
    (("Out of Memory",), "needs more memory than there is", "close other programs and run again"),
)
_DAMAGE = (
    duckdb.OutOfMemoryException,
    duckdb.IOException,
    duckdb.SerializationException,
    duckdb.InternalException,
    duckdb.FatalException,
)
"""Errors that well-formed files and statements do not give; all others are defects of the program."""


@contextmanager
def explain_failures(subject: Path) -> Iterator[None]:
    """Raises a :class:`WarehouseError` about ``subject`` for what storage raises inside."""
    try:
        yield
    except OSError as error:
        message = error.strerror or str(error)
        raise _answer(subject, message) or WarehouseError(
            subject, f"cannot be used: {message}", "check the path and its permissions"
        ) from error
    except duckdb.Error as error:
        answer = _answer(subject, str(error))
        if answer is None and not isinstance(error, _DAMAGE):
            raise
        raise answer or _damage(subject, str(error)) from error


def _answer(subject: Path, message: str) -> WarehouseError | None:
    """What the message means, if it is one that is known."""
    for signs, reason, remedy in _ANSWERS:
        if any(sign in message for sign in signs):
            return WarehouseError(subject, reason.format(holder=_holder(message)), remedy)
    return None


def _damage(subject: Path, message: str) -> WarehouseError:
    return WarehouseError(
        subject,
        f"is damaged: {message.strip().splitlines()[0]}",
        _REPLACE_IT,
    )


def _holder(message: str) -> str:
    """Who holds DuckDB's lock, if its message says so."""
    _, found, rest = message.partition("(PID ")
    return f" (process {rest.partition(')')[0]})" if found else ""
