"""How flows begin and end: names, states, pages for operators, turns, and what is tried again."""

from __future__ import annotations

import errno
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from calling import call
from command import Command

from tasks.errors import AuditError, WarehouseError
from tasks.settings import read_settings

pytestmark = pytest.mark.usefixtures("prefect")

HOLD = """
import fcntl, sys, time
with open(sys.argv[1], "w") as stream:
    fcntl.flock(stream, fcntl.LOCK_EX)
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_flow_called_as_a_function_gives_its_summary_with_its_failures(tmp_path: Path, articles: Path) -> None:
    from flows.ingest import ingest
    from flows.outcome import DONE_WITH_FAILURES

    (articles / "empty.txt").touch()
    (tmp_path / "data").mkdir()
    arguments = ([str(articles)], str(tmp_path / "data"))
    assert call(ingest(*arguments)).counts.documents_quarantined == 1
    state = call(ingest(*arguments, return_state=True))
    assert (state.name, state.type.value) == (DONE_WITH_FAILURES, "FAILED")
    assert "empty.txt" in state.message
    (articles / "empty.txt").unlink()
    assert call(ingest(*arguments, return_state=True)).name == "Completed"


def test_wrong_parameters_are_named_before_anything_is_done(tmp_path: Path) -> None:
    from prefect.exceptions import ParameterTypeError

    from flows.refresh import refresh
    from flows.replay import replay

    with pytest.raises(ParameterTypeError, match="since"):
        call(replay(str(tmp_path / "x.duckdb"), since="yesterday"))
    with pytest.raises(ParameterTypeError, match="schedule"):
        call(refresh(schedule="minutely"))
    assert list(tmp_path.iterdir()) == []


def test_the_page_says_what_to_do_for_each_end() -> None:
    from prefect.states import Crashed, Failed

    from flows.outcome import DONE_WITH_FAILURES, what_to_do

    run: Any = SimpleNamespace(id=uuid4(), name="refresh all sources 2026-11-25 05:00", start_time=None)
    pages = [
        what_to_do("refresh", run, state)
        for state in (
            Crashed(message="gone"),
            Failed(message="no\nroom"),
            Failed(name=DONE_WITH_FAILURES, message="a source"),
            Failed(name="TimedOut", message="late"),
        )
    ]
    assert len({page.split("\n\n")[3] for page in pages}) == 4
    assert all(page.startswith("# refresh all sources 2026-11-25 05:00: ") for page in pages)
    assert all(f"prefect flow-run retry {run.id}" in page for page in pages)
    assert "> no room\n" in pages[1]


@pytest.mark.parametrize(
    ("failure", "heals"),
    [
        (WarehouseError("x", "cannot be written: the disk is full", "free space"), True),
        (WarehouseError("x", "cannot be opened for writing", "mend its permissions"), False),
        (AuditError("x", "breaks a rule", "report it"), False),
        (ValueError("x"), False),
    ],
)
def test_only_what_can_heal_is_tried_again(failure: Exception, heals: bool) -> None:
    from flows.runs import can_heal

    state: Any = SimpleNamespace(data=failure)
    assert can_heal(None, None, state) is heals  # type: ignore[arg-type]
    if isinstance(failure, WarehouseError) and not heals:
        failure.__cause__ = OSError(errno.EBUSY, "busy")
        assert can_heal(None, None, state)


def test_a_run_is_alive_as_long_as_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.alive import is_alive

    monkeypatch.setenv("CAKUPAN_DATA", str(tmp_path))
    settings = read_settings()
    path = settings.prefect / "running" / "a.lock"
    path.parent.mkdir(parents=True)
    assert not is_alive(settings, "a")
    process = subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    assert is_alive(settings, "a")
    process.kill()
    process.wait()
    assert not is_alive(settings, "a")
    assert not path.exists()


def test_a_flow_takes_the_turn_that_its_command_has(tmp_path: Path) -> None:
    from flows.turns import take_turn

    settings = read_settings(tmp_path)
    with take_turn(settings), take_turn(settings):
        assert (tmp_path / ".lock").exists()


def test_tables_of_a_run_hold_figures_and_no_words(cakupan: Command, tmp_path: Path) -> None:
    from warehouse.overview import last_articles, readable_share, tables_of_run
    from warehouse.read import query

    assert cakupan("ingest", "seeds/articles").returncode == 0
    published = tmp_path / "data" / "cakupan.duckdb"
    (run,) = query(published, "SELECT run_id FROM runs").to_pylist()
    tables = tables_of_run(published, run["run_id"])
    observations = query(published, "SELECT observation_id, quote FROM observations").to_pylist()
    assert {row["observation_id"] for row in tables["run_figures"]} == {row["observation_id"] for row in observations}
    shown = repr(tables)
    assert not [row["quote"] for row in observations if len(row["quote"]) > 30 and row["quote"] in shown]
    assert sum(int(row["documents"]) for row in tables["run_publishers"]) == 10
    assert tables["run_quarantine"] == []
    assert tables["run_findings"]
    assert tables["region_freshness"]
    today = datetime.now(UTC).date()
    assert readable_share(published, today - timedelta(days=1)) == Decimal(1)
    assert readable_share(published, today + timedelta(days=1)) is None
    assert last_articles(published) == {}


def test_alerts_name_silent_sources_and_unreadable_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from flows import publish

    now = datetime(2026, 11, 25, tzinfo=UTC)
    emitted: list[tuple[str, str]] = []
    monkeypatch.setattr(
        publish, "emit_event", lambda event, resource, payload: emitted.append((event, resource["prefect.resource.id"]))
    )
    days = {"kumparan": 14, "sonora": 13, "unknown": 99}
    monkeypatch.setattr(
        publish,
        "last_articles",
        lambda _: {name: now.replace(tzinfo=None) - timedelta(days=each) for name, each in days.items()},
    )
    monkeypatch.setattr(publish, "readable_share", lambda *_: Decimal("0.8999"))
    publish.raise_alerts(read_settings(tmp_path), now)
    assert emitted == [
        ("cakupan.source.silent", "cakupan.source.kumparan"),
        ("cakupan.documents.unreadable", "cakupan.documents"),
    ]
    assert "kumparan: no new article for 14 days" in caplog.text
