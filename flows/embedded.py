"""Prefect's own server for the length of one run: on loopback, quiet, offline, and gone when the run is gone.

Prefect can start such a server by itself, but leaves it running when the run is killed, prints what it says
among the project's lines, and only begins to start it when all else is loaded. This is the same application
in a process that ends with its parent and writes into a file.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

from tasks.errors import CakupanError

_START_SECONDS = 90
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",
    # As many paths as fit on a command line.
    "PREFECT_SERVER_API_MAX_PARAMETER_SIZE": "10000000",
}
_EPHEMERAL = {
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}


def prepare_prefect(home: Path) -> None:
    """Gives the flows of this process a quiet Prefect with a server; to be called before Prefect is imported.

    The server keeps its database in ``home`` and ends with this process. A server of the user's own
    (``PREFECT_API_URL``) is used instead if there is one, and no setting that the environment already has is
    changed. Raises :class:`CakupanError` when the server cannot start.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    own = os.environ.get("PREFECT_API_URL")
    if not own:
        os.environ.setdefault("PREFECT_HOME", str(home))
        _start_server(home)
    elif not _answers(own):
        raise CakupanError(own, "no Prefect server answers there", "start it, or unset PREFECT_API_URL")


def _start_server(home: Path) -> None:
    log = home / "server.log"
    process = _start_process(log)
    first = process.stdout.readline() if process.stdout else b""
    if not first.strip().isdigit():
        raise _not_started(home, log)
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{int(first)}/api"
    os.environ["NO_PROXY"] = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1")))
    # Loading Prefect takes two seconds: here, while the server does the same in its process.
    import prefect.flow_engine
    import prefect.task_engine  # noqa: F401

    if not _answers(os.environ["PREFECT_API_URL"]):
        raise _not_started(home, log)


def _start_process(log: Path) -> subprocess.Popen[bytes]:
    """The server's process; it first writes its port, which is open from then on."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as messages:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "flows.embedded"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=messages,
                env=os.environ | _EPHEMERAL,
            )
    except OSError as error:
        reason = f"cannot be written: {error.strerror or error}"
        raise CakupanError(log, reason, "mend the folder or choose another with CAKUPAN_DATA") from error
    atexit.register(_stop, process)
    return process


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Runs after Prefect's own threads have sent what they still had to send."""
    process.kill()
    process.wait()


def _answers(api: str) -> bool:
    """Whether a server is there; the embedded one answers as soon as it is ready."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(f"{api}/health", timeout=_START_SECONDS).close()
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _not_started(home: Path, log: Path) -> CakupanError:
    remedy = f"{log} says why; no figures are kept in {home}, it may be removed"
    return CakupanError("Prefect", "its embedded server did not start", remedy)


def _serve() -> None:
    """What the server process does: it serves until the parent is gone, whatever signals reach both.

    The parent never writes; its end of the pipe closes when it ends, however it ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    threading.Thread(target=_answer, args=[listener], daemon=True).start()
    sys.stdin.buffer.read()
    os._exit(0)


def _answer(listener: socket.socket) -> None:
    """Runs Prefect's application; a failure to start ends the process."""
    try:
        import uvicorn
        from prefect.server.api.server import create_app

        config = uvicorn.Config(create_app(ephemeral=True, final=True), log_level="error", lifespan="on")
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    _serve()
