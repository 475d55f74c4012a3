"""Where a run keeps its things: the one class of settings.

Everything that is made at run time lies in one folder, so that a backup is a copy of that folder and a second
warehouse is a second folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import UsageError

_PUBLISHED_NAME = "cakupan.duckdb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``published`` is the file that SQL users open; all the rest lies beside it in ``data``."""

    data: Path
    published: Path

    @property
    def warehouse(self) -> Path:
        """The file that runs write; nobody else opens it."""
        return self.published.with_name(f"{self.published.stem}-work{self.published.suffix}")

    @property
    def snapshots(self) -> Path:
        """The folder of pages and files as received."""
        return self.data / "snapshots"

    @property
    def prefect(self) -> Path:
        """The home of Prefect's own database and messages."""
        return self.data / "prefect"

    @property
    def log(self) -> Path:
        """The file that gets the details of an unexpected error."""
        return self.data / "cakupan.log"


def read_settings(warehouse: str | Path | None = None) -> Settings:
    """Settings from ``--warehouse`` if given, else from ``CAKUPAN_DATA``, else ``data`` where one is.

    ``warehouse`` is a folder or the published copy (``.duckdb``), whose folder then holds the rest.
    Raises :class:`UsageError` when it can be neither.
    """
    if warehouse is None:
        data = Path(os.environ.get("CAKUPAN_DATA") or "data").expanduser().absolute()
        return Settings(data=data, published=data / _PUBLISHED_NAME)
    path = Path(warehouse).expanduser().absolute()
    if path.is_dir():
        return Settings(data=path, published=path / _PUBLISHED_NAME)
    if path.suffix not in {".duckdb", ".db", ".ddb"}:
        raise UsageError(
            path,
            "is not the name of a warehouse",
            "give a path that ends in .duckdb, or a folder that exists",
        )
    return Settings(data=path.parent, published=path)
