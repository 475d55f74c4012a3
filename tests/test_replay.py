"""Replay: what today's rules change, the words found again, adoption, quarantine, and a warehouse made anew."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from calling import call
from warehouse_samples import (
    EDITED_RATE,
    RATE,
    WORKERS,
    change_observation,
    contents,
    document,
    open_prepared,
    path_of,
    rows,
    run,
)

import tasks.documents as making
from flows.rebuild import rebuild
from tasks.anchors import find_again
from tasks.read import read_file
from tasks.records import Article, Document, Extraction, Snapshot
from tasks.settings import Settings, read_settings
from tasks.snapshots import store_snapshots
from warehouse.publish import publish
from warehouse.replay import shadow_path
from warehouse.store import Warehouse, open_warehouse

TEXT = "Pembuka. Cakupan 38,54 persen di kota. Lalu cakupan 38,54 persen di desa."
QUOTE = "38,54 persen"


@pytest.mark.parametrize(
    ("prefix", "suffix", "start", "text", "status", "place"),
    [
        ("Cakupan ", " di kota", 17, TEXT, "exact", 17),
        ("Cakupan ", " di kota", 8, f"Baru. {TEXT}", "reanchored", 23),
        ("cakupan ", " di desa", 20, TEXT, "reanchored", 52),
        ("x", "y", 60, TEXT, "reanchored", 52),
        ("Cakupan ", " di kota", 17, "Tidak ada angka.", "lost", None),
    ],
)
def test_words_are_found_again(prefix: str, suffix: str, start: int, text: str, status: str, place: int | None) -> None:
    anchor = find_again(QUOTE, prefix, suffix, start, text)
    assert (anchor.status, anchor.start) == (status, place)
    if anchor.start is not None:
        assert text[anchor.start : anchor.end] == QUOTE


def test_an_empty_quote_is_lost() -> None:
    assert find_again("", "a", "b", 0, "teks").status == "lost"


def compared(warehouse: Warehouse, *documents: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    with warehouse.replaying() as compare:
        changes, _ = compare(documents)
    return {(each.action, each.quote): (each.anchor, each.value_before, each.value_now, each.start) for each in changes}


def test_changes_are_told_apart_and_nothing_is_written(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [document("a", RATE, WORKERS)])
        before = warehouse.content_hashes()
        assert compared(warehouse, document("a", RATE, WORKERS)) == {}
        reread = change_observation(document("a", RATE), value=Decimal("38.5"))
        assert compared(warehouse, reread) == {
            ("changed", RATE.words): ("exact", Decimal("38.54"), Decimal("38.5"), 57),
            ("gone", WORKERS.words): ("lost", Decimal(8380), None, None),
        }
        moved = compared(warehouse, document("a", RATE, WORKERS, intro="Pembuka."))
        assert {(action, anchor[0]) for (action, _), anchor in moved.items()} == {("moved", "reanchored")}
        edited = compared(warehouse, document("a", EDITED_RATE, WORKERS))
        assert {action for action, _ in edited} == {"added", "gone"}
        assert compared(warehouse, document("baru", RATE)) == {
            ("added", RATE.words): (None, None, Decimal("38.54"), None)
        }
        assert warehouse.content_hashes() == before
        assert rows(warehouse, "SELECT * FROM duckdb_databases() WHERE database_name = 'shadow'") == []


def test_the_last_replay_can_be_asked_for_in_a_file_of_its_own(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [document("a", RATE), document("b", WORKERS)])
        for documents in ([document("b", RATE)], [document("a", EDITED_RATE), document("b", WORKERS)]):
            with warehouse.replaying() as compare:
                for each in documents:
                    compare([each])
    shadow = shadow_path(path_of(tmp_path))
    assert shadow.name == "cakupan-replay.duckdb"
    with duckdb.connect(shadow, read_only=True) as left:
        changes = left.execute('SELECT "action", value_before, value_now FROM changes ORDER BY ALL').fetchall()
        assert changes == [("added", None, Decimal("39.54")), ("gone", Decimal("38.54"), None)]
        counts = left.execute("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM observations)")
        assert counts.fetchall() == [(2, 2)]
        assert left.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall() == []


def test_a_figure_that_is_no_longer_read_though_its_words_are_there_is_found_in_place(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [document("a", RATE)])
        silent = document("a", RATE)
        silent = replace(silent, extraction=replace(silent.extraction, observations=()))
        assert compared(warehouse, silent) == {("gone", RATE.words): ("exact", Decimal("38.54"), None, 57)}


def older_rules(article: Article) -> Extraction:
    """What was taken before a rule was mended: no ranks, rates cut, and one article that could not be read."""
    if "Bungo" in article.text and article.source.endswith(".html"):
        raise ValueError("older rules fail here")
    taken = TODAY(article)
    kept = tuple(
        replace(each, value=Decimal(int(each.value))) if each.metric == "coverage_rate" else each
        for each in taken.observations
        if each.metric != "rank"
    )
    return replace(taken, observations=kept)


TODAY = making.extract


def ingest(data: Path, articles: Path) -> Any:
    from flows.ingest import ingest as flow

    return call(flow([str(articles)], str(data)))


def replay(data: Path, **options: Any) -> Any:
    from flows.replay import replay as flow

    return call(flow(str(data), **options))


def state(data: Path) -> dict[str, tuple[int, str]]:
    with open_warehouse(read_settings(data).warehouse) as warehouse:
        return warehouse.content_hashes()


@pytest.mark.usefixtures("prefect")
def test_todays_rules_are_shown_and_then_adopted(
    tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, fresh = tmp_path / "data", tmp_path / "fresh"
    data.mkdir()
    fresh.mkdir()
    with monkeypatch.context() as older:
        older.setattr(making, "extract", older_rules)
        assert ingest(data, articles).has_failures
    before = state(data)
    shown = replay(data)
    assert state(data) == before
    assert {change.metric for change in shown.changes if change.action == "changed"} == {"coverage_rate"}
    assert {change.anchor for change in shown.changes if change.action == "changed"} == {"exact"}
    added = [change for change in shown.changes if change.action == "added"]
    assert {change.metric for change in added} >= {"rank", "uncovered_workers"}
    assert shown.counts["gone"] == 0
    adopted = replay(data, adopt=True)
    assert adopted.changes == shown.changes
    assert replay(data).changes == []
    ingest(fresh, articles)
    ours, theirs = state(data), state(fresh)
    moments = {"raw.snapshots", "core.documents"}
    assert {name: ours[name] for name in ours if name not in moments} == {
        name: theirs[name] for name in theirs if name not in moments
    }


@pytest.mark.usefixtures("prefect")
def test_since_leaves_older_snapshots_alone(tmp_path: Path, articles: Path) -> None:
    (tmp_path / "data").mkdir()
    ingest(tmp_path / "data", articles)
    assert replay(tmp_path / "data", since="2999-01-01").documents == 0
    assert replay(tmp_path / "data", since="2020-01-01").documents == 10


def test_the_command_says_what_it_would_do(cakupan: Any, articles: Path) -> None:
    missing = cakupan("replay")
    assert missing.returncode == 1
    assert "nothing can be replayed" in missing.stderr
    wrong = cakupan("replay", "--since", "kemarin")
    assert (wrong.returncode, "is not a day" in wrong.stderr) == (2, True)
    assert cakupan("ingest", articles).returncode == 0
    result = cakupan("replay")
    assert result.returncode == 0
    assert result.stdout.strip().startswith("10 documents replayed; observations: 0 added, 0 changed, 0 moved, 0 gone")


def stored_version(page: Path, settings: Settings, day: int) -> Document:
    """The document of a file as it is now, its bytes in the store, received on a day."""
    received = read_file(page)
    assert isinstance(received, Snapshot)
    received = replace(received, retrieved_at=f"2026-01-0{day}T00:00:00+00:00")
    store_snapshots(settings.snapshots, [received])
    made = making.make_document(received)
    assert isinstance(made, Document)
    return made


def all_rows(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of all tables with their runs, but for what only says by which code a document is known."""
    with open_warehouse(settings.warehouse) as warehouse:
        kept = contents(warehouse)
        documents = rows(warehouse, "SELECT * EXCLUDE (content_digest, basis) FROM core.documents ORDER BY ALL")
    return {**kept, "core.documents": documents, "core.checked_regions": []}


