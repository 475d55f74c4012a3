"""Every audit: sound rows pass, a broken row fails it, and a failure stops publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_warehouse_corrections import correction
from warehouse_samples import EDITED_RATE, RATE, WORKERS, Figure, document, path_of, run, with_all_kinds

from tasks.corrections import correct_document
from tasks.errors import AuditError
from tasks.fetch.state import KnownAddress
from tasks.records import Document
from warehouse.audit import audit_published, run_audits
from warehouse.publish import publish
from warehouse.quality import Score, save_scores
from warehouse.read import query
from warehouse.requests import save_requests
from warehouse.statements import scripts
from warehouse.store import Warehouse, open_warehouse

OBSERVATION = "FROM core.observations WHERE closed_run_id IS NULL LIMIT 1"

ROUNDED = replace(RATE, sentence="Kini cakupan Mempawah 38,5 persen.", words="38,5 persen", value="38.5")

FAULTS = {
    "closed_rows_say_since_when": ["UPDATE core.observations SET closed_run_id = 'r2'"],
    "no_figure_of_removed_text": [
        "UPDATE core.removed_texts SET kind = 'related', text = (SELECT sentence FROM core.observations o"
        " WHERE o.document_id = removed_texts.document_id LIMIT 1)"
    ],
    "evidence_equals_span": [
        "UPDATE core.observations SET period_text = 'Kini' WHERE period_text IS NOT NULL",
        "UPDATE core.observations SET period_text_end = NULL WHERE period_text IS NOT NULL",
        "UPDATE core.observations SET region_text_start = 0, region_text_end = 3, region_text = 'Kota'",
    ],
    "percent_totals": [
        "UPDATE core.findings SET computed = stated + tolerance WHERE rule = 'agrees within rounding'",
        "UPDATE core.findings SET severity = 'warning' WHERE rule = 'rate'",
        "UPDATE core.findings SET severity = 'info', tolerance = 100 WHERE rule = 'parts and total' AND stated = 700",
        "UPDATE core.findings SET computed = computed + 1, stated = stated + 1 WHERE rule = 'covered and uncovered'",
        "UPDATE core.findings SET computed = computed + 0.005 WHERE rule = 'rate'",
        "UPDATE core.findings SET computed = computed + 0.005 WHERE rule = 'change'",
        "UPDATE core.observations SET value = value + 1 WHERE metric = 'eligible_workers'",
        "UPDATE core.observations SET value = value + 1 WHERE segment = 'formal'",
        "DELETE FROM core.findings WHERE rule = 'rate'",
        "UPDATE core.findings SET closed_run_id = 'r3' WHERE rule = 'range'",
        "UPDATE core.observations SET value = 100.5 WHERE metric = 'coverage_rate' AND value < 50",
    ],
    "findings_lead_to_observations": [
        "UPDATE core.findings SET observation_ids = ['none']",
        "UPDATE core.findings SET observation_ids = []",
        "UPDATE core.findings SET message = ' '",
    ],
    "one_current_version": [
        "INSERT INTO core.document_versions SELECT * REPLACE ('again' AS version_id)"
        " FROM core.document_versions WHERE closed_run_id IS NULL LIMIT 1"
    ],
    "parents_exist": [
        "DELETE FROM core.documents",
        "UPDATE core.documents SET version_id = 'none'",
        "DELETE FROM core.document_versions WHERE closed_run_id IS NOT NULL",
        "DELETE FROM raw.snapshots",
        "DELETE FROM core.runs WHERE run_id = 'r1'",
        "UPDATE core.agreements SET document_id = 'none'",
        "UPDATE core.regulations SET document_id = 'none'",
        "UPDATE core.number_mentions SET document_id = 'none'",
        "UPDATE core.removed_texts SET last_version_id = 'none'",
        "UPDATE core.correction_matches SET observation_id = 'none'",
        "UPDATE core.findings SET since_run_id = 'none'",
    ],
    "period_form_and_order": [
        "UPDATE core.observations SET period = '2024-13'",
        "UPDATE core.observations SET period = 'Januari'",
        "UPDATE core.observations SET period = '2024/2023'",
        "UPDATE core.observations SET period = '2023-02-29'",
    ],
    "quote_equals_span": [
        "UPDATE core.document_versions SET text = replace(text, '39,54', '39.54')",
        "UPDATE core.document_versions SET text = replace(text, '38,54', '38.54')",
        "UPDATE core.observations SET quote_start = quote_start + 1",
        "UPDATE core.observations SET quote_end = quote_end - 1",
        "UPDATE core.agreements SET quote = 'Nota Kesepakatan'",
        "UPDATE core.regulations SET quote_start = 0",
    ],
    "region_codes_exist": [
        "UPDATE core.observations SET region_code = '99'",
        "UPDATE core.agreements SET region_code = '99'",
        "UPDATE core.regulations SET region_code = '99'",
        "DELETE FROM core.regions WHERE code = '61.02'",
    ],
    "sentence_equals_span": [
        "UPDATE core.observations SET sentence = 'x' || sentence",
        "UPDATE core.observations SET sentence_start = 0",
        "UPDATE core.observations SET sentence = left(sentence, 3)",
    ],
    "text_hash": ["UPDATE core.document_versions SET text = text || ' '"],
    "unique_ids": [
        f"INSERT INTO {table} FROM {table} LIMIT 1"
        for table in (
            "raw.snapshots",
            "core.findings",
            "core.targets",
            "core.documents",
            "core.document_versions",
            "core.removed_texts",
            "core.observations",
            "core.observation_history",
            "core.number_mentions",
            "core.agreements",
            "core.regulations",
            "core.rejections",
            "core.corrections",
            "core.correction_matches",
            "core.quality",
            "raw.addresses",
        )
    ],
    "units_fit_metrics": [
        "UPDATE core.observations SET unit = 'person'",
        "UPDATE core.observations SET metric = 'unknown'",
        "DELETE FROM core.metrics",
    ],
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A warehouse with a row in every table: current and closed ones, an earlier state, a rejection."""
    with open_warehouse(path_of(tmp_path_factory.mktemp("audit"))) as opened:
        torn = document("c", RATE, published_at="kemarin")
        run(opened, "r1", [with_all_kinds(), document("b", RATE), torn])
        run(opened, "r2", [document("b", EDITED_RATE)])
        corrected = correct_document(document("e", RATE), [correction(document="https://koran.example/e")])
        assert isinstance(corrected, Document)
        run(opened, "r3", [document("b", RATE, WORKERS), document("d", ROUNDED), corrected, *reckoning()])
        opened.check("r3")
        opened.connection.execute(
            "INSERT INTO core.corrections VALUES ('c-1', 'e', 'kata', 'coverage_rate', 1, 'drop', NULL, NULL, 'salah',"
            " 'active', DATE '2026-01-05')"
        )
        scores = [Score(subject="all", measure="f1", score=0.9, floor=None)]
        day = "2026-01-05T09:00:00+00:00"
        save_scores(opened, part="extract", version="1", gold_sha256="0", measured_at=day, scores=scores)
        found = datetime(2026, 1, 5, tzinfo=UTC)
        address = KnownAddress(
            address_key="a",
            address="https://koran.example/a",
            source_id="s",
            kind="list",
            state="taken",
            found_at=found,
        )
        save_requests(opened, "r3", [], [address])
        yield opened


