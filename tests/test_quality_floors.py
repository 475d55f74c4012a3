"""Floors only go up, unless DECISIONS.md says why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from quality_floors import Part, hash_files, list_shortfalls, raise_floors

MEASURED = {"all": {"recall": 0.81239, "precision": 0.9}, "rank": {"recall": 1.0}}


@pytest.fixture
def part(tmp_path: Path) -> Part:
    """A part whose floors are recorded."""
    decisions = tmp_path / "DECISIONS.md"
    decisions.write_text("# Decisions\n", encoding="utf-8")
    part = Part(name="extract", command="measure", floors=tmp_path / "floors.json", decisions=decisions)
    assert raise_floors(part, MEASURED, "gold 1") == []
    return part


def recorded(part: Part) -> dict[str, dict[str, float]]:
    floors: dict[str, dict[str, float]] = json.loads(part.floors.read_text(encoding="utf-8"))[part.name]["floors"]
    return floors


def lower(recall: float) -> dict[str, dict[str, float]]:
    return {**MEASURED, "all": {"recall": recall, "precision": 0.9}}


def test_what_was_recorded_holds(part: Part) -> None:
    assert list_shortfalls(part, MEASURED, "gold 1") == []


def test_floors_are_rounded_down(part: Part) -> None:
    assert recorded(part)["all"]["recall"] == 0.812


def test_figure_under_its_floor_is_named(part: Part) -> None:
    assert list_shortfalls(part, lower(0.8), "gold 1") == ["all recall is 0.8000, under its floor 0.812"]


def test_figure_that_is_no_longer_measured_is_named(part: Part) -> None:
    (line,) = list_shortfalls(part, {"all": MEASURED["all"]}, "gold 1")
    assert line.startswith("rank recall")


def test_figure_without_a_floor_is_named(part: Part) -> None:
    (line,) = list_shortfalls(part, {**MEASURED, "budget": {"recall": 1.0}}, "gold 1")
    assert line.startswith("budget recall has no floor")


def test_changed_annotations_ask_for_a_new_record(part: Part) -> None:
    (line,) = list_shortfalls(part, MEASURED, "gold 2")
    assert "measure --raise" in line
    assert raise_floors(part, MEASURED, "gold 2") == []
    assert list_shortfalls(part, MEASURED, "gold 2") == []


def test_better_figures_raise_the_floors(part: Part) -> None:
    assert raise_floors(part, lower(0.95), "gold 1") == []
    assert recorded(part)["all"]["recall"] == 0.95


def test_worse_figures_change_nothing(part: Part) -> None:
    before = part.floors.read_bytes()
    (refusal,) = raise_floors(part, {**lower(0.7), "rank": {"recall": 1.0}}, "gold 1")
    assert "extract.all.recall 0.700" in refusal
    assert part.floors.read_bytes() == before


@pytest.mark.parametrize(
    ("paragraph", "is_decided"),
    [
        ("**2026-11-21 · Harder articles.** extract.all.recall 0.700, because they are harder.", True),
        ("**2026-11-21 · Harder articles.** They are harder:\nextract.all.recall 0.700.", True),
        ("**2026-11-21 · Other floor.** extract.all.recall 0.650.", False),
        ("**2026-11-21 · Other part.** clean.all.recall 0.700.", False),
        ("**2026-11-21 · Two paragraphs.**\n\nextract.all.recall 0.700.", False),
        ("No date: extract.all.recall 0.700.", False),
    ],
)
def test_a_floor_goes_down_by_a_dated_decision_alone(part: Part, paragraph: str, is_decided: bool) -> None:
    part.decisions.write_text(f"# Decisions\n\n{paragraph}\n\n", encoding="utf-8")
    assert bool(raise_floors(part, lower(0.7), "gold 1")) is not is_decided
    assert recorded(part)["all"]["recall"] == (0.7 if is_decided else 0.812)


def test_a_floor_is_not_lost_with_its_figure(part: Part) -> None:
    (refusal,) = raise_floors(part, {"all": MEASURED["all"]}, "gold 1")
    assert "extract.rank.recall 0.000" in refusal


def test_parts_do_not_touch_each_other(part: Part) -> None:
    other = Part(name="clean", command="measure", floors=part.floors, decisions=part.decisions)
    assert raise_floors(other, {"all": {"f1": 0.5}}, "pages") == []
    assert list_shortfalls(part, MEASURED, "gold 1") == []


def test_hash_depends_on_names_and_contents_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "001.txt", tmp_path / "002.txt"
    first.write_text("a", encoding="utf-8")
    second.write_text("b", encoding="utf-8")
    known = hash_files([first, second])
    assert hash_files([second, first]) == known
    second.write_text("c", encoding="utf-8")
    assert hash_files([first, second]) != known
    second.write_text("b", encoding="utf-8")
    assert hash_files([second.rename(tmp_path / "003.txt"), first]) != known
