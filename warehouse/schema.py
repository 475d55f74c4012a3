"""Brings a warehouse file to the tables and views of this program: numbered migrations, forward only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tasks.errors import WarehouseError
from warehouse.statements import scripts, single, statement


def schema_version() -> int:
    """The newest schema that this program knows."""
    return max(_number(name) for name, _ in scripts("migrations"))


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Applies the migrations that the file lacks, each in a transaction of its own.

    Raises :class:`WarehouseError` when the file is newer than the program or holds something else.
    """
    applied = _applied_version(connection, path)
    if applied > schema_version():
        raise WarehouseError(
            path,
            f"has schema {applied}, newer than the {schema_version()} of this program",
            "upgrade cakupan, or name another warehouse",
        )
    for name, script in scripts("migrations"):
        if _number(name) > applied:
            with transaction(connection):
                connection.execute(script)
                connection.execute(statement("record_migration"), {"version": _number(name), "name": name})


def replace_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the views of schema main those of ``warehouse/views``: a better view needs no migration."""
    with transaction(connection):
        for (name,) in connection.execute(statement("list_views")).fetchall():
            connection.execute(f'DROP VIEW main."{name}"')
        for _, script in scripts("views"):
            connection.execute(script)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that happens inside is kept, or nothing of it."""
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    """After a failed commit there is nothing left to roll back, and the error that matters is the first."""
    try:
        connection.rollback()
    except duckdb.Error:
        return


def _applied_version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Number of the last applied migration; 0 for an empty file."""
    tables = {name for (name,) in connection.execute(statement("list_tables")).fetchall()}
    if "core.schema_migrations" in tables:
        return int(single(connection, statement("schema_version")))
    if tables:
        raise WarehouseError(
            path, "is a DuckDB file that was not made by cakupan", "move it away or name another warehouse"
        )
    return 0


def _number(name: str) -> int:
    return int(name.partition("_")[0])
