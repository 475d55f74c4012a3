"""Corrections in the warehouse: which figures each one matched, since which run, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from warehouse_samples import RATE, WORKERS, contents, document, open_prepared, rows, run

from tasks.corrections import Correction, correct_document
from tasks.records import Document, Rejection
from warehouse.audit import run_audits
from warehouse.store import Warehouse

LINE = {
    "correction_id": "c-1",
    "document": "https://koran.example/a",
    "quote": RATE.words,
    "metric": "coverage_rate",
    "value": Decimal("38.54"),
    "action": "override",
    "changes": {"value": Decimal("38.45")},
    "reason": "the agency has withdrawn it",
    "is_active": True,
}
SHOWN = "SELECT correction_id, outcome, figures, len(observation_ids), len(lost_in) FROM corrections ORDER BY ALL"
MATCHES = "SELECT correction_id, value, quote, since_run_id, closed_run_id FROM core.correction_matches ORDER BY ALL"


def correction(**changes: Any) -> Correction:
    return Correction(**{**LINE, **changes})


def corrected(*corrections: Correction) -> Document:
    made = correct_document(document("a", RATE, WORKERS), corrections)
    assert isinstance(made, Document)
    return made


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """A warehouse whose corrections are c-1, c-10, both active, and c-2, which is retired."""
    with open_prepared(tmp_path) as opened:
        for name, status in (("c-1", "active"), ("c-10", "active"), ("c-2", "retired")):
            opened.connection.execute(
                "INSERT INTO core.corrections VALUES (?, 'a', ?, 'coverage_rate', 38.54, 'override', 'value', '38.45',"
                " 'withdrawn', ?, DATE '2026-01-05')",
                [name, RATE.words, status],
            )
        yield opened


def test_what_a_correction_matched_is_kept_with_the_observation_it_became(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [corrected(correction())])
    assert rows(warehouse, MATCHES) == [("c-1", Decimal("38.54"), RATE.words, "r1", None)]
    ((value, rule),) = rows(
        warehouse,
        "SELECT o.value, o.rule FROM observations o JOIN core.correction_matches m USING (observation_id)",
    )
    assert (value, rule) == (Decimal("38.45"), "contoh (corrected: c-1)")
    assert rows(warehouse, SHOWN) == [
        ("c-1", "applied", 1, 1, 0),
        ("c-10", "waits for its document", 0, 0, 0),
        ("c-2", "retired", 0, 0, 0),
    ]
    assert run_audits(warehouse.connection) == []


def test_a_dropped_figure_became_none(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [corrected(correction(action="drop", changes={}))])
    assert rows(warehouse, "SELECT observation_id FROM core.correction_matches") == [(None,)]
    assert rows(warehouse, SHOWN)[0] == ("c-1", "applied", 1, 0, 0)
    assert rows(warehouse, "SELECT metric FROM observations") == [("participants",)]


def test_running_again_changes_nothing_and_a_withdrawn_correction_closes_its_match(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [corrected(correction())])
    before = contents(warehouse)["core.correction_matches"]
    run(warehouse, "r2", [corrected(correction())])
    assert contents(warehouse)["core.correction_matches"] == before
    run(warehouse, "r3", [document("a", RATE, WORKERS)])
    assert rows(warehouse, MATCHES) == [("c-1", Decimal("38.54"), RATE.words, "r1", "r3")]
    assert rows(warehouse, "SELECT last_run_id FROM core.correction_matches") == [("r2",)]
    assert rows(warehouse, SHOWN)[0] == ("c-1", "waits for its document", 0, 0, 0)
    run(warehouse, "r4", [corrected(correction())])
    assert rows(warehouse, MATCHES) == [("c-1", Decimal("38.54"), RATE.words, "r4", None)]
    assert run_audits(warehouse.connection) == []


def test_a_correction_that_finds_nothing_is_named_and_its_namesake_is_not(warehouse: Warehouse) -> None:
    lost = correct_document(document("a", RATE), [correction(correction_id="c-10", value=Decimal(99))])
    assert isinstance(lost, Rejection)
    run(warehouse, "r1", [], [lost])
    assert rows(warehouse, SHOWN)[:2] == [
        ("c-1", "waits for its document", 0, 0, 0),
        ("c-10", "finds nothing", 0, 0, 1),
    ]
    run(warehouse, "r2", [corrected(correction(correction_id="c-10"))])
    assert rows(warehouse, SHOWN)[1] == ("c-10", "applied", 1, 1, 0)


def test_a_match_that_stands_elsewhere_is_set_aside(warehouse: Warehouse) -> None:
    made = corrected(correction())
    (match,) = made.extraction.corrections
    shifted = replace(match, quote_start=match.quote_start + 1)
    run(warehouse, "r1", [replace(made, extraction=replace(made.extraction, corrections=(shifted,)))])
    assert rows(warehouse, MATCHES) == []
    ((kind, reason),) = rows(warehouse, "SELECT kind, reason FROM quarantine")
    assert kind == "span"
    assert "of correction c-1: the text has" in reason
    assert len(rows(warehouse, "FROM observations")) == 2


def test_an_observation_that_does_not_go_in_leaves_its_match(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [corrected(correction(changes={"region_code": "99.99"}))])
    assert rows(warehouse, "SELECT observation_id FROM core.correction_matches") == [(None,)]
    assert rows(warehouse, "SELECT kind FROM quarantine") == [("region",)]
    assert run_audits(warehouse.connection) == []
