"""What checks find among figures, and what they leave alone; sentences and papers are made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.check import Figure, check_region
from tasks.check.figures import agree, resolution
from tasks.check.freshness import RegionNews, SourceNews, find_stale
from tasks.check.knowledge import partitions, single_valued
from tasks.records import Finding
from warehouse.rules import period_days

_UNITS = {"coverage_rate": "percent", "coverage_change": "percentage_point", "rank": "rank"}
_numbers = count()


def figure(value: str, metric: str = "coverage_rate", **given: Any) -> Figure:
    """A figure of Mempawah for 2024, each in a document and a sentence of its own unless told."""
    number = next(_numbers)
    period = given.setdefault("period", "2024")
    days = period_days(period) if period else None
    written = value.replace(".", ",")
    values = {
        "observation_id": f"{number:016x}",
        "document_id": f"d{number}",
        "publisher": f"Koran {number}",
        "published": date(2026, 1, 1),
        "metric": metric,
        "value": Decimal(value),
        "unit": _UNITS.get(metric, "person"),
        "quote": f"angka {written}",
        "sentence": f"Kalimat ke-{number} memuat angka {written}.",
        "region_code": "61.02",
        "region_name": "Kabupaten Mempawah",
        "first_day": days[0] if days else None,
        "last_day": days[1] if days else None,
    }
    return Figure(**{**values, **given})


def found(figures: Iterable[Figure], kind: str) -> list[Finding]:
    return [finding for finding in check_region(figures) if finding.kind == kind]


def one_document(*figures: Figure) -> list[Figure]:
    return [replace(each, document_id="d") for each in figures]


def test_a_conflict_names_both_sentences_and_both_observations() -> None:
    low, high = figure("79077", "participants"), figure("130363", "participants")
    (finding,) = found([low, high], "conflict")
    assert finding.severity == "warning"
    assert finding.observation_ids == (low.observation_id, high.observation_id)
    assert low.sentence in finding.message
    assert high.sentence in finding.message
    assert "79,077 against 130,363" in finding.message


def test_values_that_agree_within_rounding_are_no_conflict_but_a_finding() -> None:
    findings = check_region([figure("40.86"), figure("40.8")])
    assert [(each.kind, each.severity) for each in findings] == [("arithmetic", "info")]
    assert "40.8 percent agrees with 40.86 percent" in findings[0].message


def test_values_that_agree_by_their_words_are_not_called_rounded() -> None:
    (finding,) = check_region(
        [figure("152000", "participants", qualifier="at_least"), figure("152806", "participants")]
    )
    assert (finding.rule, finding.severity, finding.stated) == ("agrees as worded", "info", None)
    assert "as its words allow" in finding.message


def test_equal_values_are_not_worth_a_word() -> None:
    assert check_region([figure("40.86"), figure("40.86", quote="angka 40,860")]) == []


@pytest.mark.parametrize(
    "others",
    [
        {"region_code": "61.01"},
        {"period": "2022"},
        {"segment": "honorer"},
        {"programs": ("JHT",)},
        {"per": "case"},
        {"metric": "assisted_workers"},
    ],
)
def test_figures_of_different_things_are_no_conflict(others: dict[str, Any]) -> None:
    one = figure("79077", "participants")
    other = figure("130363", **{"metric": "participants", **others})
    together = [one] if one.region_code != other.region_code else [one, other]
    assert found(together, "conflict") == found([other], "conflict") == []


def test_states_of_a_few_weeks_apart_conflict_when_they_are_far_apart_in_value() -> None:
    year_end = figure("79077", "participants", period="2024-12-31")
    assert len(found([year_end, figure("130363", "participants", period="2025-01-20")], "conflict")) == 1
    assert found([year_end, figure("80100", "participants", period="2025-01-20")], "conflict") == []
    assert found([year_end, figure("130363", "participants", period="2025-06-20")], "conflict") == []


def test_qualifiers_and_ranges_are_read_before_a_conflict_is_called() -> None:
    assert (
        found([figure("9000", "participants", qualifier="at_least"), figure("9800", "participants")], "conflict") == []
    )
    assert found([figure("9000", "participants"), figure("9800", "participants", qualifier="at_least")], "conflict")
    wide = figure("9000", "participants", value_max=Decimal(10000))
    assert found([wide, figure("9800", "participants")], "conflict") == []


def test_what_one_sentence_or_one_list_tells_apart_is_no_conflict() -> None:
    beside = one_document(
        *(figure(value, "participants", sentence="Naik dari 500 ke 900.") for value in ("500", "900"))
    )
    assert found(beside, "conflict") == []
    groups = [figure(value, "participants", segment="petugas pemilu") for value in ("8380", "479")]
    assert len(found(groups, "conflict")) == 1
    assert found(one_document(*groups), "conflict") == []


def test_many_different_values_are_one_finding_that_names_all() -> None:
    figures = [figure(str(value), "participants") for value in range(1000, 9000, 1000)]
    (finding,) = found(figures, "conflict")
    assert len(finding.observation_ids) == 8
    assert "8 different values" in finding.message


def test_parts_that_add_up_and_parts_that_do_not() -> None:
    formal = figure("52104", "participants", segment="formal")
    informal = figure("26973", "participants", segment="informal")
    (right,) = found(one_document(formal, informal, figure("79077", "participants")), "arithmetic")
    assert (right.severity, right.rule, right.stated, right.computed) == ("info", "parts and total", 79077, 79077)
    assert "add up to 79,077" in right.message
    (wrong,) = found(one_document(formal, informal, figure("79078", "participants")), "arithmetic")
    assert wrong.severity == "warning"
    (rounded,) = found(one_document(formal, informal, figure("79000", "participants", quote="79 ribu")), "arithmetic")
    assert rounded.severity == "info"


def test_some_of_the_parts_may_be_less_than_the_total_but_not_more() -> None:
    paid = figure("500", "participants", segment="penerima upah")
    others = figure("300", "participants", segment="bukan penerima upah")
    assert found(one_document(paid, others, figure("900", "participants")), "arithmetic") == []
    (finding,) = found(one_document(paid, others, figure("700", "participants")), "arithmetic")
    assert finding.severity == "warning"


def test_a_third_group_explains_why_two_are_less_than_the_total() -> None:
    parts = [figure("500", "participants", segment=name) for name in ("formal", "informal", "jasa konstruksi")]
    assert found(one_document(*parts, figure("1500", "participants")), "arithmetic") == []
    assert len(found(one_document(*parts[:2], figure("1500", "participants")), "arithmetic")) == 1


def test_a_rate_is_held_against_its_counts() -> None:
    covered = figure("79077", "participants", period="2024-12-31")
    uncovered = figure("51186", "uncovered_workers", period="2024-12-31")
    rate = figure("60.70", period="2025-01-20", quote="60,70%")
    (right,) = found(one_document(covered, uncovered, rate), "arithmetic")
    assert (right.severity, right.rule) == ("info", "rate")
    assert len(right.observation_ids) == 3
    (wrong,) = found(one_document(covered, uncovered, figure("62.1", period="2024-12-31")), "arithmetic")
    assert wrong.severity == "warning"
    assert found([covered, uncovered, rate], "arithmetic") == []


def test_covered_and_uncovered_are_the_eligible_workers() -> None:
    sides = figure("600", "participants"), figure("400", "uncovered_workers")
    (right,) = found(one_document(*sides, figure("1000", "eligible_workers")), "arithmetic")
    assert right.severity == "info"
    (wrong,) = found(one_document(*sides, figure("1001", "eligible_workers")), "arithmetic")
    assert wrong.severity == "warning"


def test_a_change_is_the_difference_of_two_rates() -> None:
    rates = figure("38.35", period="2023"), figure("40.86")
    (right,) = found(one_document(*rates, figure("2.5", "coverage_change")), "arithmetic")
    assert (right.severity, right.computed) == ("info", Decimal("2.51"))
    assert "rounded difference of 40.86 and 38.35" in right.message
    (wrong,) = found(one_document(*rates, figure("4.5", "coverage_change")), "arithmetic")
    assert wrong.severity == "warning"


def test_a_rank_lies_among_the_ranked() -> None:
    assert check_region([figure("5", "rank", of=Decimal(14))]) == []
    (finding,) = check_region([figure("15", "rank", of=Decimal(14))])
    assert "place 15 among only 14" in finding.message


@pytest.mark.parametrize(
    ("one", "rule"),
    [
        (figure("126.15"), "range"),
        (figure("5000", "benefit_paid", unit="IDR"), "range"),
        (figure("38", period="2027", published=date(2026, 1, 1)), "period after publication"),
    ],
)
def test_implausible_figures_are_flagged(one: Figure, rule: str) -> None:
    (finding,) = check_region([one])
    assert (finding.kind, finding.rule, finding.severity) == ("plausibility", rule, "warning")
    assert one.sentence in finding.message


def test_plausible_figures_are_left_alone() -> None:
    assert check_region([figure("100"), figure("75", "coverage_target", unit="percent", period="2029")]) == []


def test_jumps_are_measured_against_the_regions_own_series() -> None:
    steady = [figure("38.12", period="2023-12"), figure("38.54", period="2024-09")]
    assert check_region(steady) == []
    (finding,) = check_region([*steady, figure("61", period="2024-12")])
    assert (finding.kind, finding.rule) == ("plausibility", "jump")
    assert check_region([*steady, figure("61", period="2026-12", published=date(2027, 1, 1))]) == []


def test_more_covered_than_there_are() -> None:
    (finding,) = check_region([figure("900", "participants"), figure("800", "eligible_workers")])
    assert finding.rule == "more covered than eligible"


def test_a_release_in_two_papers_is_an_echo() -> None:
    words = "Cakupan di Mempawah {} naik ke 38,54 persen kata bupati saat rapat evaluasi di kantornya."
    one, other = figure("38.54", sentence=words.format("kini")), figure("38.54", sentence=words.format("sekarang"))
    (echo,) = check_region([one, other])
    assert (echo.kind, echo.severity) == ("echo", "info")
    assert echo.observation_ids == (one.observation_id, other.observation_id)
    assert "count as one independent source" in echo.message


def test_look_alikes_with_another_number_or_value_are_no_echo() -> None:
    words = "Pada {} cakupan di Mempawah naik ke 38,54 persen kata bupati saat rapat evaluasi di kantornya."
    years = [figure("38.54", sentence=words.format(year)) for year in (2023, 2024)]
    assert found(years, "echo") == []
    alike = [figure(value, sentence="Cakupan di Mempawah naik menurut bupati itu.") for value in ("38", "39")]
    assert found(alike, "echo") == []
    apart = [figure("38.54"), figure("38.54", sentence="Kepala cabang menyebut angka 38,54 untuk Mempawah.")]
    assert found(apart, "echo") == []


def test_old_regions_and_silent_sources() -> None:
    today = date(2026, 1, 15)
    regions = [
        RegionNews(region_code="61.02", region_name="Mempawah", newest=date(2024, 10, 1), observation_id="a"),
        RegionNews(region_code="61.71", region_name="Pontianak", newest=date(2025, 2, 1), observation_id="b"),
    ]
    sources = [
        SourceNews(publisher="Koran Sepi", figures=(2, 1, 0, 3, 2, 0, 0, 0, 0, 0)),
        SourceNews(publisher="Koran Rajin", figures=(2, 1, 0, 3, 2, 0, 0, 0, 0, 1)),
        SourceNews(publisher="Koran Olahraga", figures=(0,) * 20),
    ]
    findings = list(find_stale(regions, sources, today))
    assert [(each.region_code, each.publisher) for each in findings] == [("61.02", None), (None, "Koran Sepi")]
    assert "15 months" in findings[0].message


@pytest.mark.parametrize(
    ("quote", "value", "place"),
    [
        ("40,86 persen", "40.86", "0.01"),
        ("60,70%", "60.7", "0.01"),
        ("40,8", "40.8", "0.1"),
        ("40.8", "40.8", "0.1"),
        ("79.077 orang", "79077", "1"),
        ("2,5 juta orang", "2500000", "100000"),
        ("52 ribu", "52000", "1000"),
        ("dua belas", "12", "1"),
        ("0,5 persen", "0.5", "0.1"),
    ],
)
def test_precision_is_what_the_words_say(quote: str, value: str, place: str) -> None:
    assert resolution(quote, Decimal(value).quantize(Decimal("0.000001"))) == Decimal(place)


def test_a_cut_off_digit_agrees_and_a_full_step_does_not() -> None:
    assert agree(figure("40.86"), figure("40.8"))
    assert not agree(figure("40.86"), figure("40.7"))
    assert not agree(figure("40.86"), figure("40.85"))
    assert agree(figure("40.86"), figure("39", qualifier="approx"))


def test_the_largest_numbers_do_not_break_a_check() -> None:
    large = "9" * 32
    figures = [
        figure(large, metric, quote="banyak") for metric in ("participants", "eligible_workers", "uncovered_workers")
    ]
    assert all(finding.message for finding in check_region(one_document(*figures, figure("50"), figure("0.000001"))))


def test_seeds_of_the_checks_fit_the_vocabulary() -> None:
    assert {"coverage_rate", "participants"} <= set(single_valued())
    assert all(len(partition.parts) > 1 for partition in partitions())


_many = st.lists(
    st.tuples(
        st.sampled_from(["coverage_rate", "participants", "eligible_workers", "uncovered_workers", "coverage_change"]),
        st.sampled_from(["38.12", "38.54", "38.5", "40", "52", "900", "100"]),
        st.sampled_from(["2023", "2024", "2024-12", "2024-12-31", "2025-01-20", None]),
        st.sampled_from([None, "formal", "informal"]),
        st.sampled_from([None, "approx", "at_least"]),
        st.sampled_from(["d1", "d2", "d3"]),
        st.sampled_from(
            ["Satu kalimat yang sama di beberapa koran.", "Kalimat lain tentang hal yang lain sama sekali."]
        ),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(_many, st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_figures(drawn: Sequence[Any], random: Any) -> None:
    figures = [
        figure(value, metric, period=period, segment=segment, qualifier=qualifier, document_id=document, sentence=words)
        for metric, value, period, segment, qualifier, document, words in drawn
    ]
    shuffled = list(figures)
    random.shuffle(shuffled)
    assert check_region(shuffled) == check_region(figures)