def test_a_rebuilt_warehouse_says_the_same_or_is_not_taken(
    tmp_path: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = read_settings(tmp_path / "data.duckdb")
    page = articles / "01-mempawah-cakupan.txt"
    text = page.read_text(encoding="utf-8")
    with open_warehouse(settings.warehouse) as warehouse:
        for day, version in enumerate((text, text.replace("38,54", "39,54"), text), 1):
            page.write_text(version, encoding="utf-8")
            run(warehouse, f"r{day}", [stored_version(page, settings, day)])
            warehouse.check(f"r{day}")
        publish(warehouse, settings.published)
    before, known = state(settings.published), all_rows(settings)
    assert known["core.observation_history"]
    assert [row for row in known["core.document_versions"] if row[-1]]
    settings.warehouse.with_name("data-work-new.duckdb.wal").write_bytes(b"what a killed rebuild left behind")
    assert rebuild(settings)
    assert state(settings.published) == before
    assert all_rows(settings) == known
    assert sorted(path.name for path in tmp_path.glob("*.duckdb*")) == [
        *("data-work-before.duckdb", "data-work.duckdb", "data-work.duckdb.lock", "data.duckdb"),
    ]
    assert "differs" not in capsys.readouterr().out
    with open_warehouse(settings.warehouse) as warehouse:
        warehouse.connection.execute("UPDATE core.document_versions SET title = 'Bukan dari berkas'")
    tampered = state(settings.published)
    assert not rebuild(settings)
    assert state(settings.published) == tampered
    assert "core.document_versions" in next(line for line in capsys.readouterr().out.splitlines() if "differs" in line)