def reckoning() -> list[Document]:
    """Documents with counts and rates that can be reckoned from each other, right and wrong."""
    stated = [
        [("participants", "500", "formal"), ("participants", "300", "informal"), ("participants", "700", None)],
        [("participants", "600", None), ("eligible_workers", "1000", None), ("coverage_rate", "60", None)],
        [("participants", "600", None), ("uncovered_workers", "400", None), ("eligible_workers", "1000", None)],
        [("coverage_rate", "126.15", None)],
    ]
    made = [
        document(f"reckoned-{number}", *(_count(*each, region=f"15.0{number + 1}") for each in figures))
        for number, figures in enumerate(stated)
    ]
    rates = [("coverage_rate", "38.35", "2023"), ("coverage_rate", "40.86", "2024"), ("coverage_change", "2.5", "2024")]
    changing = [replace(_count(*each[:2], None, region="15.09"), period=each[2]) for each in rates]
    return [*made, document("changing", *changing)]


def _count(metric: str, value: str, segment: str | None, *, region: str) -> Figure:
    words = f"{value.replace('.', ',')} {metric}"
    unit = {"coverage_rate": "percent", "coverage_change": "percentage_point"}.get(metric, "person")
    return Figure(
        sentence=f"Ada {words} {segment or ''} di sana.",
        words=words,
        value=value,
        metric=metric,
        unit=unit,
        region=region,
        segment=segment,
    )


def test_sound_rows_pass_all_audits(warehouse: Warehouse) -> None:
    assert run_audits(warehouse.connection) == []


def test_every_audit_has_a_fault_here() -> None:
    assert set(FAULTS) == {name for name, _ in scripts("audits")}


@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name in FAULTS for fault in FAULTS[name]])
def test_an_audit_finds_its_fault(warehouse: Warehouse, name: str, fault: str) -> None:
    warehouse.connection.begin()
    try:
        warehouse.connection.execute(fault).fetchall()
        failures = {failure.audit: failure for failure in run_audits(warehouse.connection)}
    finally:
        warehouse.connection.rollback()
    assert name in failures
    assert failures[name].number >= 1
    assert failures[name].rows
    assert failures[name].rule.endswith(".")


def test_one_broken_character_stops_publication_and_leaves_the_old_copy(tmp_path: Path) -> None:
    target = tmp_path / "cakupan.duckdb"
    with open_warehouse(path_of(tmp_path)) as warehouse:
        run(warehouse, "r1", [document("a", RATE)])
        publish(warehouse, target)
        run(warehouse, "r2", [document("b", WORKERS)])
        before = target.read_bytes()
        warehouse.connection.execute("UPDATE core.document_versions SET text = replace(text, '38,54', '38;54')")
        with pytest.raises(AuditError) as caught:
            publish(warehouse, target)
    assert "quote_equals_span: 1 row" in caught.value.reason
    assert "38,54 persen" in caught.value.reason
    assert target.read_bytes() == before
    assert query(target, "SELECT count(*) AS n FROM documents").to_pylist() == [{"n": 1}]
    assert audit_published(target) == []
