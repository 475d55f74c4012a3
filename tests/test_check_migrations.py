"""Migrations forward: a stored warehouse of an older schema is brought to today's and loses nothing.

``tests/data/warehouse-schema-4.duckdb.gz`` holds made-up articles of two runs, with changed, closed and rejected rows.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from warehouse_samples import EDITED_RATE, RATE, WORKERS, document, path_of, rows, start

from warehouse.audit import run_audits
from warehouse.publish import publish
from warehouse.read import query
from warehouse.schema import schema_version
from warehouse.store import open_warehouse

STORED = Path(__file__).parent / "data" / "warehouse-schema-4.duckdb.gz"


def older(folder: Path) -> Path:
    path = path_of(folder)
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    return path


def test_an_older_warehouse_is_migrated_and_keeps_every_row(tmp_path: Path) -> None:
    with open_warehouse(older(tmp_path)) as warehouse:
        versions = rows(warehouse, "SELECT version FROM core.schema_migrations ORDER BY version")
        assert versions == [(version,) for version in range(1, schema_version() + 1)]
        assert rows(warehouse, "SELECT count(*), count(*) FILTER (closed_run_id IS NULL) FROM core.observations") == [
            (6, 5)
        ]
        assert rows(warehouse, "SELECT count(*) FROM core.observation_history") == [(1,)]
        assert rows(warehouse, "SELECT kind FROM quarantine") == [("document",)]
        assert rows(warehouse, "SELECT count(*) FROM core.targets") != [(0,)]
        assert run_audits(warehouse.connection) == []


def test_a_migrated_warehouse_is_checked_loaded_and_published(tmp_path: Path) -> None:
    target = tmp_path / "cakupan.duckdb"
    with open_warehouse(older(tmp_path)) as warehouse:
        start(warehouse, "r3", version="1")
        same = document("a", EDITED_RATE, WORKERS)
        assert warehouse.recognize("r3", [same.snapshot]) == []
        counts = warehouse.load("r3", [same, document("baru", RATE)])
        assert (counts.documents_unchanged, counts.documents_new, counts.observations_changed) == (1, 1, 0)
        assert warehouse.check("r3")["added"] > 0
        start(warehouse, "r4", version="1")
        assert warehouse.recognize("r4", [same.snapshot]) == [same.snapshot]
        publish(warehouse, target)
    assert query(target, "SELECT count(*) AS n FROM coverage").to_pylist()[0]["n"] > 0


def test_opening_a_migrated_warehouse_again_changes_nothing(tmp_path: Path) -> None:
    path = older(tmp_path)
    with open_warehouse(path) as warehouse:
        first = warehouse.content_hashes()
    with open_warehouse(path) as warehouse:
        assert warehouse.content_hashes() == first
