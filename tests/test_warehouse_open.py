"""Opening: files that are none, damaged, newer or someone else's; folders that cannot be written; two writers."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from warehouse_samples import RATE, contents, document, path_of, rows, run

from tasks.errors import CakupanError, WarehouseError
from warehouse.schema import schema_version
from warehouse.statements import scripts
from warehouse.store import STORAGE, open_warehouse


def _fill(path: Path) -> None:
    with open_warehouse(path) as warehouse:
        run(warehouse, "r1", [document("a", RATE)])


def _refusal(path: Path) -> CakupanError:
    """How opening fails; nothing is left open."""
    with pytest.raises(WarehouseError) as caught, open_warehouse(path):
        pass
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return caught.value


def test_a_folder_and_a_file_are_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deeper" / "cakupan-work.duckdb"
    _fill(path)
    with open_warehouse(path) as warehouse:
        assert rows(warehouse, "SELECT count(*) FROM observations") == [(1,)]
        assert rows(warehouse, "SELECT version, name FROM core.schema_migrations ORDER BY ALL") == [
            (number, name) for number, (name, _) in enumerate(scripts("migrations"), 1)
        ]


def test_an_empty_file_is_a_new_warehouse(tmp_path: Path) -> None:
    path_of(tmp_path).touch()
    _fill(path_of(tmp_path))


def test_reference_tables_follow_the_seeds(tmp_path: Path) -> None:
    with open_warehouse(path_of(tmp_path)) as warehouse:
        regions = rows(warehouse, "FROM core.regions ORDER BY code")
        warehouse.connection.execute("DELETE FROM core.regions WHERE code = '61'")
        warehouse.connection.execute("UPDATE core.metrics SET unit = 'person'")
    with open_warehouse(path_of(tmp_path)) as warehouse:
        assert rows(warehouse, "FROM core.regions ORDER BY code") == regions
        assert rows(warehouse, "SELECT unit FROM core.metrics WHERE metric = 'coverage_rate'") == [("percent",)]
    assert regions[0] == ("00", "Indonesia", "negara", None)


def test_views_are_those_of_the_program(tmp_path: Path) -> None:
    with open_warehouse(path_of(tmp_path)) as warehouse:
        warehouse.connection.execute("CREATE VIEW main.former AS SELECT 1")
        warehouse.connection.execute("CREATE OR REPLACE VIEW main.runs AS SELECT 2 AS other")
    with open_warehouse(path_of(tmp_path)) as warehouse:
        assert rows(warehouse, "SELECT count(*) FROM duckdb_views() WHERE view_name = 'former'") == [(0,)]
        assert rows(warehouse, "FROM runs") == []


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = path_of(tmp_path)
    words = b"catatan rapat " * 2000
    path.write_bytes(words)
    assert "is not a DuckDB file" in _refusal(path).reason
    assert path.read_bytes() == words


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = path_of(tmp_path)
    with duckdb.connect(path) as other:
        other.execute("CREATE TABLE accounts AS SELECT 1 AS id")
    assert "not made by cakupan" in _refusal(path).reason
    with duckdb.connect(path) as other:
        assert other.execute("SHOW ALL TABLES").fetchall()[0][2] == "accounts"


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    path = path_of(tmp_path)
    _fill(path)
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content), 997):
        content[place] ^= 0xFF
    path.write_bytes(content)
    assert "damaged" in _refusal(path).reason
    assert path.read_bytes() == content


def test_a_file_cut_short_is_named(tmp_path: Path) -> None:
    path = path_of(tmp_path)
    _fill(path)
    path.write_bytes(path.read_bytes()[:9000])
    assert _refusal(path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = path_of(tmp_path)
    _fill(path)
    newer = schema_version() + 1
    with duckdb.connect(path) as other:
        other.execute("INSERT INTO core.schema_migrations VALUES (?, 'later', now()::TIMESTAMP)", [newer])
    error = _refusal(path)
    assert f"schema {newer}" in error.reason
    assert "upgrade" in error.remedy


def test_every_earlier_schema_is_brought_forward(tmp_path: Path) -> None:
    for earlier in range(1, schema_version()):
        path = path_of(tmp_path / str(earlier))
        path.parent.mkdir()
        with duckdb.connect(path, config={"storage_compatibility_version": STORAGE}) as old:
            for number, (name, script) in enumerate(scripts("migrations")[:earlier], 1):
                old.execute(script)
                old.execute("INSERT INTO core.schema_migrations VALUES (?, ?, now()::TIMESTAMP)", [number, name])
        _fill(path)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = path_of(tmp_path)
    _fill(path)
    with open_warehouse(path) as warehouse:
        before = contents(warehouse)
    later = [
        *scripts("migrations"),
        (f"{schema_version() + 1:04}_broken", "DROP TABLE core.observations CASCADE; SELECT error('no');"),
    ]
    monkeypatch.setattr("warehouse.schema.scripts", lambda folder: later if folder == "migrations" else [])
    with pytest.raises(duckdb.Error, match="no"), open_warehouse(path):
        pass
    monkeypatch.undo()
    with open_warehouse(path) as warehouse:
        assert contents(warehouse) == before


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert "cannot be opened for writing" in _refusal(tmp_path / "data" / "cakupan-work.duckdb").reason


def test_a_folder_that_takes_no_files_is_named() -> None:
    assert _refusal(Path("/proc/cakupan-work.duckdb"))


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    path_of(tmp_path).mkdir()
    assert "cannot be opened for writing" in _refusal(path_of(tmp_path)).reason


HOLD = """
import sys
from pathlib import Path
from warehouse.store import open_warehouse
with open_warehouse(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""

HOLD_WITH_DUCKDB = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("script", "reason"), [(HOLD, "being written by process {pid}"), (HOLD_WITH_DUCKDB, "another program")]
)
def test_a_second_writer_is_told_who_writes(tmp_path: Path, script: str, reason: str) -> None:
    path = path_of(tmp_path)
    _fill(path)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        assert reason.format(pid=holder.pid) in _refusal(path).reason
        holder.kill()
        holder.wait()
    _fill_again(path)


def _fill_again(path: Path) -> None:
    with open_warehouse(path) as warehouse:
        assert run(warehouse, "r2", [document("a", RATE)]).documents_unchanged == 1


def test_a_second_writer_in_the_same_process_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    path = path_of(tmp_path)
    with open_warehouse(path) as warehouse:
        assert "this process" in _refusal(path).reason
        linked = tmp_path / "link"
        linked.symlink_to(tmp_path)
        assert "this process" in _refusal(path_of(linked)).reason
        with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stderr=subprocess.PIPE, text=True) as other:
            assert "is being written by process" in other.communicate()[1]
        run(warehouse, "r1", [document("a", RATE)])
    _fill_again(path)


def test_batches_may_come_from_any_thread(tmp_path: Path) -> None:
    with open_warehouse(path_of(tmp_path)) as warehouse:
        for number in range(3):
            thread = threading.Thread(target=run, args=(warehouse, f"r{number}", [document(str(number), RATE)]))
            thread.start()
            thread.join()
        assert rows(warehouse, "SELECT count(*) FROM observations") == [(3,)]
