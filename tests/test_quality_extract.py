"""Extraction keeps its floors, and the score that says so counts as a careful reader would."""

from __future__ import annotations

from decimal import Decimal

import pytest
from quality_extract import EXTRACTION, GOLD, REWORDED, floor_figures, gold_files, measure, number_roles
from quality_floors import hash_files, list_shortfalls
from quality_score import Fact, Tally, compare, total

from tasks.records import NumberMention, Observation


def fact(
    value: str = "38.54",
    *,
    metrics: tuple[str, ...] = ("coverage_rate",),
    region: str | None = "61.02",
    period: str | None = "2024-09",
    of_publication: bool = False,
    unsure: bool = False,
) -> Fact:
    return Fact(metrics, Decimal(value), region, period, of_publication, unsure, quote=value)


def observation(
    value: str = "38.54", *, metric: str = "coverage_rate", region: str | None = "61.02", period: str | None = "2024-09"
) -> Observation:
    return Observation(
        metric=metric,
        value=Decimal(value),
        unit="percent",
        quote=value,
        quote_start=0,
        quote_end=len(value),
        sentence=value,
        sentence_start=0,
        rule="a rule",
        region_code=region,
        period=period,
    )


def tally(facts: list[Fact], observations: list[Observation]) -> Tally:
    return total(compare(facts, observations).tallies().values())


def test_extraction_keeps_its_floors() -> None:
    figures = floor_figures(measure(GOLD), measure(REWORDED))
    assert list_shortfalls(EXTRACTION, figures, hash_files(gold_files())) == []


def test_shares_of_a_mixed_result() -> None:
    result = tally(
        [fact("1"), fact("2"), fact("3"), fact("4")],
        [observation("1"), observation("2", region="61.01"), observation("9")],
    )
    assert (result.found, result.full, result.missed, result.false) == (2, 1, 2, 1)
    assert result.precision == pytest.approx(2 / 3)
    assert result.recall == pytest.approx(2 / 4)
    assert result.f1 == pytest.approx(4 / 7)
    assert result.full_f1 == pytest.approx(2 / 7)


def test_false_observations_count_against_their_own_metric() -> None:
    counts = compare([fact("1")], [observation("1", metric="participants")]).tallies()
    assert counts == {"coverage_rate": Tally(missed=1), "participants": Tally(false=1)}


def test_other_metrics_of_a_fact_are_right_and_count_for_its_first() -> None:
    counts = compare(
        [fact("1", metrics=("participants", "assisted_workers"))], [observation("1", metric="assisted_workers")]
    )
    assert set(counts.tallies()) == {"participants"}
    assert counts.tallies()["participants"].found == 1


def test_unsure_facts_count_neither_way() -> None:
    assert tally([fact(unsure=True)], []) == Tally()
    assert tally([fact(unsure=True)], [observation()]) == Tally()


def test_sure_facts_are_paired_before_unsure_ones() -> None:
    assert tally([fact(unsure=True), fact()], [observation()]).missed == 0


def test_full_agreement_is_paired_before_the_figure_alone() -> None:
    result = tally(
        [fact(region="61.01"), fact(region="61.02")], [observation(region="61.02"), observation(region="61.01")]
    )
    assert (result.full, result.regions_right) == (2, 2)


def test_an_observation_is_used_once() -> None:
    assert tally([fact(), fact()], [observation()]).missed == 1
    assert tally([fact()], [observation(), observation()]).false == 1


def test_values_are_equal_as_numbers() -> None:
    assert tally([fact("38.5")], [observation("38.50")]).found == 1


@pytest.mark.parametrize(
    ("wanted", "given", "of_publication", "right"),
    [
        ("2024-09", "2024-09", False, True),
        ("2024-09", "2024-09-30", False, True),
        ("2024-09", "2024", False, False),
        ("2024-09", None, False, False),
        ("2024-01/2024-09", "2024-09", False, True),
        ("2024-09", "2024-01/2024-09", False, True),
        ("2024-01/2024-09", "2024-01", False, False),
        ("2024-09-12", None, True, True),
        ("2024-09-12", "2024", True, True),
        ("2024-09-12", "2024-08", True, False),
        (None, "2024", False, True),
    ],
)
def test_periods_agree_by_their_end(wanted: str | None, given: str | None, of_publication: bool, right: bool) -> None:
    result = tally([fact(period=wanted, of_publication=of_publication)], [observation(period=given)])
    assert result.full == right


def test_region_without_a_code_fits_any() -> None:
    result = tally([fact(region=None)], [observation(region="61.02")])
    assert (result.full, result.regions) == (1, 0)


def test_numbers_that_the_extractor_does_not_mention_are_counted() -> None:
    text = "Pada 2024 ada 1.230 pekerja di 5 desa, 7 di antaranya perempuan."
    spans = {"2024": "date", "1.230": "observation", "5": "unexplained"}
    numbers = [
        NumberMention(
            text=words,
            start=text.index(words),
            end=text.index(words) + len(words),
            value=None,
            role=role,
            explanation="",
        )
        for words, role in spans.items()
    ]
    assert sorted(number_roles(text, numbers)) == ["explained", "not listed", "observation", "unexplained"]
