"""Finds the files that hold articles and reads each into a snapshot.

A file is read whole, so its size is looked at first; what cannot be read becomes a rejection and never stops
the others.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import stat
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from tasks.records import Rejection, Snapshot

LARGEST_ARTICLE = 5_000_000
"""Bytes above which a file, or what it unpacks to, is no article."""

_MEDIA_TYPES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}
_KINDS = ".html, .htm or .txt, also with .gz"


@dataclass(slots=True)
class FoundFiles:
    """Files to read, in a fixed order; problems with the paths; how many files of other kinds lie there."""

    files: list[Path] = field(default_factory=list)
    problems: list[Rejection] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def find_files(paths: Sequence[str | Path]) -> FoundFiles:
    """Files of the kinds that are read among the paths and in the folders below them, each once.

    A ``file:///`` address is as good as a path. Links are followed, hidden files and folders are passed over. A path
    that does not exist, a folder without articles and a named file of another kind are problems; other files in a
    folder are counted.
    """
    found = FoundFiles()
    seen: set[Path] = set()
    for path in map(_path, paths):
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            found.problems.append(_unreadable(path, error, "discover"))
            continue
        if is_folder:
            _search_folder(path, seen, found)
        elif media_type(path) is None:
            found.problems.append(
                _rejection(path, "discover", "other_kind", "is not a kind of file that is read", f"name it {_KINDS}")
            )
        else:
            _add(path, seen, found)
    return found


def media_type(path: Path) -> str | None:
    """The media type that a file's name promises, with or without ``.gz``; nothing when it is not read."""
    return _MEDIA_TYPES.get(_unpacked(path).suffix.lower())


def article_name(path: Path) -> str:
    """A file's name without the endings that say its kind: ``a.html.gz`` is ``a``."""
    return _unpacked(path).stem


def batches(files: Sequence[Path], documents: int, size: int = 64_000_000) -> Iterator[list[Path]]:
    """Runs of at most ``documents`` files and about ``size`` bytes, so that a batch fits into memory."""
    batch: list[Path] = []
    filled = 0
    for path in files:
        weight = _weight(path)
        if batch and (len(batch) == documents or filled + weight > size):
            yield batch
            batch, filled = [], 0
        batch.append(path)
        filled += weight
    if batch:
        yield batch


def read_file(path: Path) -> Snapshot | Rejection:
    """The bytes of a file, unpacked if it ends in ``.gz``; its absolute address identifies the document."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _rejection(path, "read", "not_a_file", "is not a regular file", "give a file or a folder")
        content = b"" if status.st_size > LARGEST_ARTICLE else _read_bounded(path)
    except (OSError, EOFError, zlib.error) as error:
        return _unreadable(path, error, "read")
    size = max(status.st_size, len(content))
    if size > LARGEST_ARTICLE:
        limit = f"more than the {LARGEST_ARTICLE / 1e6:.0f} MB that an article may have"
        return _rejection(path, "read", "too_large", f"is too large, {limit}", "split it or leave it out")
    return Snapshot(
        source=address(path),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        media_type=media_type(path),
    )


def address(path: Path) -> str:
    """The address of a file, by which its document is known: absolute, links resolved."""
    return path.resolve().as_uri()


def show_source(source: str) -> str:
    """An address as a person writes it: files as paths, relative where they lie below the current folder."""
    if not source.startswith("file:"):
        return source
    path = _path(source)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _path(path: str | Path) -> Path:
    """A path, or the path of a ``file:`` address, which can be written whatever bytes the name has."""
    if isinstance(path, str) and path.startswith("file:///"):
        return Path(os.fsdecode(unquote_to_bytes(urlsplit(path).path)))
    return Path(path)


def _unpacked(path: Path) -> Path:
    """The name without ``.gz``."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def _search_folder(top: Path, seen: set[Path], found: FoundFiles) -> None:
    """Adds the articles below a folder, or a problem when there are none."""
    articles = 0
    problems = len(found.problems)

    def complain(error: OSError) -> None:
        found.problems.append(_unreadable(Path(error.filename), error, "discover"))

    for folder, names in _walk(top, complain):
        for path in (folder / name for name in names if not name.startswith(".")):
            if media_type(path) is None:
                found.others[path.suffix.lower() or "no ending"] += 1
            else:
                articles += 1
                _add(path, seen, found)
    if not articles and problems == len(found.problems):
        remedy = f"put files {_KINDS} into it"
        found.problems.append(_rejection(top, "discover", "empty_folder", "holds no articles", remedy))


def _walk(top: Path, complain: Callable[[OSError], None]) -> Iterator[tuple[Path, list[str]]]:
    """Folders and the sorted names of their files; a folder that links lead back to is entered once."""
    entered: set[Path] = set()
    for folder, folders, names in os.walk(top, followlinks=True, onerror=complain):
        place = Path(folder).resolve()
        if place in entered:
            folders.clear()
            continue
        entered.add(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield Path(folder), sorted(names)


def _add(path: Path, seen: set[Path], found: FoundFiles) -> None:
    resolved = path.resolve()
    if resolved not in seen:
        seen.add(resolved)
        found.files.append(path)


def _weight(path: Path) -> int:
    """Bytes that a file will about take in memory; web pages shrink to a fifth or less when packed."""
    try:
        size = path.stat().st_size
    except OSError:
        return 0
    return min(size * 5 if path.suffix.lower() == ".gz" else size, LARGEST_ARTICLE)


def _read_bounded(path: Path) -> bytes:
    """At most one byte more than an article may have, whatever a file unpacks to."""
    if path.suffix.lower() == ".gz":
        with gzip.open(path) as stream:
            return stream.read(LARGEST_ARTICLE + 1)
    with path.open("rb") as stream:
        return stream.read(LARGEST_ARTICLE + 1)


def _unreadable(path: Path, error: Exception, stage: str) -> Rejection:
    if isinstance(error, FileNotFoundError):
        return _rejection(path, stage, "missing", "does not exist", "check the path")
    if isinstance(error, PermissionError):
        return _rejection(path, stage, "unreadable", "may not be read", "change its permissions")
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)):
        return _rejection(path, stage, "damaged", "is not a whole gzip file", "unpack it or fetch it again")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _rejection(path, stage, "unreadable", f"cannot be read: {reason}", "check the file")


def _rejection(path: Path, stage: str, kind: str, reason: str, remedy: str) -> Rejection:
    return Rejection(source=path.absolute().as_uri(), stage=stage, kind=kind, reason=reason, remedy=remedy)
