"""Which deployed runs are alive: each holds a lock that ends with its process, however that ends.

Prefect takes a run for running until somebody says otherwise; a process that was killed, or a machine that lost its
power, says nothing.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prefect.context import FlowRunContext

from flows.turns import open_lock, try_lock
from tasks.settings import Settings, read_settings


@contextmanager
def show_alive() -> Iterator[None]:
    """Holds the lock of this run for the length of the block; does nothing for a run that no worker started."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if run is None or run.deployment_id is None:
        yield
        return
    path = _sign_of_life(read_settings(), str(run.id))
    with open_lock(path) as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


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
