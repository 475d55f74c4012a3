"""Twenty rounds of kill and rerun: load, check and publish leave what a run without a kill leaves."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from warehouse_samples import RATE, WORKERS, document, path_of

from tasks.records import Document
from warehouse.audit import audit_published, run_audits
from warehouse.store import open_warehouse

ROUNDS, BATCHES = 20, 4

WORK = """
import sys
from pathlib import Path
from test_check_kills import BATCHES, batch
from warehouse_samples import start
from warehouse.publish import publish
from warehouse.store import open_warehouse
with open_warehouse(Path(sys.argv[1])) as warehouse:
    start(warehouse, sys.argv[3])
    for number in range(BATCHES):
        print("begun", flush=True)
        warehouse.load(sys.argv[3], batch(number, int(sys.argv[4])))
        warehouse.check(sys.argv[3])
        publish(warehouse, Path(sys.argv[2]))
print("done", flush=True)
"""


def batch(number: int, edition: int) -> list[Document]:
    """Documents that contradict each other; every third edition has another figure."""
    rate = replace(RATE, value="38.54" if edition % 3 else "41.54")
    return [document(f"d{number}-{each}", rate, replace(WORKERS, value=str(8380 + each * 900))) for each in range(5)]


def work(folder: Path, run_id: str, edition: int, seconds: float | None) -> bool:
    """Whether a process did all its work before it was killed; it is given some seconds after its first batch began."""
    arguments = [str(path_of(folder)), str(folder / "cakupan.duckdb"), run_id, str(edition)]
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, *arguments], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    try:
        return "done" in process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False


def test_kills_leave_no_trace(tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    killed.mkdir()
    whole.mkdir()
    finished = [work(killed, f"r{each}", each, 0.02 * each) for each in range(ROUNDS)]
    assert not all(finished)
    assert work(killed, "last", ROUNDS, None)
    assert work(whole, "only", ROUNDS, None)
    assert audit_published(killed / "cakupan.duckdb") == []
    with open_warehouse(path_of(killed)) as one, open_warehouse(path_of(whole)) as other:
        assert run_audits(one.connection) == []
        assert one.content_hashes() == other.content_hashes()
