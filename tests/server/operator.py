"""A machine with `cakupan up`, and what an operator does with it: the real programs in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
from command import COMMAND, ROOT, environment

PREFECT = Path(sys.executable).with_name("prefect")
Found = TypeVar("Found")


@dataclass
class Machine:
    """One data folder, and the server, worker and runs that work on it."""

    folder: Path
    more: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[str] | None = None

    def __post_init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def environment(self) -> dict[str, str]:
        """What an operator's shell has; waits of the server are shortened, nothing is switched off."""
        return {
            **environment(self.data),
            "CAKUPAN_SERVER_PORT": str(self.port),
            "CAKUPAN_ALLOWED_HOSTS": ".localhost",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
            **self.more,
        }

    def up(self) -> None:
        """Starts everything and waits until it says where it is."""
        messages = (self.folder / "up.log").open("a")
        self.process = subprocess.Popen(
            [COMMAND, "up"], stdout=subprocess.PIPE, stderr=messages, text=True, cwd=ROOT, env=self.environment
        )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        assert first.startswith("Prefect "), (self.folder / "up.log").read_text()

    def down(self) -> int:
        """Stops everything as Ctrl-C does; gives the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def lose_power(self) -> None:
        """Kills all processes at once, the command first so that it starts nothing again."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(lambda: not self.processes())

    def processes(self, *words: str) -> list[int]:
        """Processes of this machine whose command has these words, told by the data folder in their environment."""
        sign = f"CAKUPAN_DATA={self.data}".encode()
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if sign in (place / "environ").read_bytes().split(b"\0") and all(word in command for word in words):
                    found.append(int(place.name))
        return found

    def prefect(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Prefect's own command against this machine's server."""
        home = {"PREFECT_API_URL": self.api, "PREFECT_HOME": str(self.folder / "home"), "COLUMNS": "200"}
        return subprocess.run(
            [PREFECT, "--no-prompt", *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
            env={**self.environment, **home},
        )

    def command(self, deployment: str, **parameters: object) -> str:
        """`prefect deployment run` with parameters, as the docs have it; gives the identifier of the run."""
        named = [word for key, value in parameters.items() for word in ("--param", f"{key}={json.dumps(value)}")]
        before = {run["id"] for run in self.runs()}
        done = self.prefect("deployment", "run", deployment, *named)
        assert done.returncode == 0, done.stdout + done.stderr
        (created,) = {run["id"] for run in self.runs() if not run["auto_scheduled"]} - before
        return str(created)

    def start(self, deployment: str, **parameters: object) -> str:
        """The same as a click in the UI does it."""
        path = f"deployments/{self.deployment(deployment)['id']}/create_flow_run"
        run = self.ask(path, {"parameters": parameters, "state": {"type": "SCHEDULED"}})
        return str(run["id"])

    def ask(self, path: str, body: object = None) -> Any:
        """A request to the server's API: POST with a body, else GET; 503 is a busy database, to be asked again."""
        method = "GET" if body is None else "POST"
        answer = httpx.request(method, f"{self.api}/{path}", json=body, timeout=30)
        while answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            time.sleep(0.5)
            answer = httpx.request(method, f"{self.api}/{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def runs(self, **wanted: object) -> list[dict[str, Any]]:
        return list(self.ask("flow_runs/filter", {"limit": 200, **wanted}))

    def state(self, run_id: str) -> str:
        return str(self.ask(f"flow_runs/{run_id}")["state"]["name"])

    def wait(self, run_id: str, *states: str, seconds: float = 60) -> str:
        """Waits until a run is in one of the states."""
        return until(lambda: (state := self.state(run_id)) in states and state, seconds)

    def artifacts(self, run_id: str) -> dict[str, Any]:
        """The data of a run's artifacts by key."""
        found = self.ask("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run_id]}}, "limit": 200})
        return {each["key"]: each["data"] for each in found}

    def deployment(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ask(f"deployments/name/{name}")
        return found

    def taken_slots(self, deployment: str) -> int:
        limit = self.deployment(deployment)["global_concurrency_limit"]["id"]
        return int(self.ask(f"v2/concurrency_limits/{limit}")["active_slots"])

    def rows(self, sql: str) -> list[dict[str, Any]]:
        from warehouse.read import query

        found: list[dict[str, Any]] = query(self.data / "cakupan.duckdb", sql).to_pylist()
        return found


def until(look: Callable[[], Found], seconds: float = 60) -> Found:
    """Looks again and again until there is something; fails when there is nothing in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            if found := look():
                return found
        time.sleep(0.2)
    raise AssertionError(f"nothing within {seconds} seconds")


def running(folder: Path, **more: str) -> Iterator[Machine]:
    """A machine that is up, and of which nothing is left at the end."""
    folder.mkdir(exist_ok=True)
    machine = Machine(folder, more)
    machine.up()
    try:
        yield machine
    finally:
        machine.lose_power()
