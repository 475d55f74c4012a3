"""Publishes the warehouse: a read-only copy that SQL users open while runs go on writing.

DuckDB makes the copy, not the file system: it holds no free blocks, so that it does not grow with the number
of runs, and the writer's own file is never opened a second time, which would end its lock.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from warehouse.audit import require_sound
from warehouse.failures import explain_failures
from warehouse.statements import single
from warehouse.store import STORAGE, Warehouse


def publish(warehouse: Warehouse, target: Path) -> None:
    """Replaces the copy at ``target`` by the warehouse as it is now, in one step, once all audits pass.

    Who reads the old copy goes on reading it. Raises :class:`tasks.errors.AuditError` when an audit fails and
    :class:`tasks.errors.WarehouseError` when the copy cannot be written; then the old copy stays as it was.
    """
    with explain_failures(warehouse.path):
        require_sound(warehouse.connection, warehouse.path)
        warehouse.connection.execute("CHECKPOINT")
    part = target.with_name(f"{target.name}.part")
    with explain_failures(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(part)
        try:
            _copy(warehouse.connection, part)
            _flush(part)
            part.replace(target)
            _flush(target.parent)
        finally:
            _remove(part)


def _copy(connection: duckdb.DuckDBPyConnection, part: Path) -> None:
    """Writes tables, views, macros and comments into a new file."""
    source = single(connection, "SELECT current_database()")
    connection.execute(f"ATTACH {_quoted(str(part))} AS published (STORAGE_VERSION '{STORAGE}')")
    try:
        connection.execute(f'COPY FROM DATABASE "{source}" TO published')
        connection.execute("CHECKPOINT published")
    finally:
        connection.execute("DETACH published")


def _quoted(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def _flush(path: Path) -> None:
    """Waits until a file's bytes or a folder's names are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(part: Path) -> None:
    """Removes what a publication left behind, its own or that of a process that was killed."""
    part.unlink(missing_ok=True)
    part.with_name(f"{part.name}.wal").unlink(missing_ok=True)
