"""Every audit: sound rows pass, a broken row fails it, and a failure stops publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from warehouse_samples import EDITED_RATE, RATE, WORKERS, document, path_of, run, with_all_kinds

from tasks.errors import AuditError
from warehouse.audit import audit_published, run_audits
from warehouse.publish import publish
from warehouse.read import query
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
    "percent_totals": ["UPDATE core.findings SET computed = stated + tolerance WHERE rule = 'agrees within rounding'"],
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
        run(opened, "r3", [document("b", RATE, WORKERS), document("d", ROUNDED)])
        opened.check("r3")
        yield opened


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
