"""Accidents with the real programs: two runs at a time, kill -9, a server that is gone, power that fails."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from command import run as command
from local_site import LocalSite

from .operator import Machine, until

pytestmark = pytest.mark.server

ENDS = ("Completed", "DoneWithFailures", "Failed", "Crashed", "Cancelled", "TimedOut")
SEEN = """
SELECT d.source, d.text_sha256, o.metric, o.value, o.region_code, o.period, o.quote
FROM documents d LEFT JOIN observations o USING (document_id) WHERE d.source LIKE '%//{host}%' ORDER BY ALL
"""


@pytest.fixture
def slowly(site: LocalSite) -> Iterator[None]:
    """Each page takes its time, so that a run can be met in the middle."""
    site.latency = 0.5
    yield
    site.latency = 0.0


def seen(machine: Machine, host: str) -> list[dict[str, Any]]:
    return machine.rows(SEEN.format(host=host))


def begin(machine: Machine, site: LocalSite, source: str, file: Path) -> str:
    """Starts a refresh, waits until its first batch is loaded, and holds up the others."""
    run_id = machine.start("refresh/daily", sources=[source], file=str(file))
    until(lambda: machine.artifacts(run_id).get("progress"))
    site.latency = 5.0
    return run_id


@pytest.mark.usefixtures("slowly")
def test_a_second_run_is_cancelled_or_waits_as_its_deployment_says(
    machine: Machine, site: LocalSite, sources: Path, articles: Path
) -> None:
    first = begin(machine, site, "satu", sources)
    second = machine.start("refresh/daily", sources=["satu"], file=str(sources))
    others = [machine.start("ingest/manual", paths=[str(articles)]) for _ in range(2)]
    assert machine.wait(second, *ENDS) == "Cancelled"
    until(lambda: {machine.state(each) for each in others} == {"Running", "AwaitingConcurrencySlot"})
    assert machine.state(first) == "Running"
    site.latency = 0.0
    assert [machine.wait(each, *ENDS) for each in (first, *others)] == ["Completed"] * 3
    assert len({row["source"] for row in seen(machine, "satu")}) == 24
    assert machine.rows("SELECT count(*) AS n FROM runs WHERE status = 'running'") == [{"n": 0}]


@pytest.mark.usefixtures("slowly")
def test_a_worker_that_is_killed_leaves_a_crashed_run_and_the_next_one_completes_it(
    machine: Machine, site: LocalSite, sources: Path, tmp_path: Path
) -> None:
    killed = begin(machine, site, "dua", sources)
    (worker,) = machine.processes("worker start")
    os.kill(worker, signal.SIGKILL)
    for pid in machine.processes("prefect.engine"):
        os.kill(pid, signal.SIGKILL)
    assert machine.wait(killed, *ENDS) == "Crashed"
    assert "its process is gone" in machine.ask(f"flow_runs/{killed}")["state"]["message"]
    assert "what-to-do" in machine.artifacts(killed)
    site.latency = 0.0
    following = machine.start("refresh/daily", sources=["dua"], file=str(sources))
    assert machine.wait(following, *ENDS) == "Completed"

    whole = Machine(tmp_path)
    file = ("--file", sources, "--source", "dua")
    assert command("refresh", *file, data=whole.data, more={"CAKUPAN_ALLOWED_HOSTS": ".localhost"}).returncode == 0
    assert len(seen(whole, "dua")) >= 24
    assert seen(machine, "dua") == seen(whole, "dua")


@pytest.mark.usefixtures("slowly")
def test_a_server_that_is_gone_for_a_minute_loses_no_work(machine: Machine, site: LocalSite, sources: Path) -> None:
    run_id = begin(machine, site, "tiga", sources)
    gone_until = time.monotonic() + 60
    while time.monotonic() < gone_until:
        # What is started again in its place dies as well.
        for server in machine.processes("server start"):
            with suppress(ProcessLookupError):
                os.kill(server, signal.SIGKILL)
        time.sleep(0.2)
    until(lambda: machine.processes("server start"))
    site.latency = 0.0
    assert machine.wait(run_id, *ENDS, seconds=240) == "Completed"
    assert len({row["source"] for row in seen(machine, "tiga")}) == 24
    assert machine.artifacts(run_id)["run"].startswith("# refresh tiga ")
    until(lambda: machine.taken_slots("refresh/daily") == 0)
    following = machine.start("refresh/daily", sources=["tiga"], file=str(sources))
    assert machine.wait(following, *ENDS, seconds=120) == "Completed"


def test_a_run_that_nobody_took_is_closed_and_a_slot_that_nobody_holds_is_free(machine: Machine) -> None:
    """What a server leaves that is killed while it hands a run to a worker; and a slot that it lost count of."""
    path = f"deployments/{machine.deployment('publish/nightly')['id']}/create_flow_run"
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    scheduled = {"type": "SCHEDULED", "state_details": {"scheduled_time": later}}
    handed = machine.ask(path, {"state": scheduled})["id"]
    machine.ask(f"flow_runs/{handed}/set_state", {"state": {"type": "PENDING"}})
    limit = machine.deployment("ingest/manual")["global_concurrency_limit"]["name"]
    machine.ask("v2/concurrency_limits/increment", {"names": [limit], "slots": 1, "mode": "concurrency"})
    assert machine.taken_slots("publish/nightly") == 1
    assert machine.taken_slots("ingest/manual") == 1
    assert machine.wait(handed, *ENDS, seconds=180) == "Crashed"
    until(lambda: machine.taken_slots("publish/nightly") == machine.taken_slots("ingest/manual") == 0, seconds=120)


def test_a_work_pool_that_was_deleted_comes_back_with_its_deployments(machine: Machine) -> None:
    assert machine.prefect("work-pool", "delete", "cakupan").returncode == 0
    until(lambda: machine.deployment("publish/nightly")["work_pool_name"] is None)
    until(lambda: machine.deployment("publish/nightly")["work_pool_name"] == "cakupan", seconds=120)
    assert "the work pool or its deployments are gone" in (machine.folder / "up.log").read_text()
    run_id = machine.start("ingest/manual", paths=["seeds/articles"])
    assert machine.wait(run_id, *ENDS, seconds=120) == "Completed"


@pytest.mark.usefixtures("slowly")
def test_after_a_loss_of_power_and_a_day_all_is_put_in_order(machine: Machine, site: LocalSite, sources: Path) -> None:
    site.latency = 2.0
    lost = machine.start("refresh/daily", sources=["harian"], file=str(sources))
    machine.wait(lost, "Running")
    before = {run["id"] for run in machine.runs() if run["state_type"] != "SCHEDULED"}
    machine.lose_power()
    let_a_day_pass(machine)

    machine.up()
    assert machine.state(lost) == "Crashed"
    for name in ("refresh/daily", "refresh/hourly-news", "publish/nightly"):
        deployment = machine.deployment(name)
        known = {"deployments": {"id": {"any_": [deployment["id"]]}}}

        def began(known: Any = known) -> list[dict[str, Any]]:
            return [run for run in machine.runs(**known) if run["run_count"] and run["id"] not in before]

        # Nobody outside is asked: a refresh of the project's own sources ends at once, because no contact is set.
        (caught_up,) = until(began)
        assert machine.wait(caught_up["id"], *ENDS) in {"Completed", "Failed"}
        assert len(began()) == 1
        cancelled = [run for run in machine.runs(**known) if run["state_type"] == "CANCELLED" and not run["run_count"]]
        assert len([run for run in cancelled if run["id"] not in before]) >= 2
        until(lambda name=name: machine.taken_slots(name) == 0)
    assert machine.down() == 0
    assert machine.processes() == []


A_WEEK_EARLIER = (
    """
    UPDATE flow_run_state
    SET state_details = json_set(
        state_details,
        '$.scheduled_time',
        strftime('%Y-%m-%dT%H:%M:%SZ', json_extract(state_details, '$.scheduled_time'), '-7 days')
    )
    WHERE id IN (SELECT state_id FROM flow_run WHERE auto_scheduled AND state_type = 'SCHEDULED')
    """,
    """
    UPDATE flow_run
    SET
        next_scheduled_start_time = datetime(next_scheduled_start_time, '-7 days'),
        expected_start_time = datetime(expected_start_time, '-7 days')
    WHERE auto_scheduled AND state_type = 'SCHEDULED'
    """,
)


def let_a_day_pass(machine: Machine) -> None:
    """What was scheduled for the future was due some days ago."""
    with closing(sqlite3.connect(machine.data / "prefect" / "prefect.db")) as connection, connection:
        for statement in A_WEEK_EARLIER:
            connection.execute(statement)
