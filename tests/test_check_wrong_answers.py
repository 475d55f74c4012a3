"""Small cases in which a check could give a wrong answer: false alarms, and contradictions that nobody hears of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from test_check import figure, found, one_document

from tasks.check import check_region
from tasks.check.figures import Figure


def test_a_rate_of_rounded_counts_is_as_rough_as_these() -> None:
    covered = figure("962711", "participants", quote="962.711 orang")
    workers = figure("1350000", "eligible_workers", quote="1,35 juta orang")
    (fits,) = found(one_document(covered, workers, figure("70.86")), "arithmetic")
    assert (fits.severity, fits.computed) == ("info", Decimal("71.3119"))
    exact = replace(workers, quote="1.350.000 orang")
    (wrong,) = found(one_document(covered, exact, figure("70.86")), "arithmetic")
    assert wrong.severity == "warning"


@pytest.mark.parametrize("bound", ["at_least", "at_most"])
def test_what_is_stated_as_a_bound_is_never_reckoned_wrong(bound: str) -> None:
    covered = figure("50000", "participants", qualifier=bound)
    workers, rate = figure("120000", "eligible_workers"), figure("43.2")
    assert found(one_document(covered, workers, rate), "arithmetic") == []
    assert len(found(one_document(replace(covered, qualifier=None), workers, rate), "arithmetic")) == 1
    assert len(found(one_document(replace(covered, value=Decimal(51840)), workers, rate), "arithmetic")) == 1
    parts = [figure("500", "participants", segment=name) for name in ("formal", "informal")]
    assert found(one_document(*parts, figure("900", "participants", qualifier=bound)), "arithmetic") == []


def test_figures_of_one_programme_are_not_added_to_those_of_another() -> None:
    parts = [figure("500", "participants", segment=name, programs=("JKK",)) for name in ("formal", "informal")]
    total = figure("900", "participants", programs=("JHT",))
    assert found(one_document(*parts, total), "arithmetic") == []
    assert len(found(one_document(*parts, replace(total, programs=("JKK",))), "arithmetic")) == 1
    rate, workers = figure("40"), figure("1000", "eligible_workers")
    assert found(one_document(rate, workers, figure("300", "participants", programs=("JP",))), "arithmetic") == []


def test_a_change_has_a_direction_and_the_roughness_of_its_rates() -> None:
    earlier, later = figure("40.86", period="2023"), figure("38.35")
    (fall,) = found(one_document(earlier, later, figure("-2.51", "coverage_change")), "arithmetic")
    assert (fall.severity, fall.computed) == ("info", Decimal("-2.51"))
    (rise,) = found(one_document(earlier, later, figure("2.51", "coverage_change")), "arithmetic")
    assert rise.severity == "warning"
    rough = figure("38.35", period="2023"), figure("40.8")
    (rounded,) = found(one_document(*rough, figure("2.51", "coverage_change")), "arithmetic")
    assert rounded.severity == "info"


def test_groups_among_several_eligible_are_not_held_against_the_whole() -> None:
    sides = figure("600", "participants"), figure("400", "uncovered_workers")
    groups = [figure(value, "eligible_workers") for value in ("1000", "253", "56")]
    (finding,) = found(one_document(*sides, *groups), "arithmetic")
    assert (finding.severity, finding.stated) == ("info", Decimal(1000))


def test_a_contradiction_is_heard_though_the_extremes_stand_in_one_sentence() -> None:
    told = [
        figure(value, "participants", sentence="Naik dari 500 ke 9000.", document_id="d") for value in ("500", "9000")
    ]
    others = [figure(value, "participants") for value in ("2000", "4000", "6000")]
    (finding,) = found([*told, *others], "conflict")
    assert len(finding.observation_ids) == 5
    assert "2,000 against 9,000" in finding.message


def test_a_rate_of_spring_for_the_year_is_not_that_of_its_end() -> None:
    spring = figure("35", published=date(2024, 3, 1))
    autumn = figure("40.86", period="2024-12-31")
    assert found([spring, autumn], "conflict") == []
    assert len(found([replace(spring, published=date(2025, 1, 9)), autumn], "conflict")) == 1


def test_targets_of_two_years_in_one_article_are_no_conflict() -> None:
    targets = [
        figure(value, "coverage_target", unit="percent", period=year, published=date(2025, 5, 15))
        for value, year in (("52.15", "2026"), ("43.92", "2029"))
    ]
    assert check_region(targets) == []


def test_a_jump_is_measured_between_the_closest_figures_of_two_days() -> None:
    before = [figure(value, "participants", period="2024-01") for value in ("10", "20", "30", "79077")]
    after = [figure(value, "participants", period="2024-06") for value in ("1", "2", "3", "80100")]
    assert [each.rule for each in found([*before, *after], "plausibility")] == []
    assert [each.rule for each in found([*before[3:], *after[:3]], "plausibility")] == ["jump"]


def release(number: str, **given: object) -> Figure:
    """The same sentence with its number written in one way."""
    words = f"Bupati menyebut jumlah peserta di kabupaten itu kini {number} orang pada rapat evaluasi tahunan."
    return figure("79077", "participants", sentence=words, quote=f"{number} orang", **given)


def test_a_release_is_one_source_however_a_paper_writes_its_numbers() -> None:
    (echo,) = found([release("79.077"), release("79,077"), release("79077")], "echo")
    assert len(echo.observation_ids) == 3


def test_an_echo_does_not_join_regions_or_values() -> None:
    elsewhere = release("79.077", region_code="15.08")
    assert found([release("79.077")], "echo") == found([elsewhere], "echo") == []
    assert found([release("79.077"), replace(release("79.077"), value=Decimal(79))], "echo") == []
