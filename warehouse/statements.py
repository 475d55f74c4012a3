"""SQL of the warehouse: it lives in .sql files beside this module, Python only binds values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

_HERE = Path(__file__).resolve().parent


@cache
def statement(name: str) -> str:
    """The text of ``warehouse/sql/NAME.sql``."""
    return (_HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def scripts(folder: str) -> list[tuple[str, str]]:
    """Names and texts of the SQL files of a folder such as ``views``, by name."""
    return [(path.stem, path.read_text(encoding="utf-8")) for path in sorted((_HERE / folder).glob("*.sql"))]


def single(connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None) -> Any:
    """The one value of a query, or nothing; read to its end, as DuckDB 2 insists."""
    rows = connection.execute(sql, values).fetchall()
    return rows[0][0] if rows else None
