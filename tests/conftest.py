"""Fixtures that several tests share; the dear ones are made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from command import ROOT, Command, Finished, run
from local_site import LocalSite, running


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the hosts of the local site be asked."""
    monkeypatch.setenv("CAKUPAN_ALLOWED_HOSTS", ".localhost")


@pytest.fixture
def site() -> Iterator[LocalSite]:
    """The local site, empty."""
    with running(LocalSite()) as site:
        yield site


@pytest.fixture
def cakupan(tmp_path: Path) -> Command:
    """Runs the installed command with a fresh data folder: ``cakupan("clean", path, cwd=…)``."""
    return partial(run, data=tmp_path / "data")


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the first run that the README promises; not to be changed."""
    return tmp_path_factory.mktemp("sample") / "data"


@pytest.fixture(scope="session")
def first_run(sample_data: Path) -> Finished:
    """What the command says when it ingests the sample articles for the first time."""
    return run("ingest", "seeds/articles", data=sample_data)


@pytest.fixture
def sample(first_run: Finished, sample_data: Path) -> Command:
    """Runs the command on the data of the first run."""
    assert first_run.returncode == 0, first_run.stderr
    return partial(run, data=sample_data)


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The embedded Prefect of this process, for tests that call a flow as a function."""
    from flows.embedded import prepare_prefect

    before = dict(os.environ)
    prepare_prefect(tmp_path_factory.mktemp("prefect"))
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with a copy of the sample articles, to be changed at will."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for path in sorted((ROOT / "seeds" / "articles").iterdir()):
        if path.suffix in {".txt", ".html"}:
            (folder / path.name).write_bytes(path.read_bytes())
    return folder
