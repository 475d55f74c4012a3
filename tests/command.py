"""The real command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).with_name("cakupan")

Finished = subprocess.CompletedProcess[str]
Command = Callable[..., Finished]


def environment(data: Path) -> dict[str, str]:
    """The environment of a user without settings of his own, with ``data`` as the data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "CAKUPAN"))}
    return kept | {"CAKUPAN_DATA": str(data), "COLUMNS": "100"}


def run(*arguments: str | Path, data: Path, cwd: Path = ROOT, more: dict[str, str] | None = None) -> Finished:
    """Runs ``cakupan`` with the arguments and waits for its end."""
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
        env=environment(data) | (more or {}),
    )
