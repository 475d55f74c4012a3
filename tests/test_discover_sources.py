"""The file of sources: what it may say, and that it says nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tasks.discover.sources import SCHEDULES, read_sources
from tasks.errors import SeedError, UsageError

GOOD = """
contact: redaksi@contoh.example
topic: [Jamsostek]
sources:
  - id: contoh
    name: Contoh
    region: "61"
    feeds: ["https://contoh.example/rss"]
    listings: [{address: "https://contoh.example/tag/x", links: "h3 a", on_topic: true}]
  - {id: lain, name: Lain, schedule: manual, addresses: ["https://lain.example/1"]}
  - {id: nanti, name: Nanti, valid_from: 2027-01-01, addresses: ["https://nanti.example/1"]}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.yml"
    path.write_text(text)
    return path


def test_the_file_of_the_project_is_right_and_unchecked_sources_say_so() -> None:
    sources = read_sources().sources
    assert len(sources) > 30
    assert all(source.checked is None or source.checked <= date(2026, 11, 21) for source in sources)


def test_a_good_file(tmp_path: Path) -> None:
    read = read_sources(write(tmp_path, GOOD))
    contoh = read.sources[0]
    assert (contoh.at_most, contoh.listings[0].links, contoh.own_hosts) == (100, "h3 a", {"contoh.example"})
    assert [each.id for each in read.choose([], date(2026, 11, 21))] == ["contoh"]
    assert [each.id for each in read.choose([], date(2027, 11, 21))] == ["contoh", "nanti"]
    assert [each.id for each in read.choose(["lain"], date(2026, 11, 21))] == ["lain"]
    with pytest.raises(UsageError, match="salah"):
        read.choose(["salah"], date(2026, 11, 21))


def test_sources_are_chosen_by_schedule(tmp_path: Path) -> None:
    read = read_sources(write(tmp_path, GOOD))
    chosen = {name: [each.id for each in read.choose([], date(2027, 11, 21), name)] for name in SCHEDULES}
    assert chosen == {"hourly": [], "daily": ["contoh", "nanti"], "weekly": [], "manual": ["lain"]}
    assert [each.id for each in read.choose([], date(2026, 11, 21), "daily")] == ["contoh"]
    with pytest.raises(UsageError, match="no schedule"):
        read.choose([], date(2026, 11, 21), "often")
    with pytest.raises(UsageError, match="not both"):
        read.choose(["contoh"], date(2026, 11, 21), "daily")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("name: Contoh", "name: Contoh\n    colour: red", "unknown key colour"),
        ("contact:", "contacts:", "unknown key contacts"),
        ("on_topic: true", "on_topik: true", "unknown key on_topik"),
        ("id: lain", "id: contoh", "twice"),
        ('"61"', '"99"', "no code of regions.csv"),
        ('"61"', "61", "wrong kind of value 61"),
        ("schedule: manual", "schedule: often", "often"),
        ('"h3 a"', '"h3 ["', "no CSS selector"),
        ('"https://contoh.example/rss"', '"file:///etc/passwd"', "scheme"),
        ("name: Contoh", "name: Contoh\n    connections: 9", "connections must be"),
        ("name: Contoh", "at_least: 1", "lacks name"),
        (', addresses: ["https://lain.example/1"]', "", "has no feeds"),
        ("topic: [Jamsostek]", "topic: Jamsostek", "no list of texts"),
        ("sources:", "sources: [", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(SeedError, match=words):
        read_sources(write(tmp_path, GOOD.replace(old, new, 1)))


def test_a_changed_description_has_another_basis(tmp_path: Path) -> None:
    first = read_sources(write(tmp_path, GOOD)).sources[0].basis
    assert read_sources(write(tmp_path, GOOD)).sources[0].basis == first
    assert read_sources(write(tmp_path, GOOD.replace("[Jamsostek]", "[UCJ]"))).sources[0].basis != first
    assert read_sources(write(tmp_path, GOOD.replace("h3 a", "h2 a"))).sources[0].basis != first
