"""What is asked of a file before DuckDB opens it, and what DuckDB may not do because of one."""

from __future__ import annotations

from pathlib import Path

from tasks.errors import WarehouseError

NO_EXTENSIONS: dict[str, str | bool] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""Settings of every connection: nothing is fetched from the network because of what a file or a query names."""

_MAGIC, _MAGIC_START = b"DUCK", 8
"""What a DuckDB file has behind its checksum: https://duckdb.org/docs/stable/internals/storage"""


def require_duckdb_file(path: Path) -> None:
    """Raises :class:`WarehouseError` for a file of another kind, OSError when it cannot be read.

    DuckDB itself would look for an extension that reads it, on the network.
    """
    with path.open("rb") as stream:
        start = stream.read(_MAGIC_START + len(_MAGIC))
    if start[_MAGIC_START:] != _MAGIC:
        raise WarehouseError(path, "is not a DuckDB file", "move it away or name another warehouse")
