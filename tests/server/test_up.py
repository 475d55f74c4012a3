"""`cakupan up` with the real server, worker and schedule: what an operator is promised in docs/deploy.md."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from .operator import Machine, until

pytestmark = pytest.mark.server

EVERY_RUN = {"run", "sources", "new-figures", "findings", "quarantine", "freshness", "published-copy", "progress"}


def test_schedules_produce_runs_at_the_times_that_are_described(machine: Machine) -> None:
    for name, minute, hours in (
        ("refresh/daily", 0, {5}),
        ("refresh/hourly-news", 30, set(range(24))),
        ("publish/nightly", 0, {1}),
    ):
        deployment = machine.deployment(name)
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        wanted = {"deployments": {"id": {"any_": [deployment["id"]]}}}
        runs = until(lambda wanted=wanted: machine.runs(**wanted))
        times = [datetime.fromisoformat(run["expected_start_time"]) for run in runs]
        local = [each.astimezone(ZoneInfo("Asia/Jakarta")) for each in times]
        assert len(local) >= 3
        assert {each.minute for each in local} == {minute}
        assert {each.hour for each in local} <= hours
        assert {run["state"]["name"] for run in runs} == {"Scheduled"}
    for name in ("ingest/manual", "replay/manual"):
        assert machine.deployment(name)["schedules"] == []
        assert machine.deployment(name)["concurrency_options"]["collision_strategy"] == "ENQUEUE"


def test_a_run_by_hand_has_its_artifacts_and_its_name(machine: Machine) -> None:
    run_id = machine.command("ingest/manual", paths=["seeds/articles"])
    assert machine.wait(run_id, "Completed", "Failed", "Crashed") == "Completed"
    run = machine.ask(f"flow_runs/{run_id}")
    due = datetime.fromisoformat(run["expected_start_time"]).astimezone(ZoneInfo("Asia/Jakarta"))
    assert run["name"] == f"ingest seeds/articles {due:%Y-%m-%d %H:%M}"
    found = machine.artifacts(run_id)
    assert set(found) == EVERY_RUN
    assert found["progress"] == 100.0
    assert found["run"].startswith(f"# {run['name']}: done\n")
    assert "10 documents read: 10 new" in found["run"]
    figures = json.loads(found["new-figures"])
    assert {"region", "metric", "value", "publisher", "observation_id"} <= set(figures[0])
    assert len(figures) == machine.rows("SELECT count(*) AS n FROM observations")[0]["n"]
    logs = machine.ask("logs/filter", {"logs": {"flow_run_id": {"any_": [run_id]}}})
    assert any(each["message"].startswith("batch 1: 10 documents read") for each in logs)


def test_a_scheduled_run_happens_at_its_time_by_itself(machine: Machine, sources: Path) -> None:
    """An additional schedule of refresh/daily, some seconds ahead; nobody starts anything."""
    due = datetime.now(UTC) + timedelta(seconds=9)
    due = due.replace(microsecond=0)
    deployment = machine.deployment("refresh/daily")
    interval = {"interval": 86_400, "anchor_date": due.isoformat(), "timezone": "Asia/Jakarta"}
    schedule = {"schedule": interval, "active": True, "parameters": {"file": str(sources), "sources": ["harian"]}}
    machine.ask(f"deployments/{deployment['id']}/schedules", [schedule])

    def begun() -> str | None:
        for run in machine.runs(deployments={"id": {"any_": [deployment["id"]]}}):
            if run["run_count"] and run["auto_scheduled"]:
                return str(run["id"])
        return None

    run_id = until(begun)
    assert machine.wait(run_id, "Completed", "Failed", "Crashed") == "Completed"
    run = machine.ask(f"flow_runs/{run_id}")
    late = datetime.fromisoformat(run["start_time"]) - due
    # Prefect holds a run back by whole seconds: what is left of one is too early.
    assert timedelta(seconds=-1) < late < timedelta(seconds=60)
    assert run["name"].startswith("refresh harian 20")
    (counts,) = json.loads(machine.artifacts(run_id)["sources"])
    assert (counts["source"], counts["new"], counts["failed"]) == ("harian", "4", "0")


def test_a_source_that_fails_makes_the_run_red_and_is_named(machine: Machine, sources: Path) -> None:
    run_id = machine.command("refresh/daily", sources=["harian", "mati"], file=str(sources))
    assert machine.wait(run_id, "Completed", "DoneWithFailures", "Failed") == "DoneWithFailures"
    run = machine.ask(f"flow_runs/{run_id}")
    assert run["state"]["type"] == "FAILED"
    assert "mati" in run["state"]["message"]
    found = machine.artifacts(run_id)
    assert "**Failures**" in found["run"]
    assert "mati" in found["run"]
    assert "what-to-do" in found
    assert f"prefect flow-run logs {run_id}" in found["what-to-do"]
    assert machine.rows("SELECT status FROM runs ORDER BY started_at DESC LIMIT 1") == [
        {"status": "done with failures"}
    ]


def test_hourly_news_takes_the_sources_of_that_schedule(machine: Machine, sources: Path) -> None:
    run_id = machine.start("refresh/hourly-news", file=str(sources))
    assert machine.wait(run_id, "Completed", "DoneWithFailures", "Failed") == "Completed"
    counts = json.loads(machine.artifacts(run_id)["sources"])
    assert [each["source"] for each in counts] == ["harian"]
    assert machine.ask(f"flow_runs/{run_id}")["name"].startswith("refresh hourly sources ")


def test_wrong_parameters_are_refused_before_anything_runs(machine: Machine) -> None:
    before = {run["id"] for run in machine.runs()}
    refused = machine.prefect("deployment", "run", "refresh/daily", "--param", "sources=7")
    assert refused.returncode == 1
    assert "sources" in refused.stdout + refused.stderr
    unknown = machine.prefect("deployment", "run", "refresh/daily", "--param", "source=harian")
    assert unknown.returncode == 1
    assert "source" in unknown.stdout + unknown.stderr
    assert {run["id"] for run in machine.runs()} == before


def test_the_night_publishes_and_says_which_sources_are_silent(machine: Machine) -> None:
    run_id = machine.start("publish/nightly")
    assert machine.wait(run_id, "Completed", "Failed", "Crashed") == "Completed"
    assert EVERY_RUN - {"progress"} <= set(machine.artifacts(run_id))
    names = {each["name"] for each in machine.ask("automations/filter", {})}
    assert len({name for name in names if name.startswith("cakupan - ")}) == 4
