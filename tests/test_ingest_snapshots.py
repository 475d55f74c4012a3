"""The store of bytes as received."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tasks.errors import WarehouseError
from tasks.records import Snapshot
from tasks.snapshots import read_snapshot, snapshot_path, store_snapshots


def snapshot(content: bytes) -> Snapshot:
    return Snapshot(
        source="https://example.test/a",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        retrieved_at="2026-11-21T00:00:00+00:00",
    )


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    kept = [snapshot(content) for content in (b"", b"\x00\xff", "teks ‑ artikel".encode(), os.urandom(100_000))]
    store_snapshots(tmp_path, kept)
    assert [read_snapshot(tmp_path, each.sha256) for each in kept] == [each.content for each in kept]


def test_the_same_bytes_are_kept_once_and_not_written_again(tmp_path: Path) -> None:
    store_snapshots(tmp_path, [snapshot(b"a"), snapshot(b"a")])
    (path,) = files(tmp_path)
    before = path.stat().st_mtime_ns, path.read_bytes()
    store_snapshots(tmp_path, [snapshot(b"a")])
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


def test_what_a_killed_run_left_half_written_does_not_count(tmp_path: Path) -> None:
    half = snapshot(b"whole")
    path = snapshot_path(tmp_path, half.sha256)
    path.parent.mkdir(parents=True)
    path.with_suffix(".part").write_bytes(b"\x1f\x8b half")
    with pytest.raises(WarehouseError, match="cannot be read"):
        read_snapshot(tmp_path, half.sha256)
    store_snapshots(tmp_path, [half])
    assert read_snapshot(tmp_path, half.sha256) == b"whole"
    assert files(tmp_path) == [path]


def test_a_snapshot_that_was_changed_is_noticed(tmp_path: Path) -> None:
    store_snapshots(tmp_path, [snapshot(b"one"), snapshot(b"two")])
    one, two = (snapshot_path(tmp_path, snapshot(content).sha256) for content in (b"one", b"two"))
    one.write_bytes(two.read_bytes())
    with pytest.raises(WarehouseError, match="does not hold what its name says"):
        read_snapshot(tmp_path, snapshot(b"one").sha256)
    one.write_bytes(two.read_bytes()[:-4])
    with pytest.raises(WarehouseError, match="cannot be read"):
        read_snapshot(tmp_path, snapshot(b"one").sha256)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WarehouseError, match=r"file/snapshots: cannot be written: Not a directory; "):
        store_snapshots(tmp_path / "file" / "snapshots", [snapshot(b"a")])
