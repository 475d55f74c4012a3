"""What a warehouse says, table by table, apart from when it was said: to compare one with another."""

from __future__ import annotations

import duckdb

from warehouse.statements import single, statement

_HISTORY = frozenset(
    {
        *("run_id", "first_run_id", "since_run_id", "last_run_id", "closed_run_id", "resolved_run_id"),
        *("cleaner_version", "extractor_version", "last_version_id", "basis", "content_digest", "applied_at"),
    }
)
"""Columns that say by which run and which code a row came."""

_HISTORY_TABLES = frozenset({"core.runs", "core.observation_history", "core.checked_regions"})
_ENDED = ("closed_run_id", "resolved_run_id")


def content_hashes(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, str]]:
    """Number and hash of the current rows of every table of raw and core, whatever their order."""
    names = [name for (name,) in connection.execute(statement("list_tables")).fetchall()]
    return {name: _hash(connection, name) for name in sorted(names) if name not in _HISTORY_TABLES}


def _hash(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, str]:
    columns = [str(column) for column in connection.table(table).columns]
    listed = ", ".join(f'"{column}"' for column in columns if column not in _HISTORY)
    current = " AND ".join(f"{column} IS NULL" for column in _ENDED if column in columns) or "true"
    names = {"table": table, "columns": listed, "current": current}
    number = single(connection, statement("count_rows").format(**names))
    return int(number), str(single(connection, statement("hash_rows").format(**names)))
