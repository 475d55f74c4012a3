"""What a run has read from the same bytes by the same code before is not read again, and counts as seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from calling import call
from warehouse_samples import RATE, WORKERS, change_observation, contents, document, open_prepared, rows, run, start

import tasks.documents as making
from tasks.records import LoadCounts
from warehouse.audit import run_audits


def test_only_the_same_bytes_by_the_same_code_are_known(tmp_path: Path) -> None:
    one, other = document("a", RATE), document("b", WORKERS)
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [one, other])
        start(warehouse, "r2")
        assert warehouse.recognize("r2", [one.snapshot, document("c", RATE).snapshot]) == [one.snapshot]
        assert warehouse.recognize("r2", [document("a", RATE, page="<p>lain</p>").snapshot]) == []
        assert warehouse.recognize("r2", [one.snapshot, one.snapshot]) == []
        start(warehouse, "r3", version="2")
        assert warehouse.recognize("r3", [one.snapshot]) == []
        warehouse.load("r3", [one])
        start(warehouse, "r4", version="2")
        assert warehouse.recognize("r4", [one.snapshot, other.snapshot]) == [one.snapshot]
        warehouse.load("r4", [document("a", WORKERS)])
        assert warehouse.recognize("r4", [one.snapshot]) == []


def test_seeing_again_leaves_the_same_as_loading_again(tmp_path: Path) -> None:
    documents = [document("a", RATE, WORKERS), change_observation(document("b", RATE), unit="person")]
    left: list[Any] = []
    for way in ("load", "see"):
        (tmp_path / way).mkdir()
        with open_prepared(tmp_path / way) as warehouse:
            run(warehouse, "r1", documents)
            warehouse.check("r1")
            start(warehouse, "r2")
            if way == "load":
                counts = warehouse.load("r2", documents)
            else:
                counts = warehouse.see_again("r2", warehouse.recognize("r2", [each.snapshot for each in documents]))
            warehouse.finish_run("r2", "done", "2026-01-05T09:01:00+00:00", counts)
            assert run_audits(warehouse.connection) == []
            left.append((counts, contents(warehouse)))
    assert left[0] == left[1]
    assert left[0][0] == LoadCounts(documents_read=2, documents_unchanged=2, observations_unchanged=2)


def test_a_known_document_that_failed_since_is_no_longer_set_aside(tmp_path: Path) -> None:
    from tasks.records import Rejection

    one = document("a", RATE)
    broken = Rejection(source=one.snapshot.source, stage="clean", kind="defect", reason="rusak", remedy="lapor")
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [one])
        run(warehouse, "r2", [], [broken])
        start(warehouse, "r3")
        counts = warehouse.see_again("r3", warehouse.recognize("r3", [one.snapshot]))
        warehouse.finish_run("r3", "done", "2026-01-05T09:01:00+00:00", counts)
        assert rows(warehouse, "FROM quarantine") == []


@pytest.mark.usefixtures("prefect")
def test_the_flow_does_not_clean_what_is_known(tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.ingest import ingest

    (tmp_path / "data").mkdir()
    first = call(ingest([str(articles)], str(tmp_path / "data")))
    page = articles / "01-mempawah-cakupan.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("38,54", "39,54"), encoding="utf-8")
    cleaned = []
    clean = making.clean
    monkeypatch.setattr(making, "clean", lambda snapshot: cleaned.append(snapshot.source) or clean(snapshot))
    second = call(ingest([str(articles)], str(tmp_path / "data")))
    assert cleaned == [page.resolve().as_uri()]
    assert replace(second.counts, **dict.fromkeys(_OBSERVATIONS, 0)) == LoadCounts(
        documents_read=10, documents_changed=1, documents_unchanged=9
    )
    assert sum(getattr(second.counts, name) for name in _OBSERVATIONS[:4]) == first.counts.observations_added


_OBSERVATIONS = (
    *("observations_added", "observations_changed", "observations_moved", "observations_unchanged"),
    "observations_gone",
)


def test_a_stricter_rule_of_admission_is_held_against_known_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = document("a", RATE)
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [one])
        monkeypatch.setattr("warehouse.load.admission_version", lambda: "another")
        monkeypatch.setattr("warehouse.admission.observation_problem", lambda *_: ("region", "ditolak"))
        start(warehouse, "r2")
        assert warehouse.recognize("r2", [one.snapshot]) == []
        warehouse.load("r2", [one])
        assert rows(warehouse, "FROM observations") == []
        assert rows(warehouse, "SELECT kind FROM quarantine") == [("region",)]
