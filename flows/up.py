"""The command `up`: server, work pool, deployments, automations and worker on one machine, until it is stopped.

With ``PREFECT_API_URL`` the server is somebody else's and all the rest is done for it. A program that ends by itself
is started again; what its runs left behind is put in order first.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from asyncio.subprocess import Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from flows.failures import DONE
from flows.run import print_log
from flows.show import complain, say
from tasks.errors import CakupanError
from tasks.settings import Settings, read_settings

_START_SECONDS = 120
_STOP_SECONDS = 30
_LOOK_SECONDS = 1
_PAUSE_SECONDS = 5
_TIDY_SECONDS = 15
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SERVER = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # Leases outlive a server that is started again: its runs go on instead of losing their slot.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # And they outlive the time that the server was away: a run that comes too late to renew its lease would be ended.
    # Slots come back when runs are closed: flows/left_behind.py.
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED": "false",
    # Runs of more than 90 days ago leave the server; the warehouse keeps its own history.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # As many paths as fit on a command line.
    "PREFECT_SERVER_API_MAX_PARAMETER_SIZE": "10000000",
}
"""What a server is told, wherever it runs: deploy/compose.yaml has the same."""
_QUIET = {"PREFECT_LOGGING_LEVEL": "WARNING", "PREFECT_CLI_PROMPT": "false"}


def run_all(*, only_prepare: bool = False) -> int:
    """Runs everything until a signal; with ``only_prepare`` makes the deployments and ends. Gives the exit status."""
    settings = read_settings()
    require_writable(settings.data)
    print_log()
    return asyncio.run(_Up(settings).run(only_prepare=only_prepare))


def require_writable(folder: Path) -> None:
    """Raises :class:`CakupanError` when nothing can be made in a folder."""
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = f"cannot be written: {error.strerror or error}"
        raise CakupanError(folder, reason, "mend it or choose another folder with CAKUPAN_DATA") from error


class _Up:
    """The programs that are at work, and how they are started and stopped."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._own_server = not os.environ.get("PREFECT_API_URL")
        self._stopping = asyncio.Event()
        self._server: Process | None = None
        self._worker: Process | None = None

    async def run(self, *, only_prepare: bool) -> int:
        self._prepare_environment()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._stopping.set)
        try:
            if self._own_server:
                await self._start_server()
            else:
                await _wait_for(os.environ["PREFECT_API_URL"], None, seconds=10)
            await self._prepare_server()
            if not only_prepare and not self._stopping.is_set():
                await self._start_worker()
                self._say_where()
                await self._watch_and_tidy()
        finally:
            await _stop(self._worker)
            await _stop(self._server)
        return DONE

    def _prepare_environment(self) -> None:
        """Before Prefect is imported: this process and its children use one server and one home."""
        settings = self._settings
        for name, value in _QUIET.items():
            os.environ.setdefault(name, value)
        os.environ["CAKUPAN_DATA"] = str(settings.data)
        if self._own_server:
            os.environ["PREFECT_HOME"] = str(settings.prefect)
            os.environ["PREFECT_API_URL"] = f"http://{_reachable(settings.server_host)}:{settings.server_port}/api"
            os.environ["NO_PROXY"] = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1")))

    async def _start_server(self) -> None:
        settings = self._settings
        _require_free(settings.server_host, settings.server_port)
        # Prefect takes the lock of a server that died for held when the number of its process is in use again.
        (settings.prefect / "concurrency_leases" / "expirations.lock").unlink(missing_ok=True)
        arguments = ["server", "start", "--host", settings.server_host, "--port", str(settings.server_port)]
        self._server = await self._start(arguments, "server.log", SERVER)
        await _wait_for(os.environ["PREFECT_API_URL"], self._server, log=settings.prefect / "server.log")

    async def _start_worker(self) -> None:
        from flows.deployments import POOL

        arguments = [
            "worker",
            "start",
            "--pool",
            POOL,
            "--type",
            "process",
            "--name",
            f"cakupan-{socket.gethostname()}",
        ]
        self._worker = await self._start(arguments, "worker.log", {"PREFECT_LOGGING_LEVEL": "INFO"})

    async def _start(self, arguments: list[str], log: str, more: Mapping[str, str]) -> Process:
        """One of Prefect's programs, in a group of its own so that a signal to this process is not one to it."""
        path = self._settings.prefect / log
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as messages:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "prefect", *arguments),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=messages,
                stderr=messages,
                env={**more, **os.environ} if self._own_server else {**os.environ},
                start_new_session=True,
            )

    async def _prepare_server(self) -> None:
        """Work pool, deployments and automations; and what died is closed before anything new begins."""
        from prefect.client.orchestration import get_client

        from flows.deployments import deploy_all
        from flows.left_behind import put_in_order

        async with get_client() as client:
            await deploy_all(client)
            await put_in_order(client, self._settings)

    async def _watch_and_tidy(self) -> None:
        """Until this process is told to stop; what waits for a server that is away keeps nobody from starting it."""
        tidying = asyncio.create_task(self._tidy())
        try:
            await self._watch()
        finally:
            tidying.cancel()

    async def _tidy(self) -> None:
        """Puts in order again and again what a server or a run that died leaves behind."""
        from prefect.client.orchestration import get_client

        from flows.deployments import are_deployed, deploy_all
        from flows.left_behind import keep_in_order

        said = ""
        while True:
            await asyncio.sleep(_TIDY_SECONDS)
            try:
                async with get_client() as client:
                    if not await are_deployed(client):
                        complain("the work pool or its deployments are gone, and nothing would run; all is made again")
                        await deploy_all(client)
                    await keep_in_order(client, self._settings)
                said = ""
            # Whatever it is must not end the programs that are at work; a server that is away for long is named once.
            except Exception as error:
                if said != (said := str(error)):
                    complain(f"what died is not put in order: {error}; tried again every {_TIDY_SECONDS} seconds")

    async def _watch(self) -> None:
        """Starts again what ends by itself, until this process is told to stop."""
        while not self._stopping.is_set():
            pause = _LOOK_SECONDS
            try:
                await self._mend()
            # Whatever keeps a program from starting now, a later try may find mended; runs wait for it meanwhile.
            except Exception as error:
                complain(f"{error}; tried again in {_PAUSE_SECONDS} seconds")
                pause = _PAUSE_SECONDS
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)

    async def _mend(self) -> None:
        """Starts the server and the worker again where they have ended."""
        from prefect.client.orchestration import get_client

        from flows.left_behind import put_in_order

        if self._server and self._server.returncode is not None:
            complain("the server has ended and is started again; see server.log")
            await self._start_server()
        if self._worker and self._worker.returncode is not None:
            complain("the worker has ended and is started again; see worker.log")
            async with get_client() as client:
                await put_in_order(client, self._settings)
            await self._start_worker()

    def _say_where(self) -> None:
        from flows.deployments import read_deployments

        address = os.environ["PREFECT_API_URL"].removesuffix("/api")
        say(f"Prefect   {address}")
        say(f"data      {self._settings.data}")
        for each in read_deployments():
            times = [f"{schedule['cron']} {schedule['timezone']}" for schedule in each.described.get("schedules") or []]
            say(f"          {each.full_name:22} {', '.join(times) or 'by hand'}")
        say(f"by hand   PREFECT_API_URL={address}/api prefect deployment run refresh/daily")
        say("stop      Ctrl-C")
        sys.stdout.flush()


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} | _LOOPBACK else host  # noqa: S104


def _require_free(host: str, port: int) -> None:
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        reason = f"cannot be listened on: {os.strerror(error.errno) if error.errno else error}"
        raise CakupanError(f"{host}:{port}", reason, "choose another with CAKUPAN_SERVER_PORT") from error


async def _wait_for(
    api: str, process: Process | None, *, seconds: float = _START_SECONDS, log: Path | None = None
) -> None:
    """Waits until a server answers; raises :class:`CakupanError` when it ends or does not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if await asyncio.to_thread(_answers, api):
            return
        if process is not None and process.returncode is not None:
            raise CakupanError("Prefect", "its server did not start", f"{log} says why")
        await asyncio.sleep(0.3)
    remedy = f"{log} says why" if log else "start it, or unset PREFECT_API_URL"
    raise CakupanError(api, "no Prefect server answers there", remedy)


def _answers(api: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{api}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


async def _stop(process: Process | None) -> None:
    """Ends a program: asks, waits, and then insists."""
    if process is None or process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
