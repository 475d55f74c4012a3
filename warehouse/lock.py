"""One writer at a time: a lock file beside the warehouse that says who holds it.

DuckDB locks its file too, but in its own words, and not against its own process. The lock here is a record
lock (``lockf``): it ends with the process however that ends, and child processes do not inherit it.
"""

from __future__ import annotations

import fcntl
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import WarehouseError
from warehouse.failures import explain_failures

_held: set[Path] = set()
_guard = threading.Lock()


@contextmanager
def hold_writer_lock(path: Path) -> Iterator[None]:
    """Holds the right to write the warehouse at ``path``.

    Raises :class:`WarehouseError` when another process or another part of this one holds it, and when the lock
    file cannot be written.
    """
    key = path.resolve()
    lock_file = path.with_name(f"{path.name}.lock")
    with _guard:
        # A record lock does not stop its own process, and closing the file a second time would release it.
        if key in _held:
            raise _refusal(path, "this process")
        with explain_failures(path):
            handle = _acquire(path, lock_file)
        _held.add(key)
    try:
        yield
    finally:
        with _guard:
            os.ftruncate(handle, 0)
            os.close(handle)
            _held.discard(key)


def _acquire(path: Path, lock_file: Path) -> int:
    handle = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.read(handle, 200).decode("utf-8", "replace").strip() or "another process"
        os.close(handle)
        if not isinstance(error, (BlockingIOError, PermissionError)):
            raise
        raise _refusal(path, holder) from error
    now = datetime.now(UTC).isoformat(timespec="seconds")
    os.ftruncate(handle, 0)
    os.write(handle, f"process {os.getpid()} on {socket.gethostname()} since {now}\n".encode())
    return handle


def _refusal(path: Path, holder: str) -> WarehouseError:
    return WarehouseError(path, f"is being written by {holder}", "wait until that run has ended, then run again")
