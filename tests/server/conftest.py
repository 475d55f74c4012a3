"""One machine that is up for all tests of this folder, and the site that it asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kabar import Publisher, write_sources
from local_site import LocalSite
from local_site import running as serving

from .operator import Machine, running


@pytest.fixture(scope="session")
def site() -> Iterator[LocalSite]:
    with serving(LocalSite()) as site:
        yield site


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    yield from running(tmp_path_factory.mktemp("machine"), CAKUPAN_PAGES_A_BATCH="4")


@pytest.fixture(scope="session")
def sources(site: LocalSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources that work, that fail, and that have many articles."""
    described = [
        Publisher(site, "harian.localhost", "feed", 4).describe("harian", schedule="hourly"),
        *(Publisher(site, f"{name}.localhost", "feed", 24).describe(name) for name in ("satu", "dua", "tiga")),
        '  - {id: mati, name: Mati, schedule: weekly, feeds: ["http://mati.localhost:9/feed"]}\n',
    ]
    return write_sources(tmp_path_factory.mktemp("sources") / "sources.yml", *described)
