"""Who may work in a data folder: a lock that ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tasks.errors import CakupanError
from tasks.settings import Settings

log = logging.getLogger("cakupan")
_held: set[Path] = set()
"""Folders in which this process is at work: a command takes its turn, and so does the flow that it runs."""


@contextmanager
def take_turn(settings: Settings) -> Iterator[None]:
    """Waits until no other run works in the same folder; a killed one gives way by itself."""
    if settings.data in _held:
        yield
        return
    with open_lock(settings.data / ".lock") as stream:
        if not try_lock(stream):
            log.warning("%s: another run is at work here; waiting for it to end", settings.data)
            fcntl.flock(stream, fcntl.LOCK_EX)
        _held.add(settings.data)
        try:
            yield
        finally:
            _held.discard(settings.data)


def try_lock(stream: IO[str]) -> bool:
    """Locks a file unless another process has; whether it did."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_lock(path: Path) -> IO[str]:
    """Opens a file to be locked; raises :class:`CakupanError` where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w")
    except OSError as error:
        reason = f"cannot be written: {error.strerror or error}"
        raise CakupanError(path.parent, reason, "mend it or choose another folder with CAKUPAN_DATA") from error
