"""The published copy: what it holds, what a query may do, and the way back of a figure."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from warehouse_samples import EDITED_RATE, RATE, WORKERS, document, path_of, run, with_all_kinds

from tasks.errors import UsageError, WarehouseError
from warehouse.publish import publish
from warehouse.read import query, trace
from warehouse.store import open_warehouse

OBSERVATIONS = [
    "observation_id",
    "metric",
    "value",
    "unit",
    "of",
    "region_code",
    "region_name",
    "region_level",
    "province_code",
    "period",
    "period_start",
    "period_end",
    "segment",
    "programs",
    "qualifier",
    "quote",
    "quote_start",
    "quote_end",
    "document_id",
    "title",
    "publisher",
    "url",
    "published_at",
    "snapshot_sha256",
    "rule",
    "extractor_version",
    "first_run_id",
    "last_run_id",
]

VIEWS = {
    "observations": OBSERVATIONS,
    "agreements": ["kind", "date", "region_code", "parties", "quote", "document_id"],
    "regulations": ["kind", "number", "year", "region_code", "quote", "document_id"],
    "coverage": ["region_code", "period", "value", "why", "independent_sources", "alternatives"],
    "coverage_latest": ["region_code", "period", "value", "as_of"],
    "coverage_gap": ["region_code", "value", "year", "target", "gap", "target_source"],
    "findings": ["kind", "severity", "message", "observation_ids"],
    "documents": [
        "document_id",
        "source",
        "title",
        "publisher",
        "url",
        "published_at",
        "event_date",
        "text",
        "text_sha256",
        "snapshot_sha256",
    ],
    "runs": ["run_id", "status", "started_at", "observations_added"],
    "quarantine": ["source", "stage", "kind", "reason", "remedy"],
    "lineage": [
        *("observation_id", "quote", "sentence", "text_sha256", "snapshot_path", "source", "deep_link"),
        *("requested_address", "requested_at", "http_status"),
    ],
    "corrections": ["correction_id", "outcome", "reason", "figures", "observation_ids", "lost_in"],
    "quality": ["part", "version", "subject", "measure", "score", "floor", "observations", "measured_at"],
    "addresses": ["source_id", "address", "state", "document_id", "set_aside", "last_status", "last_error"],
    "sources": ["source_id", "waiting", "taken", "gone", "failing", "documents", "last_run_id", "last_run_error_kind"],
    "spans": ["document_id", "kind", "row_id", "span_start", "span_end", "words"],
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read")
    with open_warehouse(path_of(folder)) as warehouse:
        run(warehouse, "r1", [with_all_kinds(), document("b", EDITED_RATE)])
        run(warehouse, "r2", [document("b", WORKERS, RATE)])
        publish(warehouse, folder / "cakupan.duckdb")
    return folder / "cakupan.duckdb"


@pytest.mark.parametrize("view", VIEWS)
def test_views_have_the_columns_that_users_rely_on(published: Path, view: str) -> None:
    columns = query(published, f"FROM {view} LIMIT 0").column_names
    assert [name for name in columns if name in VIEWS[view]] == VIEWS[view]


def test_main_holds_the_views_and_nothing_else(published: Path) -> None:
    assert set(query(published, "SHOW TABLES").column(0).to_pylist()) == set(VIEWS)


@pytest.mark.parametrize("catalog", ["duckdb_tables", "duckdb_views", "duckdb_columns", "duckdb_functions"])
def test_everything_in_the_catalog_has_a_comment(published: Path, catalog: str) -> None:
    entries = query(published, f"FROM {catalog}() WHERE NOT internal").to_pylist()
    assert len(entries) > 1
    assert [entry for entry in entries if not (entry["comment"] or "").strip()] == []


def test_an_observation_comes_with_all_that_a_user_needs(published: Path) -> None:
    (row,) = query(
        published, "FROM observations WHERE metric = 'coverage_rate' AND title = 'Judul lengkap'"
    ).to_pylist()
    assert row["value"] == Decimal("38.54")
    assert (row["region_name"], row["region_level"], row["province_code"]) == (
        "Kabupaten Mempawah",
        "kabupaten",
        "61",
    )
    assert (str(row["period_start"]), str(row["period_end"])) == ("2024-01-01", "2024-12-31")
    assert row["programs"] == ["JKK", "JKM"]
    assert row["url"] == "https://koran.example/kanonik"
    assert row["published_at"] == "2024-10-26T17:36:00+07:00"
    assert row["snapshot_sha256"] == with_all_kinds().snapshot.sha256


def test_lineage_leads_to_the_sentence_on_the_page(published: Path) -> None:
    links = query(published, "SELECT sentence, deep_link, source FROM lineage").to_pylist()
    assert len(links) == 4
    for row in links:
        address, _, words = row["deep_link"].partition("#:~:text=")
        assert address.startswith("https://koran.example/")
        assert unquote(words) == row["sentence"]
        assert not set(words) & set("-, &")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine AS SELECT 1",
        "DELETE FROM core.observations",
        "COPY observations TO '{folder}/out.csv'",
        "ATTACH '{folder}/other.duckdb' AS other",
        "FROM read_text('/etc/hostname')",
        "FROM '/etc/hostname'",
        "SET enable_external_access = true",
        "SELEKT 1",
        "FROM nowhere",
        "FROM published",
        "",
    ],
)
def test_a_query_reads_the_warehouse_and_nothing_else(published: Path, tmp_path: Path, sql: str) -> None:
    with pytest.raises(UsageError) as caught:
        query(published, sql.format(folder=tmp_path))
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_query_without_rows_gives_its_columns(published: Path) -> None:
    assert query(published, "SELECT metric FROM observations WHERE false").column_names == ["metric"]


def test_a_query_before_anything_is_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="cakupan ingest"):
        query(tmp_path / "cakupan.duckdb", "FROM observations")


def test_a_published_copy_that_is_something_else_is_named(tmp_path: Path) -> None:
    target = tmp_path / "cakupan.duckdb"
    target.write_text("not a database, but long enough to be looked at " * 400)
    with pytest.raises(WarehouseError, match="is not a DuckDB file"):
        query(target, "FROM observations")


def test_trace_tells_the_way_back_from_a_prefix(published: Path) -> None:
    identifier = query(
        published, "SELECT observation_id FROM observations WHERE quote = '8.380 orang' AND title = 'Judul b'"
    )["observation_id"][0].as_py()
    found = trace(published, identifier[:8].upper())
    assert found.observation_id == identifier
    assert (found.metric, found.value, found.unit) == ("participants", Decimal(8380), "person")
    assert found.sentence == WORKERS.sentence
    assert found.sentence[found.quote_start - found.sentence_start :].startswith(found.quote)
    assert (found.region_name, found.region_words) == ("Kabupaten Mempawah", "Mempawah")
    assert (found.period, found.period_basis, found.period_words) == ("2023-12-31", "stated", "Seban")
    assert found.snapshot.parts[-3] == "snapshots"
    assert found.snapshot.is_relative_to(published.parent)
    assert found.snapshot.stem == found.snapshot_sha256
    assert found.source == "https://koran.example/b"
    assert (found.first_run_id, found.last_run_id, found.closed_run_id) == ("r2", "r2", None)
    assert found.rule == "contoh"


def test_trace_finds_what_is_no_longer_stated_in_the_text_where_it_stood(published: Path) -> None:
    identifier = query(published, "SELECT observation_id FROM core.observations WHERE closed_run_id IS NOT NULL")[
        "observation_id"
    ][0].as_py()
    found = trace(published, identifier)
    assert (found.first_run_id, found.last_run_id, found.closed_run_id) == ("r1", "r1", "r2")
    assert found.quote == "39,54 persen"
    assert found.snapshot_sha256 == document("b", EDITED_RATE).snapshot.sha256


@pytest.mark.parametrize(("wanted", "reason"), [("0", "too short"), ("zzzzzz", "no observation"), ("", "short")])
def test_trace_of_nothing_says_so(published: Path, wanted: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        trace(published, wanted)


def test_trace_of_several_names_them(tmp_path: Path) -> None:
    target = tmp_path / "cakupan.duckdb"
    with open_warehouse(path_of(tmp_path)) as warehouse:
        run(warehouse, "r1", [document("a", RATE, WORKERS)])
        warehouse.connection.execute("UPDATE core.observations SET observation_id = 'abcd' || observation_id")
        publish(warehouse, target)
    with pytest.raises(UsageError, match="begins more than one identifier"):
        trace(target, "abcd")


def test_a_reader_goes_on_while_the_copy_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "cakupan.duckdb"
    script = (
        "import duckdb, sys\n"
        "reader = duckdb.connect(sys.argv[1], read_only=True)\n"
        "for line in sys.stdin:\n"
        "    print(reader.execute('SELECT count(*) FROM observations').fetchall()[0][0], flush=True)\n"
    )
    with open_warehouse(path_of(tmp_path)) as warehouse:
        run(warehouse, "r1", [document("a", RATE)])
        publish(warehouse, target)
        with subprocess.Popen(
            [sys.executable, "-c", script, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as reader:
            assert reader.stdin is not None
            assert reader.stdout is not None
            print("count", file=reader.stdin, flush=True)
            assert reader.stdout.readline() == "1\n"
            run(warehouse, "r2", [document("b", RATE, WORKERS)])
            publish(warehouse, target)
            print("count", file=reader.stdin, flush=True)
            assert reader.stdout.readline() == "1\n"
            assert query(target, "FROM observations").num_rows == 3
            reader.stdin.close()


def test_the_copy_does_not_grow_with_runs_that_change_nothing(tmp_path: Path) -> None:
    target = tmp_path / "cakupan.duckdb"
    documents = [document(f"d{number}", RATE, WORKERS) for number in range(50)]
    sizes = []
    for number in range(8):
        with open_warehouse(path_of(tmp_path)) as warehouse:
            run(warehouse, f"r{number}", documents)
            publish(warehouse, target)
        sizes.append(max(target.stat().st_size, path_of(tmp_path).stat().st_size))
    assert sizes[-1] <= 1.3 * sizes[0]
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []


def test_a_target_that_cannot_be_replaced_is_named(tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", tmp_path / "file"
    (folder / "inside").mkdir(parents=True)
    file.write_text("")
    with open_warehouse(path_of(tmp_path)) as warehouse:
        run(warehouse, "r1", [document("a", RATE)])
        for target in (folder, file / "cakupan.duckdb"):
            with pytest.raises(WarehouseError, match="cannot be opened for writing"):
                publish(warehouse, target)
        publish(warehouse, tmp_path / "a'b" / "it's here.duckdb")
    assert query(tmp_path / "a'b" / "it's here.duckdb", "FROM observations").num_rows == 1
