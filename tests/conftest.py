"""Fixtures that several tests share."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from command import Command, run


@pytest.fixture
def cakupan(tmp_path: Path) -> Command:
    """Runs the installed command with a fresh data folder: ``cakupan("clean", path, cwd=…)``."""
    return partial(run, data=tmp_path / "data")
