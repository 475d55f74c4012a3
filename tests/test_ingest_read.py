"""Finding files and reading them into snapshots."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from tasks.read import (
    LARGEST_ARTICLE,
    article_name,
    batches,
    find_files,
    media_type,
    read_file,
    show_source,
)
from tasks.records import Rejection, Snapshot


def write(path: Path, content: bytes = b"text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def rejection(path: Path) -> Rejection:
    result = read_file(path)
    assert isinstance(result, Rejection)
    return result


def test_files_of_the_kinds_that_are_read_are_found_in_a_fixed_order(tmp_path: Path) -> None:
    names = ("b.txt", "a.html", "z/c.htm", "z/d.txt.gz", "e.HTML", "f.html.gz")
    for name in (*names, "notes.md", "g.gz", ".hidden.txt", ".git/h.txt"):
        write(tmp_path / name)
    found = find_files([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == [
        "a.html",
        "b.txt",
        "e.HTML",
        "f.html.gz",
        "z/c.htm",
        "z/d.txt.gz",
    ]
    assert found.others == {".md": 1, ".gz": 1}
    assert found.problems == []


def test_a_file_named_twice_or_through_a_link_is_read_once(tmp_path: Path) -> None:
    article = write(tmp_path / "articles" / "a.txt")
    (tmp_path / "link.txt").symlink_to(article)
    found = find_files([article, tmp_path / "articles", tmp_path / "link.txt", str(article)])
    assert found.files == [article]
    assert found.problems == []


def test_folders_that_link_to_each_other_end(tmp_path: Path) -> None:
    write(tmp_path / "one" / "a.txt")
    write(tmp_path / "two" / "b.txt")
    (tmp_path / "one" / "other").symlink_to(tmp_path / "two")
    (tmp_path / "two" / "other").symlink_to(tmp_path / "one")
    (tmp_path / "one" / "self").symlink_to(tmp_path)
    assert {path.name for path in find_files([tmp_path]).files} == {"a.txt", "b.txt"}


@pytest.mark.parametrize(
    ("name", "kind"), [("missing", "missing"), ("empty", "empty_folder"), ("notes.md", "other_kind")]
)
def test_a_path_without_articles_is_a_problem(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "notes.md")
    found = find_files([tmp_path / name])
    assert [problem.kind for problem in found.problems] == [kind]
    assert found.files == []


def test_a_link_to_nothing_is_found_and_then_missing(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    found = find_files([tmp_path])
    assert rejection(found.files[0]).kind == "missing"


def test_a_path_too_long_for_the_system_is_a_problem(tmp_path: Path) -> None:
    assert find_files([tmp_path / ("x" * 300)]).problems[0].kind == "unreadable"
    assert find_files(["a\0b.txt"]).problems[0].kind == "unreadable"


def test_a_snapshot_keeps_the_bytes_and_the_absolute_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a b\n%.html", b"\xff\xfe\x00")
    monkeypatch.chdir(tmp_path)
    snapshot = read_file(Path("a b\n%.html"))
    assert isinstance(snapshot, Snapshot)
    assert snapshot.content == b"\xff\xfe\x00"
    assert snapshot.sha256 == hashlib.sha256(b"\xff\xfe\x00").hexdigest()
    assert snapshot.source == f"file://{tmp_path}/a%20b%0A%25.html"
    assert snapshot.media_type == "text/html"
    assert snapshot.retrieved_at.endswith("+00:00")
    assert show_source(snapshot.source) == "a b\n%.html"


def test_a_name_that_is_no_text_has_an_address(tmp_path: Path) -> None:
    path = write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9\xff.txt")))
    snapshot = read_file(path)
    assert isinstance(snapshot, Snapshot)
    assert snapshot.source.endswith("/%E9%FF.txt")
    assert show_source(snapshot.source) == str(path)
    assert find_files([snapshot.source, path]).files == [path]


def test_a_packed_file_gives_what_it_holds(tmp_path: Path) -> None:
    snapshot = read_file(write(tmp_path / "a.html.gz", gzip.compress(b"<p>isi")))
    assert isinstance(snapshot, Snapshot)
    assert (snapshot.content, snapshot.media_type) == (b"<p>isi", "text/html")


@pytest.mark.parametrize(
    "content",
    [b"no gzip", gzip.compress(b"x" * 1000, mtime=0)[:-9], b"\x1f\x8b\x08" + b"\xff" * 99],
    ids=["no gzip", "cut off", "damaged"],
)
def test_a_damaged_packed_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert rejection(write(tmp_path / "a.txt.gz", content)).kind == "damaged"


def test_size_is_bounded_before_and_after_unpacking(tmp_path: Path) -> None:
    assert isinstance(read_file(write(tmp_path / "limit.txt", b"x" * LARGEST_ARTICLE)), Snapshot)
    assert rejection(write(tmp_path / "large.txt", b"x" * (LARGEST_ARTICLE + 1))).kind == "too_large"
    bomb = write(tmp_path / "bomb.html.gz", gzip.compress(b"\0" * 200_000_000, 9))
    assert bomb.stat().st_size < LARGEST_ARTICLE
    assert rejection(bomb).kind == "too_large"


def test_a_large_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)
    assert rejection(path).kind == "too_large"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert find_files([tmp_path]).files == [tmp_path / "pipe.txt"]
    assert rejection(tmp_path / "pipe.txt").kind == "not_a_file"


def test_a_file_that_vanished_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    found = find_files([tmp_path])
    path.unlink()
    assert rejection(found.files[0]).kind == "missing"


def test_batches_are_bounded_in_number_and_in_bytes(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{number}.txt", b"x" * 100) for number in range(7)]
    assert [len(batch) for batch in batches(files, 3)] == [3, 3, 1]
    assert [len(batch) for batch in batches(files, 10, size=250)] == [2, 2, 2, 1]
    assert [len(batch) for batch in batches(files, 10, size=50)] == [1] * 7
    assert [path for batch in batches(files, 2) for path in batch] == files
    assert list(batches([], 3)) == []


@pytest.mark.parametrize(
    ("name", "stem", "media"),
    [
        ("a.html.gz", "a", "text/html"),
        ("b.v2.TXT", "b.v2", "text/plain"),
        ("c.htm", "c", "text/html"),
        ("d.gz", "d", None),
        ("e.json", "e", None),
    ],
)
def test_names_tell_kind_and_stem(name: str, stem: str, media: str | None) -> None:
    assert article_name(Path(name)) == stem
    assert media_type(Path(name)) == media
