"""Loading: what goes in, what changes, what stays, and what the run says about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from warehouse_samples import (
    EDITED_RATE,
    RATE,
    WORKERS,
    change_observation,
    contents,
    document,
    open_prepared,
    rows,
    run,
    start,
    with_all_kinds,
)

from tasks.errors import WarehouseError
from tasks.records import LoadCounts, Rejection
from warehouse.audit import run_audits
from warehouse.store import Warehouse

CURRENT = "SELECT metric, value, quote FROM main.observations ORDER BY ALL"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_prepared(tmp_path) as opened:
        yield opened
        assert run_audits(opened.connection) == []


def test_everything_that_a_document_states_is_stored(warehouse: Warehouse) -> None:
    counts = run(warehouse, "r1", [with_all_kinds()])
    assert counts == LoadCounts(documents_read=1, documents_new=1, observations_added=2)
    assert rows(warehouse, CURRENT) == [
        ("coverage_rate", Decimal("38.540000"), "38,54 persen"),
        ("participants", Decimal("8380.000000"), "8.380 orang"),
    ]
    assert rows(warehouse, "SELECT kind, date, region_name, parties FROM agreements") == [
        ("nota kesepakatan", "2024-10-25", "Kabupaten Mempawah", ["Pemkab", "BPJS Ketenagakerjaan"])
    ]
    assert rows(warehouse, "SELECT kind, number, year, region_name FROM regulations") == [
        ("Pergub", "4", 2023, "Kalimantan Barat")
    ]
    assert rows(warehouse, "SELECT kind, rule, text FROM core.removed_texts") == [
        ("iklan", "contoh", "Pasang iklan di sini")
    ]
    assert rows(warehouse, "SELECT text, role FROM core.number_mentions ORDER BY text_start") == [
        ("38,54 persen", "observation"),
        ("8.380 orang", "observation"),
    ]
    ((path, size),) = rows(warehouse, "SELECT path, size FROM raw.snapshots")
    sha256 = with_all_kinds().snapshot.sha256
    assert path == f"snapshots/{sha256[:2]}/{sha256}.gz"
    assert size == len(with_all_kinds().snapshot.content)


def test_the_span_of_a_quote_holds_in_sql_with_characters_of_any_width(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", WORKERS, RATE, intro="“Żółć” 😀😀 – naïve")])
    assert rows(
        warehouse,
        "SELECT count(*) FROM observations JOIN documents USING (document_id)"
        " WHERE substr(text, quote_start + 1, quote_end - quote_start) = quote",
    ) == [(2,)]


def test_loading_again_changes_nothing_but_the_run_that_last_saw_it(warehouse: Warehouse) -> None:
    loaded = [with_all_kinds(), document("b", RATE)]
    run(warehouse, "r1", loaded)
    before = contents(warehouse)
    counts = run(warehouse, "r2", loaded)
    assert counts == LoadCounts(documents_read=2, documents_unchanged=2, observations_unchanged=3)
    after = contents(warehouse)
    assert {name for name in before if before[name] != after[name]} == {"core.documents"}
    assert rows(warehouse, "SELECT DISTINCT first_run_id, last_run_id FROM observations") == [("r1", "r2")]


def test_new_code_that_reads_the_same_changes_nothing(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [with_all_kinds()])
    before = contents(warehouse)
    counts = run(warehouse, "r2", [with_all_kinds()], version="2")
    assert counts == LoadCounts(documents_read=1, documents_unchanged=1, observations_unchanged=2)
    after = contents(warehouse)
    assert {name for name in before if before[name] != after[name]} == {"core.documents"}
    assert rows(warehouse, "SELECT DISTINCT extractor_version FROM observations") == [("1",)]


def test_an_edited_figure_takes_the_place_of_the_old_one(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE, WORKERS), document("b", RATE)])
    counts = run(warehouse, "r2", [document("a", EDITED_RATE, WORKERS), document("b", RATE)])
    assert counts == LoadCounts(
        documents_read=2,
        documents_changed=1,
        documents_unchanged=1,
        observations_added=1,
        observations_unchanged=2,
        observations_gone=1,
    )
    assert [value for _, value, _ in rows(warehouse, CURRENT)] == [
        Decimal("38.54"),
        Decimal("39.54"),
        Decimal("8380"),
    ]
    assert rows(
        warehouse,
        "SELECT value, o.first_run_id, o.last_run_id, o.closed_run_id, v.text LIKE '%38,54%'"
        " FROM core.observations o JOIN core.document_versions v ON v.version_id = o.last_version_id",
    ) == [(Decimal("38.54"), "r1", "r1", "r2", True)]


def test_the_older_version_of_a_changed_document_is_kept(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE)])
    run(warehouse, "r2", [document("a", EDITED_RATE)])
    assert rows(
        warehouse,
        "SELECT regexp_extract(text, '3.,54'), first_run_id, last_run_id, closed_run_id"
        " FROM core.document_versions ORDER BY ALL",
    ) == [("38,54", "r1", "r1", "r2"), ("39,54", "r2", None, None)]
    assert rows(warehouse, "SELECT count(*) FROM documents") == [(1,)]


def test_what_comes_back_is_current_again_and_its_absence_is_remembered(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE)])
    run(warehouse, "r2", [document("a", EDITED_RATE)])
    counts = run(warehouse, "r3", [document("a", RATE)])
    assert (counts.documents_changed, counts.observations_added, counts.observations_gone) == (1, 1, 1)
    assert rows(warehouse, "SELECT value, first_run_id, last_run_id FROM observations") == [
        (Decimal("38.54"), "r1", "r3")
    ]
    assert rows(warehouse, "SELECT count(*) FROM core.document_versions") == [(2,)]
    assert rows(warehouse, "SELECT value, since_run_id, last_run_id, closed_run_id FROM core.observation_history") == [
        (Decimal("38.54"), "r1", "r1", "r2")
    ]


def test_another_reading_of_the_same_words_changes_the_observation_and_keeps_the_former(
    warehouse: Warehouse,
) -> None:
    run(warehouse, "r1", [document("a", RATE, WORKERS)])
    ((before,),) = rows(warehouse, "SELECT observation_id FROM observations WHERE metric = 'coverage_rate'")
    better = change_observation(document("a", RATE, WORKERS), value=Decimal("38.5"), qualifier="sekitar")
    counts = run(warehouse, "r2", [better], version="2")
    assert counts == LoadCounts(
        documents_read=1, documents_unchanged=1, observations_changed=1, observations_unchanged=1
    )
    assert rows(
        warehouse,
        "SELECT observation_id, value, qualifier, extractor_version, first_run_id FROM observations"
        " WHERE metric = 'coverage_rate'",
    ) == [(before, Decimal("38.5"), "sekitar", "2", "r1")]
    assert rows(
        warehouse,
        "SELECT observation_id, value, extractor_version, since_run_id, last_run_id, closed_run_id"
        " FROM core.observation_history",
    ) == [(before, Decimal("38.54"), "1", "r1", "r1", "r2")]


def test_an_observation_that_only_moved_is_not_a_change(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE)])
    counts = run(warehouse, "r2", [document("a", RATE, intro="Paragraf pembuka yang lebih panjang.")])
    assert counts == LoadCounts(documents_read=1, documents_changed=1, observations_moved=1)
    assert rows(warehouse, "SELECT since_run_id FROM core.observations") == [("r1",)]
    assert rows(warehouse, "FROM core.observation_history") == []


def test_a_document_that_no_longer_states_anything_loses_its_figures_but_no_row(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [with_all_kinds()])
    counts = run(warehouse, "r2", [document("lengkap")])
    assert (counts.documents_changed, counts.observations_gone) == (1, 2)
    for view in ("observations", "agreements", "regulations"):
        assert rows(warehouse, f"FROM main.{view}") == []
    assert rows(warehouse, "SELECT count(*), count(closed_run_id) FROM core.observations") == [(2, 2)]
    assert rows(warehouse, "SELECT count(*), count(closed_run_id) FROM core.agreements") == [(1, 1)]


def test_documents_that_a_run_does_not_bring_stay_as_they_are(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE), document("b", WORKERS)])
    counts = run(warehouse, "r2", [document("b", WORKERS)])
    assert counts.observations_gone == 0
    assert rows(warehouse, "SELECT metric, last_run_id FROM observations ORDER BY ALL") == [
        ("coverage_rate", "r1"),
        ("participants", "r2"),
    ]


def test_another_page_around_the_same_article_is_no_change(warehouse: Warehouse) -> None:
    first, second = document("a", RATE), document("a", RATE, page="<div>iklan lain</div>")
    run(warehouse, "r1", [first])
    counts = run(warehouse, "r2", [second])
    assert counts == LoadCounts(documents_read=1, documents_unchanged=1, observations_unchanged=1)
    assert rows(warehouse, "SELECT count(*) FROM raw.snapshots") == [(2,)]
    assert rows(warehouse, "SELECT snapshot_sha256 FROM documents") == [(first.snapshot.sha256,)]


def test_another_title_is_a_new_version_of_the_document_with_the_same_figures(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE)])
    counts = run(warehouse, "r2", [document("a", RATE, title="Judul yang dibetulkan")])
    assert counts == LoadCounts(documents_read=1, documents_changed=1, observations_unchanged=1)
    assert rows(warehouse, "SELECT title FROM documents") == [("Judul yang dibetulkan",)]


def test_of_two_snapshots_in_a_batch_the_one_received_last_counts(warehouse: Warehouse) -> None:
    older = document("a", RATE, retrieved_at="2026-01-05T09:00:00+07:00")
    newer = document("a", EDITED_RATE, retrieved_at="2026-01-05T03:00:00+00:00")
    counts = run(warehouse, "r1", [newer, older])
    assert counts == LoadCounts(documents_read=2, documents_new=1, documents_unchanged=1, observations_added=1)
    assert [value for _, value, _ in rows(warehouse, CURRENT)] == [Decimal("39.54")]
    assert rows(warehouse, "SELECT count(*) FROM raw.snapshots") == [(2,)]


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_snapshots_in_a_run_the_one_received_last_counts(warehouse: Warehouse, newest_first: bool) -> None:
    older = document("a", RATE, retrieved_at="2026-01-05T01:00:00+00:00")
    newer = document("a", EDITED_RATE, retrieved_at="2026-01-05T02:00:00+00:00")
    start(warehouse, "r1")
    for each in (newer, older) if newest_first else (older, newer):
        warehouse.load("r1", [each], [])
    assert [value for _, value, _ in rows(warehouse, CURRENT)] == [Decimal("39.54")]


def test_a_later_run_has_the_last_word_even_with_an_older_snapshot(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE, retrieved_at="2026-01-05T02:00:00+00:00")])
    run(warehouse, "r2", [document("a", EDITED_RATE, retrieved_at="2026-01-05T01:00:00+00:00")])
    assert [value for _, value, _ in rows(warehouse, CURRENT)] == [Decimal("39.54")]


def test_a_sentence_that_comes_twice_is_one_observation_at_its_first_place(warehouse: Warehouse) -> None:
    once = document("a", RATE, intro=f"{RATE.sentence} Lagi pula,")
    (observation,) = once.extraction.observations
    shift = once.article.text.index(RATE.sentence, 1)
    again = replace(
        observation,
        quote_start=observation.quote_start + shift,
        quote_end=observation.quote_end + shift,
        sentence_start=shift,
    )
    twice = replace(once, extraction=replace(once.extraction, observations=(again, observation)))
    counts = run(warehouse, "r1", [twice])
    assert (counts.observations_added, counts.rows_quarantined) == (1, 0)
    assert rows(warehouse, "SELECT quote_start FROM observations") == [(observation.quote_start,)]


def test_runs_keep_their_versions_and_counts(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE, WORKERS)], version="7")
    assert rows(
        warehouse,
        "SELECT flow, status, started_at::VARCHAR, finished_at::VARCHAR, extractor_version, documents_new,"
        " observations_added FROM runs",
    ) == [("test", "done", "2026-01-05 09:00:00", "2026-01-05 09:01:00", "7", 1, 2)]


def test_a_run_that_never_ended_is_marked_by_the_next(warehouse: Warehouse) -> None:
    start(warehouse, "r1")
    start(warehouse, "r2")
    assert rows(warehouse, "SELECT run_id, status FROM runs ORDER BY ALL") == [
        ("r1", "interrupted"),
        ("r2", "running"),
    ]


def test_a_batch_of_an_unknown_run_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError, match="start the run before loading"):
        warehouse.load("none", [document("a", RATE)], [])
    with pytest.raises(WarehouseError, match="not a run"):
        warehouse.finish_run("none", "done", "2026-01-05T09:01:00+00:00", LoadCounts())


def test_nothing_of_a_batch_stays_when_it_fails_half_way(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [document("a", RATE)])
        start(warehouse, "r2")
        history = "core.observation_history"
        warehouse.connection.execute(f"ALTER TABLE {history} RENAME TO elsewhere")
        before = contents(warehouse)
        changed = change_observation(document("a", RATE, title="Lain"), value=Decimal("38.5"))
        with pytest.raises(Exception, match="observation_history"):
            warehouse.load("r2", [changed, document("b", WORKERS)], [])
        assert contents(warehouse) == before
        warehouse.connection.execute("ALTER TABLE core.elsewhere RENAME TO observation_history")
        assert warehouse.load("r2", [changed, document("b", WORKERS)], []).documents_new == 1


def _refusal(name: str, reason: str = "is empty", stage: str = "read") -> Rejection:
    return Rejection(
        source=f"https://koran.example/{name}",
        stage=stage,
        kind="empty",
        reason=reason,
        remedy="check the file",
    )


def test_a_document_that_was_set_aside_is_in_quarantine_until_it_goes_in(warehouse: Warehouse) -> None:
    counts = run(warehouse, "r1", [document("b", RATE)], [_refusal("a")])
    assert (counts.documents_read, counts.documents_quarantined) == (2, 1)
    assert rows(warehouse, "SELECT source, stage, reason, remedy FROM quarantine") == [
        ("https://koran.example/a", "read", "is empty", "check the file")
    ]
    run(warehouse, "r2", [], [_refusal("a")])
    assert rows(warehouse, "SELECT first_run_id, last_run_id FROM quarantine") == [("r1", "r2")]
    run(warehouse, "r3", [document("a", RATE)])
    assert rows(warehouse, "FROM quarantine") == []
    assert rows(warehouse, "SELECT last_run_id, resolved_run_id FROM core.rejections") == [("r2", "r3")]
    run(warehouse, "r4", [], [_refusal("a")])
    assert rows(warehouse, "SELECT first_run_id, last_run_id FROM quarantine") == [("r1", "r4")]


def test_a_document_that_fails_later_keeps_its_figures(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE)])
    run(warehouse, "r2", [], [_refusal("a")])
    assert len(rows(warehouse, CURRENT)) == 1
    assert len(rows(warehouse, "FROM quarantine")) == 1


def test_another_reason_takes_the_place_of_the_first(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [], [_refusal("a"), _refusal("b")])
    run(warehouse, "r2", [], [_refusal("a", "is binary", "clean")])
    assert rows(warehouse, "SELECT source, reason FROM quarantine ORDER BY ALL") == [
        ("https://koran.example/a", "is binary"),
        ("https://koran.example/b", "is empty"),
    ]
