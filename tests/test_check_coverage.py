"""The views of coverage: which value is chosen and why, the newest, the distance to a target, and earlier knowledge."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from test_check_warehouse import LOWER, check, sample_documents
from warehouse_samples import EDITED_RATE, RATE, Figure, document, open_prepared, rows, run, start

from tasks.errors import SeedError
from tasks.records import Document
from warehouse.reference import read_reference

CHOICE = "SELECT value, why, independent_sources, len(alternatives) FROM coverage ORDER BY ALL"


def coverage(folder: Path, *documents: Document, sql: str = CHOICE) -> list[tuple[Any, ...]]:
    with open_prepared(folder) as warehouse:
        check(warehouse, "r1", *documents)
        return rows(warehouse, sql)


def stating(name: str, value: str, day: str = "2024-10-26", **metadata: Any) -> Document:
    """A document of a day that states a rate, with an event date that is the day itself."""
    sentence = f"Menurut {name}, cakupan Mempawah {value.replace('.', ',')} persen."
    figure = Figure(sentence=sentence, words=f"{value.replace('.', ',')} persen", value=value)
    made = document(name, figure, publisher=f"Koran {name}", published_at=f"{day}T09:00:00+07:00", **metadata)
    return replace(made, extraction=replace(made.extraction, event_date=day))


@pytest.mark.parametrize(
    ("documents", "value", "why"),
    [
        ([stating("a", "38.5")], "38.5", "the only value stated"),
        (
            [stating("a", "38.54", "2024-03-01"), stating("b", "39")],
            "39",
            "later as-of date: 2024-10-26 after 2024-03-01",
        ),
        ([stating("a", "38.54"), stating("b", "38.5")], "38.54", "more precise: 2 decimals, not 1"),
        (
            [stating("a", "38.5"), stating("b", "38.7", url="https://mempawahkab.go.id/berita/1")],
            "38.7",
            "from an official source",
        ),
        (
            [stating("a", "38.7"), stating("b", "38.5"), stating("c", "38.7")],
            "38.7",
            "more independent sources: 2, not 1",
        ),
        (
            [stating("a", "38.7"), stating("b", "38.5")],
            "38.5",
            "the lower one: date, precision and sources are the same",
        ),
    ],
)
def test_the_chosen_value_says_why(tmp_path: Path, documents: list[Document], value: str, why: str) -> None:
    ((chosen, reason, _, alternatives),) = coverage(tmp_path, *documents)
    assert (str(chosen.normalize()), reason) == (value, why)
    assert alternatives == len({each.extraction.observations[0].value for each in documents}) - 1


def test_an_echo_is_one_source(tmp_path: Path) -> None:
    sentence = "Menurut bupati dalam rapat evaluasi di kantornya cakupan Mempawah 38,5 persen."
    release = Figure(sentence=sentence, words="38,5 persen", value="38.5")
    papers = [document(name, release, publisher=name) for name in ("Harian", "Mingguan", "Kabar")]
    assert coverage(tmp_path, *papers)[0][2] == 1
    apart = [stating(name, "38.5") for name in ("a", "bupati dan wakilnya", "kepala cabang dari ibu kota provinsi")]
    folder = tmp_path / "apart"
    folder.mkdir()
    assert coverage(folder, *apart)[0][2] == 3


def test_the_choice_does_not_depend_on_the_order_of_loading(tmp_path: Path) -> None:
    documents = [stating("a", "38.7"), stating("b", "38.5"), stating("c", "38.54", "2024-03-01"), stating("d", "38.7")]
    seen = []
    for number, order in enumerate(permutations(documents)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with open_prepared(folder) as warehouse:
            for step, each in enumerate(order):
                run(warehouse, f"r{step}", [each])
            warehouse.check("r3")
            seen.append(
                rows(warehouse, "FROM coverage ORDER BY ALL") + rows(warehouse, "FROM coverage_gap ORDER BY ALL")
            )
    assert seen[0][0][7] == documents[0].extraction.observations[0].value
    assert all(each == seen[0] for each in seen)


def test_parts_shares_of_programs_and_figures_without_a_period_are_no_coverage(tmp_path: Path) -> None:
    left_out = [replace(RATE, segment="honorer"), replace(RATE, period=None), replace(RATE, region=None)]
    assert coverage(tmp_path, *(document(str(number), each) for number, each in enumerate(left_out))) == []


def test_the_newest_rate_is_measured_by_the_nearest_target_of_its_year(tmp_path: Path) -> None:
    gaps = coverage(
        tmp_path,
        *sample_documents(),
        sql="SELECT region_code, value, target, gap, target_region_code, year FROM coverage_gap ORDER BY ALL",
    )
    assert [tuple(str(cell.normalize()) if hasattr(cell, "normalize") else cell for cell in row) for row in gaps] == [
        ("15.08", "60.7", "52.15", "-8.55", "00", 2025),
        ("61", "35.35", "50.24", "14.89", "61", 2024),
        ("61.02", "38.54", "50.24", "11.7", "61", 2024),
        ("61.71", "40.8", "52.15", "11.35", "00", 2025),
    ]


def test_targets_of_plans_name_their_source_and_one_a_year_is_preferred() -> None:
    targets = read_reference().targets
    assert all(str(row["source"]).strip() for row in targets)
    assert {row["target"] for row in targets if row["year"] == 2045} == {99.5}


def test_a_second_preferred_target_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tasks import knowledge

    for name in ("regions.csv", "metrics.csv", "targets.csv"):
        (tmp_path / name).write_bytes((knowledge.SEEDS / name).read_bytes())
    with (tmp_path / "targets.csv").open("a") as stream:
        stream.write("00,2045,98,lain,yes,sumber,catatan\n")
    monkeypatch.setattr(knowledge, "SEEDS", tmp_path)
    with pytest.raises(SeedError, match="two preferred targets"):
        read_reference()


def test_what_was_known_on_a_day(tmp_path: Path) -> None:
    with open_prepared(tmp_path) as warehouse:
        for number, figure in enumerate((RATE, EDITED_RATE, replace(EDITED_RATE, value="39.55")), 1):
            start(warehouse, f"r{number}")
            warehouse.connection.execute(
                "UPDATE core.runs SET started_at = make_timestamp(2026, 1, ?, 9, 0, 0) WHERE run_id = ?",
                [number * 10, f"r{number}"],
            )
            warehouse.load(f"r{number}", [document("a", figure), document("b", LOWER)][: 1 + (number == 1)])

        def known(day: str) -> list[str]:
            found = rows(warehouse, f"SELECT value FROM observations_as_of(DATE '{day}') ORDER BY ALL")  # noqa: S608
            return [str(value.normalize()) for (value,) in found]

        assert known("2026-01-09") == []
        assert known("2026-01-10") == ["31.2", "38.54"]
        assert known("2026-01-20") == known("2026-01-29") == ["31.2", "39.54"]
        assert known("2026-01-30") == ["31.2", "39.55"]
