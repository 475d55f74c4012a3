"""Takes from an earlier warehouse what a new one, made from the same snapshots, cannot know: what was known when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.schema import transaction
from warehouse.statements import statement

_KEYS = {
    "raw.snapshots": ("source", "sha256"),
    "core.documents": ("document_id",),
    "core.document_versions": ("version_id",),
    "core.removed_texts": ("removed_id",),
    "core.observations": ("observation_id",),
    "core.number_mentions": ("mention_id",),
    "core.agreements": ("agreement_id",),
    "core.regulations": ("regulation_id",),
    "core.correction_matches": ("match_id",),
    "core.findings": ("finding_id",),
    "core.rejections": ("rejection_id",),
}
"""Tables whose rows know their runs, each with what tells one row from another."""

_ENDS = ("closed_run_id", "resolved_run_id")
_TAKEN_OVER = ("first_run_id", "since_run_id", "last_run_id", "last_version_id", "cleaner_version", "extractor_version")


def copy_underived(connection: duckdb.DuckDBPyConnection, earlier: Path) -> None:
    """Copies from an earlier warehouse file what no snapshot gives again."""
    with _attached(connection, earlier):
        connection.execute(statement("keep_underived"))


def copy_history(connection: duckdb.DuckDBPyConnection, earlier: Path) -> None:
    """Copies closed rows and earlier states, and of current rows the runs that wrote and saw them.

    The two warehouses must say the same (:func:`warehouse.contents.content_hashes`); all is copied or nothing.
    """
    with _attached(connection, earlier), transaction(connection):
        for table, key in _KEYS.items():
            connection.execute(_history_statement(connection, table, key))
        connection.execute("TRUNCATE core.observation_history")
        connection.execute("INSERT INTO core.observation_history BY NAME FROM earlier.core.observation_history")


def _history_statement(connection: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...]) -> str:
    columns = [str(column) for column in connection.table(table).columns]
    end = next((column for column in _ENDS if column in columns), None)
    return statement("keep_history_of").format(
        table=table,
        ended=f"{end} IS NOT NULL" if end else "false",
        ended_here=f"t.{end} IS NOT NULL" if end else "false",
        taken_over=", ".join(f"{column} = e.{column}" for column in _TAKEN_OVER if column in columns),
        same_row=" AND ".join(f"t.{column} = e.{column}" for column in key),
    )


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, earlier: Path) -> Iterator[None]:
    """Lets SQL see another warehouse file as ``earlier``."""
    escaped = str(earlier).replace("'", "''")
    connection.execute(f"ATTACH '{escaped}' AS earlier (READ_ONLY)")
    try:
        yield
    finally:
        connection.execute("DETACH earlier")
