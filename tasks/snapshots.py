"""Keeps the bytes of every page and file as received, each once, under the SHA-256 of its content.

The store is a folder of gzip files, ``ab/abcdef….gz``. A file appears whole or not at all, and is never
changed: its name says what it must contain, which :func:`read_snapshot` checks.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

from tasks.errors import WarehouseError
from tasks.records import Snapshot

_LEVEL = 6


def snapshot_path(folder: Path, sha256: str) -> Path:
    """Where the store in ``folder`` keeps the bytes with this digest (64 hex digits)."""
    return folder / sha256[:2] / f"{sha256}.gz"


def store_snapshots(folder: Path, snapshots: Iterable[Snapshot]) -> None:
    """Adds the bytes of each snapshot that the store lacks; they are on the disk when this returns.

    Raises :class:`WarehouseError` when the folder cannot be written; what was stored before stays as it was.
    """
    changed: set[Path] = set()
    try:
        for snapshot in snapshots:
            path = snapshot_path(folder, snapshot.sha256)
            if not path.exists():
                _write_whole(path, gzip.compress(snapshot.content, _LEVEL, mtime=0))
                changed.add(path.parent)
        for parent in changed:
            _flush_folder(parent)
    except OSError as error:
        raise WarehouseError(
            folder,
            f"cannot be written: {error.strerror or error}",
            "free space or mend its permissions, then run again",
        ) from error


def read_snapshot(folder: Path, sha256: str) -> bytes:
    """The bytes with this digest.

    Raises :class:`WarehouseError` when the store does not hold them or holds something else.
    """
    path = snapshot_path(folder, sha256)
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise WarehouseError(path, f"cannot be read: {error}", "restore it from a backup or ingest it again") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise WarehouseError(path, "does not hold what its name says", "restore it from a backup or ingest it again")
    return content


def _write_whole(path: Path, content: bytes) -> None:
    """Writes beside the final name and moves into place, so that a crash leaves nothing or all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    """Makes the names in a folder as durable as the bytes of its files."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
