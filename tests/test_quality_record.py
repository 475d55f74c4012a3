"""Measured quality is kept in the warehouse, beside the rows that the same version of the code wrote."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from quality_floors import Part
from quality_record import record_figures
from warehouse_samples import RATE, document, open_prepared, path_of, run

from tasks.versions import extractor_version
from warehouse.read import query

MEASURED = {"all": {"f1": 0.9, "recall": 2 / 3}, "rank": {"f1": 1.0}}
SHOWN = "SELECT subject, measure, score, floor, observations FROM quality ORDER BY subject, measure"


@pytest.fixture
def part(tmp_path: Path) -> Part:
    floors = tmp_path / "floors.json"
    floors.write_text('{"extract": {"gold_sha256": "g", "floors": {"all": {"f1": 0.85}}}}', encoding="utf-8")
    return Part(name="extract", command="", floors=floors)


def test_scores_stand_beside_the_rows_of_their_version(
    tmp_path: Path, part: Part, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [document("a", RATE)], version=extractor_version())
    monkeypatch.setenv("CAKUPAN_DATA", str(tmp_path))
    record_figures(part, {"all": {"f1": 0.5, "recall": 0.5}, "rank": {"f1": 0.5}}, "g")
    record_figures(part, MEASURED, "g")
    published = tmp_path / "cakupan.duckdb"
    assert [tuple(row.values()) for row in query(published, SHOWN).to_pylist()] == [
        ("all", "f1", Decimal("0.900000"), Decimal("0.850000"), 1),
        ("all", "recall", Decimal("0.666667"), None, 1),
        ("rank", "f1", Decimal("1.000000"), None, 1),
    ]
    record_figures(part, MEASURED, "other annotations")
    assert query(published, "SELECT count(*) AS n FROM quality").to_pylist() == [{"n": 6}]
    assert f"from quality where version = '{extractor_version()}'" in capsys.readouterr().out


def test_without_a_warehouse_nothing_is_kept_and_none_is_made(
    tmp_path: Path, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAKUPAN_DATA", str(tmp_path / "data"))
    record_figures(part, MEASURED, "g")
    assert not (tmp_path / "data").exists()


def test_a_warehouse_that_cannot_be_written_is_named(
    tmp_path: Path, part: Part, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path_of(tmp_path).write_bytes(b"no database at all" * 100)
    monkeypatch.setenv("CAKUPAN_DATA", str(tmp_path))
    record_figures(part, MEASURED, "g")
    assert "is not a DuckDB file" in capsys.readouterr().err
