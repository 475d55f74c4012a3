"""Migrations forward: a stored warehouse of an older schema is brought to today's and loses nothing.

``tests/data/warehouse-schema-N.duckdb.gz`` hold made-up articles of several runs, with changed, closed and rejected
rows; the newer one findings and requests as well.
"""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warehouse_samples import EDITED_RATE, RATE, WORKERS, document, path_of, rows, start

from warehouse.audit import run_audits
from warehouse.publish import publish
from warehouse.read import query
from warehouse.schema import schema_version
from warehouse.store import open_warehouse

DATA = Path(__file__).parent / "data"
TODAY = {4: document("a", EDITED_RATE, WORKERS), 7: document("a", replace(EDITED_RATE, value="39.55"), WORKERS)}
"""By schema of a stored warehouse a document as it is in there."""

REFRESHED = {"core.schema_migrations", "core.regions", "core.metrics", "core.targets"}


def older(folder: Path, schema: int) -> Path:
    path = path_of(folder)
    path.write_bytes(gzip.decompress((DATA / f"warehouse-schema-{schema}.duckdb.gz").read_bytes()))
    return path


def stored_rows(path: Path) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Columns and rows of each table of a file, as DuckDB alone sees them."""
    with duckdb.connect(path, read_only=True) as stored:
        tables = stored.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
        return {
            name: (stored.table(name).columns, stored.execute(f"FROM {name}").fetchall())
            for (name,) in tables
            if name not in REFRESHED
        }


@pytest.mark.parametrize("schema", TODAY)
def test_an_older_warehouse_is_migrated_and_keeps_every_row(tmp_path: Path, schema: int) -> None:
    path = older(tmp_path, schema)
    before = stored_rows(path)
    assert len(before["core.observations"][1]) == 6
    assert len(before["core.observation_history"][1]) == 1
    with open_warehouse(path) as warehouse:
        versions = rows(warehouse, "SELECT version FROM core.schema_migrations ORDER BY version")
        assert versions == [(version,) for version in range(1, schema_version() + 1)]
        for table, (columns, kept) in before.items():
            listed = ", ".join(f'"{column}"' for column in columns)
            after = rows(warehouse, f"SELECT {listed} FROM {table}")  # noqa: S608
            assert sorted(after, key=repr) == sorted(kept, key=repr), table
        assert rows(warehouse, "SELECT count(*) FILTER (closed_run_id IS NULL) FROM core.observations") == [(5,)]
        assert rows(warehouse, "SELECT kind FROM quarantine") == [("document",)]
        assert rows(warehouse, "SELECT count(*) FROM core.targets") != [(0,)]
        assert run_audits(warehouse.connection) == []


@pytest.mark.parametrize("schema", TODAY)
def test_a_migrated_warehouse_is_checked_loaded_and_published(tmp_path: Path, schema: int) -> None:
    target = tmp_path / "cakupan.duckdb"
    with open_warehouse(older(tmp_path, schema)) as warehouse:
        start(warehouse, "r8", version="1")
        same = TODAY[schema]
        assert warehouse.recognize("r8", [same.snapshot]) == []
        counts = warehouse.load("r8", [same, document("baru", RATE)])
        assert (counts.documents_unchanged, counts.documents_new, counts.observations_changed) == (1, 1, 0)
        assert warehouse.check("r8")["added"] > 0
        start(warehouse, "r9", version="1")
        assert warehouse.recognize("r9", [same.snapshot]) == [same.snapshot]
        publish(warehouse, target)
    assert query(target, "SELECT count(*) AS n FROM coverage").to_pylist()[0]["n"] > 0


@pytest.mark.parametrize("schema", TODAY)
def test_opening_a_migrated_warehouse_again_changes_nothing(tmp_path: Path, schema: int) -> None:
    path = older(tmp_path, schema)
    with open_warehouse(path) as warehouse:
        first = warehouse.content_hashes()
    with open_warehouse(path) as warehouse:
        assert warehouse.content_hashes() == first
