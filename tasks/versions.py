"""Versions of the code that made a row: the package's version and a digest of the sources and seeds it uses.

A rule that is edited between two releases gives other observations; the digest makes the two tell apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tasks.knowledge import SEEDS

_ROOT = Path(__file__).resolve().parent.parent
_SHARED = ("tasks/knowledge.py", "tasks/records.py")


@cache
def code_version() -> str:
    """Version of the whole project, such as ``0.1.0+5f2c1a9b``."""
    return _version(_files("flows", "tasks", "warehouse"))


@cache
def cleaner_version() -> str:
    """Version of what turns bytes into an article."""
    return _version(_with_seeds(_files("tasks/clean", *_SHARED)))


@cache
def extractor_version() -> str:
    """Version of what turns an article into observations."""
    return _version(_with_seeds(_files("tasks/extract", "tasks/corrections.py", *_SHARED)))


@cache
def admission_version() -> str:
    """Version of what decides which rows of a document go in, and as what."""
    names = ("admission", "identifiers", "rules", "staging")
    return _version(_files(*(f"warehouse/{name}.py" for name in names), "tasks/identity.py"))


@cache
def checker_version() -> str:
    """Version of what turns observations into findings."""
    return _version(_with_seeds(_files("tasks/check", *_SHARED)))


def _files(*names: str) -> list[Path]:
    """The named files and the code in the named folders."""
    paths = [_ROOT / name for name in names]
    return [file for path in paths for file in ([path] if path.is_file() else _code(path))]


def _code(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.suffix in {".py", ".sql"})


def _with_seeds(sources: list[Path]) -> list[Path]:
    """The sources and the seed files that they name, so that a new seed counts without a list to keep."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    return sources + [path for path in SEEDS.iterdir() if path.is_file() and f'"{path.name}"' in text]


def _version(files: Iterable[Path]) -> str:
    """The package's version with the first 8 hex digits of a SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(_ROOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{version('cakupan')}+{digest.hexdigest()[:8]}"
