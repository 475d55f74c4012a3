"""Writers that are killed and disks that fill, with real processes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from warehouse_samples import RATE, WORKERS, contents, document, path_of, rows, run, start

from tasks.records import Document
from warehouse.audit import audit_published, run_audits
from warehouse.publish import publish
from warehouse.read import query
from warehouse.store import open_warehouse

BATCHES, BATCH = 12, 40


def batch(number: int) -> list[Document]:
    """Documents of one batch; the same for every process."""
    return [document(f"d{number}-{each}", RATE, WORKERS, intro="Pembuka. " * 200) for each in range(BATCH)]


WRITE_BATCHES = """
import sys
from pathlib import Path
from test_warehouse_processes import BATCHES, batch
from warehouse_samples import start
from warehouse.publish import publish
from warehouse.store import open_warehouse
with open_warehouse(Path(sys.argv[1])) as warehouse:
    start(warehouse, "r1")
    for number in range(BATCHES):
        warehouse.load("r1", batch(number), [])
        print(number, flush=True)
        publish(warehouse, Path(sys.argv[2]))
"""

FILL_DISK = """
import resource, sys
from pathlib import Path
from tasks.errors import WarehouseError
from test_warehouse_processes import BATCHES, batch
from warehouse_samples import start
from warehouse.publish import publish
from warehouse.store import open_warehouse
limit = int(sys.argv[3])
try:
    with open_warehouse(Path(sys.argv[1])) as warehouse:
        start(warehouse, "r2")
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        for number in range(1, BATCHES if sys.argv[4] == "load" else 2):
            warehouse.load("r2", batch(number), [])
            print(number, flush=True)
        publish(warehouse, Path(sys.argv[2]))
except WarehouseError as error:
    sys.exit(f"{error}")
"""


def _process(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A writer of its own, which finds this module and the samples."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
    )


@pytest.mark.parametrize(("batches", "delay"), [(0, 0.15), (1, 0.0), (3, 0.03), (4, 0.1)])
def test_a_killed_writer_leaves_whole_batches_and_a_second_run_completes_them(
    tmp_path: Path, batches: int, delay: float
) -> None:
    path, target = path_of(tmp_path), tmp_path / "cakupan.duckdb"
    with _process(WRITE_BATCHES, path, target) as writer:
        assert writer.stdout is not None
        for number in range(batches):
            assert writer.stdout.readline() == f"{number}\n"
        time.sleep(delay)
        writer.kill()
    with open_warehouse(path) as warehouse:
        ((documents, figures),) = rows(
            warehouse, "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM observations)"
        )
        assert documents % BATCH == 0
        assert documents >= batches * BATCH
        assert figures == 2 * documents
        assert run_audits(warehouse.connection) == []
        run(warehouse, "r1-again", [each for number in range(BATCHES) for each in batch(number)])
        publish(warehouse, target)
        after = contents(warehouse)
    with open_warehouse(path_of(tmp_path / "undisturbed")) as warehouse:
        run(warehouse, "r1", [each for number in range(BATCHES) for each in batch(number)])
        expected = contents(warehouse)
    for table in expected:
        assert [_without_runs(row) for row in after[table]] == [_without_runs(row) for row in expected[table]]
    assert audit_published(target) == []
    assert [each.name for each in tmp_path.iterdir() if ".part" in each.name] == []


def _without_runs(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(None if value in ("r1", "r1-again") else value for value in row)


@pytest.mark.parametrize("when", ["load", "publish"])
def test_a_full_disk_is_named_and_nothing_stored_is_lost(tmp_path: Path, when: str) -> None:
    path, target = path_of(tmp_path), tmp_path / "published" / "cakupan.duckdb"
    with open_warehouse(path) as warehouse:
        run(warehouse, "r1", batch(0))
        publish(warehouse, target)
    before = target.read_bytes()
    limit = 500_000 if when == "load" else path.stat().st_size // 2
    with _process(FILL_DISK, path, target, limit, when) as writer:
        output, errors = writer.communicate()
    assert writer.returncode == 1
    assert "cannot be written: the disk is full; free space and run again" in errors
    assert errors.count("\n") == 1
    assert target.read_bytes() == before
    assert [each.name for each in target.parent.iterdir()] == [target.name]
    loaded = 1 + len(output.splitlines())
    with open_warehouse(path) as warehouse:
        assert rows(warehouse, "SELECT count(*) FROM documents") == [(BATCH * loaded,)]
        assert run_audits(warehouse.connection) == []
        start(warehouse, "r3")
        assert warehouse.load("r3", batch(BATCHES), []).documents_new == BATCH
        publish(warehouse, target)
    assert query(target, "SELECT count(*) AS n FROM observations").to_pylist() == [{"n": 2 * BATCH * (loaded + 1)}]
