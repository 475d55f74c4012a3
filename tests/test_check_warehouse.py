"""Findings in the warehouse: what the sample articles give, and that neither order nor a kill changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

from command import ROOT
from warehouse_samples import RATE, WORKERS, Figure, document, open_prepared, rows, run, start

from tasks.documents import make_document
from tasks.read import find_files, read_file
from tasks.records import Document, Rejection, Snapshot
from warehouse.audit import run_audits
from warehouse.store import Warehouse

LOWER = replace(RATE, sentence="Cakupan Mempawah hanya 31,2 persen.", words="31,2 persen", value="31.2")
FINDINGS = "SELECT kind, rule, severity, message, observation_ids FROM findings ORDER BY ALL"


def check(warehouse: Warehouse, run_id: str, *documents: Document) -> dict[str, int]:
    run(warehouse, run_id, documents)
    return dict(warehouse.check(run_id))


def sample_documents() -> list[Document]:
    snapshots = [read_file(path) for path in find_files([ROOT / "seeds" / "articles"]).files]
    made = [make_document(each) for each in snapshots if isinstance(each, Snapshot)]
    return [each for each in made if isinstance(each, Document)]


def test_the_sample_articles_reconcile_and_contradict_each_other_where_a_reader_says_so(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        check(warehouse, "r1", *sample_documents())
        found = rows(warehouse, "SELECT region_code, kind, rule, severity, stated, computed FROM findings ORDER BY ALL")
        (conflict,) = rows(warehouse, "SELECT message FROM findings WHERE kind = 'conflict'")
    by_rule: dict[tuple[str, str, str], int] = {}
    for region, kind, rule, severity, _, _ in found:
        assert severity == ("warning" if kind == "conflict" else "info")
        by_rule[region, kind, rule] = by_rule.get((region, kind, rule), 0) + 1
    assert {key: number for key, number in by_rule.items() if key[1] != "freshness"} == {
        ("15.08", "arithmetic", "parts and total"): 2,
        ("15.08", "arithmetic", "rate"): 2,
        ("15.08", "conflict", "near period"): 1,
        ("61.71", "arithmetic", "agrees within rounding"): 1,
        ("61.71", "arithmetic", "change"): 2,
    }
    assert "79,077 against 130,363" in conflict[0]
    assert conflict[0].count("“") == 2


def test_a_second_check_changes_nothing_and_a_withdrawn_figure_closes_its_finding(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        assert check(warehouse, "r1", document("a", RATE), document("b", LOWER))["added"] == 2
        (first,) = rows(warehouse, "SELECT finding_id FROM findings WHERE kind = 'conflict'")
        assert check(warehouse, "r2", document("a", RATE), document("b", LOWER)) == {}
        assert check(warehouse, "r3", document("b", WORKERS)) == {"gone": 1}
        assert rows(warehouse, "SELECT finding_id, closed_run_id FROM core.findings WHERE kind = 'conflict'") == [
            (first[0], "r3")
        ]
        assert check(warehouse, "r4", document("b", LOWER)) == {"added": 1}
        assert rows(
            warehouse, "SELECT finding_id, first_run_id, since_run_id FROM findings WHERE kind = 'conflict'"
        ) == [(first[0], "r1", "r4")]


def test_only_regions_with_new_figures_are_checked_again(tmp_path: Path) -> None:
    elsewhere = replace(RATE, region="15.08")
    with open_prepared(tmp_path) as warehouse:
        check(warehouse, "r1", document("a", RATE), document("b", elsewhere))
        check(warehouse, "r2", document("c", LOWER))
        checked = dict(rows(warehouse, "SELECT region_code, run_id FROM core.checked_regions WHERE region_code <> '*'"))
    assert checked == {"15.08": "r1", "61.02": "r2"}


def test_a_check_that_was_never_made_is_made_by_the_next_run(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        start(warehouse, "killed")
        warehouse.load("killed", [document("a", RATE), document("b", LOWER)])
        assert check(warehouse, "r2", document("a", RATE), document("b", LOWER))["added"] == 2


def test_findings_are_the_same_in_whatever_order_and_batches_articles_come(tmp_path: Path) -> None:
    same = "Menurut bupati dalam rapat evaluasi di kantornya cakupan Mempawah 38,5 persen."
    documents = [
        document("a", RATE, WORKERS),
        document("b", LOWER),
        document("c", Figure(sentence=same, words="38,5 persen", value="38.5")),
        document("d", Figure(sentence=same, words="38,5 persen", value="38.5"), publisher="Harian"),
    ]
    seen: list[list[tuple[Any, ...]]] = []
    for number, order in enumerate(permutations(documents)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with open_prepared(folder) as warehouse:
            split = number % 3 + 1
            check(warehouse, "r1", *order[:split])
            check(warehouse, "r2", *order[split:])
            seen.append(rows(warehouse, FINDINGS))
    assert {row[0] for row in seen[0]} == {"arithmetic", "conflict", "echo", "freshness"}
    assert all(each == seen[0] for each in seen)


def test_every_finding_leads_to_observations_in_words(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        check(warehouse, "r1", *sample_documents())
        broken = rows(
            warehouse,
            "SELECT finding_id FROM (SELECT finding_id, unnest(observation_ids) AS id FROM findings)"
            " ANTI JOIN observations o ON o.observation_id = id",
        )
        empty = rows(warehouse, "FROM findings WHERE len(observation_ids) = 0 OR length(message) < 20")
    assert broken == empty == []


def test_findings_on_all_annotated_articles_pass_the_audits(tmp_path: Path) -> None:
    snapshots = [read_file(path) for path in sorted((ROOT / "tests" / "gold" / "articles").glob("*.txt"))]
    made = [make_document(each) for each in snapshots if isinstance(each, Snapshot)]
    with open_prepared(tmp_path) as warehouse:
        check(warehouse, "r1", *(each for each in made if isinstance(each, Document)))
        assert run_audits(warehouse.connection) == []
        assert rows(warehouse, "SELECT count(*) > 50 FROM findings") == [(True,)]


def test_a_source_whose_pages_can_no_longer_be_read_is_reported_until_one_can(tmp_path: Path) -> None:
    def refusal(number: int) -> Rejection:
        source = f"https://koran.example/baru-{number}"
        return Rejection(source=source, stage="clean", kind="no article", reason="holds no article", remedy="lihat")

    def checked(warehouse: Warehouse, day: int, documents: Sequence[Document], refused: range) -> list[Any]:
        run(warehouse, f"r{day}", documents, [refusal(each) for each in refused])
        warehouse.connection.execute(
            "UPDATE core.runs SET started_at = make_timestamp(2026, 1, ?, 7, 0, 0) WHERE run_id = ?", [day, f"r{day}"]
        )
        warehouse.check(f"r{day}")
        return rows(warehouse, "SELECT publisher, message FROM findings WHERE rule = 'silent source'")

    known = [document(f"d{each}", RATE, retrieved_at="2026-01-05T08:00:00+00:00") for each in range(6)]
    with open_prepared(tmp_path) as warehouse:
        assert checked(warehouse, 5, known, range(6)) == []
        assert checked(warehouse, 6, [], range(10, 14)) == []
        ((publisher, message),) = checked(warehouse, 7, [], range(14, 15))
        assert publisher == "Koran"
        assert "none of the 5 pages since its newest article could be read" in message
        assert checked(warehouse, 8, [document("d9", RATE, retrieved_at="2026-01-08T08:00:00+00:00")], range(0)) == []
