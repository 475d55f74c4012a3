"""What prefect.yaml, automations.yaml and the files of deploy/ say is what the flows take and the docs promise."""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import COMMAND, ROOT, Command, environment

from tasks.errors import CakupanError

DOCS = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
EXPECTED = {
    "refresh/daily": ("0 5 * * *", "CANCEL_NEW", {}),
    "refresh/hourly-news": ("30 * * * *", "CANCEL_NEW", {"schedule": "hourly"}),
    "ingest/manual": (None, "ENQUEUE", {"paths": ["seeds/articles"]}),
    "replay/manual": (None, "ENQUEUE", {"adopt": False}),
    "publish/nightly": ("0 1 * * *", "CANCEL_NEW", {}),
}

pytestmark = pytest.mark.usefixtures("prefect")


def test_the_five_deployments_are_what_the_docs_say() -> None:
    from flows.deployments import POOL, read_deployments

    found = read_deployments()
    assert {each.full_name for each in found} == set(EXPECTED)
    rows = dict(re.findall(r"^\| `([a-z]+/[a-z-]+)` \| ([^|]+) \|", DOCS, re.MULTILINE))
    assert set(rows) == set(EXPECTED)
    for each in found:
        cron, strategy, parameters = EXPECTED[each.full_name]
        schedules = each.described.get("schedules") or []
        assert [(one["cron"], one["timezone"]) for one in schedules] == ([(cron, "Asia/Jakarta")] if cron else [])
        assert each.described["concurrency_limit"] == {"limit": 1, "collision_strategy": strategy}
        assert each.described["parameters"] == parameters
        assert each.described["work_pool"]["name"] == POOL
        assert each.described["enforce_parameter_schema"] is True
        assert {"cakupan", "writes"} <= set(each.described["tags"])
        (row,) = re.findall(rf"^\| `{each.full_name}` \|.*$", DOCS, re.MULTILINE)
        assert ("is cancelled" in row) == (strategy == "CANCEL_NEW")
        assert "by hand" in row or cron is not None
        if cron and not cron.startswith("30 *"):
            minute, hour = cron.split()[:2]
            assert f"{int(hour):02}:{int(minute):02}" in row


def test_each_parameter_is_typed_and_described() -> None:
    from flows.deployments import read_deployments

    for each in read_deployments():
        for name, field in each.flow.parameters.properties.items():
            assert field.get("description"), (each.full_name, name)
            assert field.keys() & {"type", "anyOf", "enum"}, (each.full_name, name)
        assert each.flow.timeout_seconds
        assert each.flow.persist_result is False
        assert len(each.flow.on_failure_hooks) == len(each.flow.on_crashed_hooks) == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "collision_strategy: ENQUEUE",
            "colision_strategy: ENQUEUE",
            "limit has the unknown key colision_",
        ),
        (
            "collision_strategy: ENQUEUE",
            "collision_strategy: WAIT",
            "collision_strategy is none of CANCEL_NEW",
        ),
        ("    concurrency_limit:", "    concurency_limit:", "has the unknown key concurency_limit"),
        ("timezone: Asia/Jakarta", "timezone: Asia/Jakrta", 'timezone: Value error, Invalid timezone: "Asia/Jakrta"'),
        ('cron: "0 5 * * *"', 'cron: "0 25 * * *"', "cron: Value error, Invalid cron string"),
        ("schedule: hourly", "schedule: minutely", "schedule"),
        ("      schedule: hourly", "      schedul: hourly", "parameters: schedul is none of refresh"),
        ("flows/publish.py:publish_nightly", "flows/publish.py:nothing", "entrypoint cannot be loaded"),
        ("prefect-version:", "prefect_versions:", "the file has the unknown key prefect_versions"),
        ("deployments:", "deployments: [", "cannot be read"),
    ],
)
def test_what_prefect_would_pass_over_is_named(tmp_path: Path, before: str, after: str, said: str) -> None:
    from flows.deployments import read_deployments

    text = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "flows").symlink_to(ROOT / "flows")
    path = tmp_path / "prefect.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CakupanError, match=re.escape(said)) as raised:
        read_deployments(path)
    assert len(str(raised.value).splitlines()) == 1


def test_automations_listen_for_what_is_emitted(tmp_path: Path) -> None:
    from flows.deployments import read_automations
    from flows.outcome import DONE_WITH_FAILURES
    from flows.publish import SOURCE_SILENT, UNREADABLE

    automations = read_automations()
    events: set[str] = set()
    for each in automations:
        trigger: Any = each.trigger
        events |= trigger.expect
    assert {SOURCE_SILENT, UNREADABLE, "prefect.flow-run.Crashed", f"prefect.flow-run.{DONE_WITH_FAILURES}"} <= events
    wrong = tmp_path / "automations.yaml"
    wrong.write_text("automations:\n  - name: a\n    trigger: {type: event, posture: Sometimes}\n    actions: []\n")
    with pytest.raises(CakupanError, match=r"mend it; docs/deploy\.md describes it"):
        read_automations(wrong)


def test_compose_and_unit_name_what_there_is() -> None:
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    from flows.up import SERVER

    server = compose["services"]["server"]
    assert server["ports"] == ["127.0.0.1:4200:4200"]
    assert SERVER.items() <= server["environment"].items()
    worker = compose["services"]["worker"]
    assert worker["command"] == ["cakupan", "up"]
    assert worker["environment"]["PREFECT_API_URL"] == "http://server:4200/api"
    unit = (ROOT / "deploy" / "cakupan.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/cakupan/.venv/bin/cakupan up\n" in unit
    assert "git clone ADDRESS /opt/cakupan" in DOCS


def test_backup_and_restore_as_the_docs_say(sample: Command, sample_data: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", DOCS.partition("## Backup and restore")[2], re.DOTALL)
    backup, restore = blocks
    archive, restored = tmp_path / "backup.tar.gz", tmp_path / "restored"
    path = {"PATH": f"{COMMAND.parent}:/usr/bin:/bin", "BACKUP": str(archive)}
    subprocess.run(["bash", "-euc", backup], check=True, env=environment(sample_data) | path)
    done = subprocess.run(
        ["bash", "-euc", restore], check=True, env=environment(restored) | path, capture_output=True, text=True
    )
    assert "every audit passes" in done.stdout
    query = shlex.split("query 'from observations order by observation_id' --format csv")
    assert sample(*query).stdout == sample(*query, "--warehouse", restored).stdout
    assert not (restored / "prefect").exists()


def up(data: Path, **more: str) -> str:
    """The one line that `cakupan up` says when it cannot start."""
    done = subprocess.run([COMMAND, "up"], capture_output=True, text=True, timeout=60, env=environment(data) | more)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_up_says_in_one_line_why_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert up(tmp_path / "file").startswith(f"{tmp_path}/file: cannot be written: File exists; mend it or choose")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = up(tmp_path / "data", CAKUPAN_SERVER_PORT=port)
    assert said.startswith(f"127.0.0.1:{port}: cannot be listened on: Address already in use; choose another with ")
    said = up(tmp_path / "data", PREFECT_API_URL="http://127.0.0.1:9/api")
    assert said.startswith("http://127.0.0.1:9/api: no Prefect server answers there; start it, or unset ")
