"""The flow as a function: what a run changes, whatever the order, and what it leaves in Prefect's storage."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from calling import call

from tasks.errors import UsageError, WarehouseError
from tasks.records import LoadCounts

ROOT = Path(__file__).parent.parent
FIGURE = "38,54 persen"

pytestmark = pytest.mark.usefixtures("prefect")


def ingest(data: Path, *paths: Path) -> Any:
    """Runs the flow into the warehouse of a folder."""
    from flows.ingest import ingest as flow

    data.mkdir(exist_ok=True)
    return call(flow([str(path) for path in paths], str(data)))


def rows(data: Path, sql: str) -> list[dict[str, Any]]:
    from warehouse.read import query

    found: list[dict[str, Any]] = query(data / "cakupan.duckdb", sql).to_pylist()
    return found


def changes(counts: LoadCounts) -> tuple[int, int, int]:
    return counts.observations_added, counts.observations_changed, counts.observations_gone


def test_the_order_of_files_and_the_size_of_batches_do_not_matter(
    tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ingest(tmp_path / "one", articles)
    backwards = sorted(articles.iterdir(), reverse=True)
    monkeypatch.setenv("CAKUPAN_DOCUMENTS_A_BATCH", "3")
    second = ingest(tmp_path / "two", *backwards)
    assert first.counts == second.counts
    everything = "select * exclude (first_run_id, last_run_id) from observations order by observation_id"
    assert rows(tmp_path / "one", everything) == rows(tmp_path / "two", everything)


def test_a_run_logs_a_line_a_batch_and_a_summary(
    tmp_path: Path, articles: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAKUPAN_DOCUMENTS_A_BATCH", "6")
    (articles / "empty.txt").touch()
    summary = ingest(tmp_path / "data", articles, tmp_path / "nothing.txt")
    messages = [record.getMessage() for record in caplog.records if record.name == "cakupan"]
    lines = [message for message in messages if not message.startswith("findings: ")]
    starts = ("nothing.txt", "batch 1: 6 documents", "empty.txt", "batch 2: 5 documents", f"run {summary.run_id} done")
    assert len(lines) == len(starts)
    assert all(start in line for start, line in zip(starts, lines, strict=True))


def test_the_same_folder_again_changes_nothing(tmp_path: Path, articles: Path) -> None:
    first = ingest(tmp_path / "data", articles)
    second = ingest(tmp_path / "data", articles)
    assert first.counts.observations_added > 20
    assert changes(second.counts) == (0, 0, 0)
    assert second.counts.documents_unchanged == first.counts.documents_read
    assert [run["status"] for run in rows(tmp_path / "data", "from runs order by started_at")] == ["done", "done"]


def test_an_edited_figure_replaces_the_old_one_and_the_old_version_is_kept(tmp_path: Path, articles: Path) -> None:
    data, article = tmp_path / "data", articles / "01-mempawah-cakupan.txt"
    ingest(data, articles)
    before = rows(data, "from observations")
    text = article.read_text(encoding="utf-8")
    assert FIGURE in text
    article.write_text(text.replace(FIGURE, "39,61 persen"), encoding="utf-8")
    summary = ingest(data, articles)
    assert summary.counts.documents_changed == 1
    assert sum(changes(summary.counts)) > 0
    after = rows(data, "select o.value, d.source from observations o join documents d using (document_id)")
    values = {str(row["value"].normalize()) for row in after if row["source"] == article.as_uri()}
    assert "39.61" in values
    assert "38.54" not in values
    assert len(after) == len(before)
    versions = [row["text"] for row in rows(data, "select text from core.document_versions")]
    assert sum("39,61 persen" in version for version in versions) == 1
    assert len(versions) == len(list(articles.iterdir())) + 1
    assert len(list((data / "snapshots").glob("*/*.gz"))) == len(versions)


def test_article_text_stays_out_of_prefects_storage(tmp_path: Path, articles: Path) -> None:
    ingest(tmp_path / "data", articles)
    home = Path(os.environ["PREFECT_HOME"])
    stored = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert any(b"ingest" in content for content in stored)
    words = (articles / "01-mempawah-cakupan.txt").read_text(encoding="utf-8").splitlines()[-1][:60].encode()
    assert not any(words in content for content in stored)


def test_only_one_run_writes_a_warehouse(tmp_path: Path, articles: Path) -> None:
    from warehouse.store import open_warehouse

    (tmp_path / "data").mkdir()
    with (
        open_warehouse(tmp_path / "data" / "cakupan-work.duckdb"),
        pytest.raises(WarehouseError, match="is being written by"),
    ):
        ingest(tmp_path / "data", articles)


@pytest.mark.parametrize("name", ["cakupan.duckdb", "cakupan-work.duckdb"])
def test_a_file_that_is_no_warehouse_is_left_as_it_is(tmp_path: Path, articles: Path, name: str) -> None:
    (tmp_path / "data").mkdir()
    other = tmp_path / "data" / name
    other.write_bytes(b"letters of a dear friend " * 1000)
    with pytest.raises(WarehouseError, match=f"{name}: is not a DuckDB file; "):
        ingest(tmp_path / "data", articles)
    assert other.read_bytes() == b"letters of a dear friend " * 1000


def test_a_warehouse_that_cannot_be_one_is_wrong_usage(tmp_path: Path, articles: Path) -> None:
    from flows.ingest import ingest as flow

    with pytest.raises(UsageError, match=r"give a path that ends in \.duckdb"):
        call(flow([str(articles)], str(tmp_path / "nowhere")))
