"""Which deployed runs are alive: each holds a lock that ends with its process, however that ends.

Prefect takes a run for running until somebody says otherwise; a process that was killed, or a machine that lost its
power, says nothing.
"""

from __future__ import annotations

import atexit
import fcntl
from contextlib import suppress
from pathlib import Path
from typing import IO

from prefect.context import FlowRunContext

from flows.turns import open_lock, try_lock
from tasks.settings import Settings, read_settings

_signs: list[IO[str]] = []
"""Locks that this process holds until it ends: files that nothing refers to would be closed."""


def show_alive() -> None:
    """Holds the lock of this run until its process ends; does nothing for a run that no worker started.

    Not only until its flow ends: with a server that is away, the process may still wait to say how the run ended.
    """
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if run is None or run.deployment_id is None:
        return
    path = _sign_of_life(read_settings(), str(run.id))
    while True:
        stream = open_lock(path)
        fcntl.flock(stream, fcntl.LOCK_EX)
        _signs.append(stream)
        # Who looks for runs that are gone may have removed the file after it was opened and before it was locked.
        if path.exists():
            break
    atexit.register(path.unlink, missing_ok=True)


def is_alive(settings: Settings, flow_run_id: str) -> bool:
    """Whether a process of this machine is at work on a run; forgets the lock of one that is gone."""
    path = _sign_of_life(settings, flow_run_id)
    with suppress(FileNotFoundError), path.open("r+") as stream:
        if not try_lock(stream):
            return True
        path.unlink(missing_ok=True)
    return False


def _sign_of_life(settings: Settings, flow_run_id: str) -> Path:
    return settings.prefect / "running" / f"{flow_run_id}.lock"
