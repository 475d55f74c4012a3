"""Cases in which coverage could choose a figure that an analyst must not be given, and permutations of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_check_coverage import coverage, stating
from test_check_warehouse import check
from warehouse_samples import Figure, change_observation, document, open_prepared, rows

from tasks.records import Document

VIEWS = ("coverage", "coverage_latest", "coverage_gap")
CHOSEN = "SELECT value, why, qualifier, value_max FROM coverage ORDER BY ALL"


def test_a_bound_or_a_range_never_goes_before_a_value(tmp_path: Path) -> None:
    value = stating("a", "38.54", "2024-03-01")
    newer = stating("b", "40.25")
    for number, changes in enumerate(({"qualifier": "at_least"}, {"qualifier": "at_most"}, {"value_max": Decimal(45)})):
        (tmp_path / str(number)).mkdir()
        other = change_observation(newer, **changes)
        ((chosen, why, qualifier, value_max),) = coverage(tmp_path / str(number), value, other, sql=CHOSEN)
        assert (chosen, qualifier, value_max) == (Decimal("38.54"), None, None)
        assert why == "stated as a value: the next is a bound or a range"


def test_what_is_only_stated_as_a_bound_or_a_range_says_so(tmp_path: Path) -> None:
    bound = change_observation(stating("b", "40"), qualifier="at_least")
    assert coverage(tmp_path, bound, sql=CHOSEN) == [(40, "the only value stated", "at_least", None)]
    (tmp_path / "range").mkdir()
    wide = change_observation(stating("b", "40"), value_max=Decimal(45))
    assert coverage(tmp_path / "range", wide, sql=CHOSEN) == [(40, "the only value stated", None, 45)]


def test_about_is_less_precise_than_any_number(tmp_path: Path) -> None:
    about = change_observation(stating("a", "38.25"), qualifier="approx")
    ((chosen, why, _, _),) = coverage(tmp_path, about, stating("b", "38"), sql=CHOSEN)
    assert (chosen, why) == (38, "more precise: the next is only about")


def test_what_is_stated_for_a_period_to_come_is_no_coverage(tmp_path: Path) -> None:
    misread = change_observation(stating("a", "70"), period="2029")
    chosen = coverage(
        tmp_path, misread, stating("b", "38.54"), sql="SELECT period, value FROM coverage_latest ORDER BY ALL"
    )
    assert chosen == [("2024", Decimal("38.54"))]


def test_an_article_knows_nothing_of_the_days_after_it(tmp_path: Path) -> None:
    """An event that is announced for later does not make the figure newer than its article."""
    early = stating("a", "38.54", "2024-03-01")
    announced = replace(early, extraction=replace(early.extraction, event_date="2024-12-24"))
    ((chosen, why, _, _),) = coverage(tmp_path, announced, stating("b", "39"), sql=CHOSEN)
    assert (chosen, why) == (39, "later as-of date: 2024-10-26 after 2024-03-01")


def test_a_paper_that_prints_a_release_twice_is_one_source(tmp_path: Path) -> None:
    sentence = "Menurut bupati dalam rapat evaluasi di kantornya cakupan Mempawah 38,5 persen."
    release = Figure(sentence=sentence, words="38,5 persen", value="38.5")
    papers = [document(name, release, publisher=name) for name in ("Harian", "Mingguan")]
    again = replace_publisher(stating("lain", "38.5"), " harian")
    ((independent,),) = coverage(tmp_path, *papers, again, sql="SELECT independent_sources FROM coverage")
    assert independent == 1


def replace_publisher(made: Document, publisher: str) -> Document:
    return replace(made, article=replace(made.article, publisher=publisher))


def test_a_chosen_value_carries_what_checks_warn_of(tmp_path: Path) -> None:
    chosen = coverage(tmp_path, stating("a", "126.15"), sql="SELECT value, warnings FROM coverage_latest")
    assert chosen == [(Decimal("126.15"), ["plausibility: range"])]


def test_a_target_for_one_programme_is_not_that_of_the_region(tmp_path: Path) -> None:
    target = change_observation(
        stating("b", "90"), metric="coverage_target", programs=("JP",), value=Decimal(90), quote="90 persen"
    )
    gap = coverage(tmp_path, stating("a", "38.54"), target, sql="SELECT target FROM coverage_gap")
    assert gap == [(None,)]


CASES = [
    stating("a", "38.5"),
    stating("b", "38.7"),
    stating("c", "38.54", "2024-03-01"),
    change_observation(stating("d", "41"), qualifier="at_least"),
    change_observation(stating("e", "38.5"), qualifier="approx"),
    change_observation(stating("f", "38"), value_max=Decimal(42)),
    change_observation(stating("g", "60"), period="2029"),
    change_observation(stating("h", "38.7"), period="2024-10"),
    replace_publisher(stating("i", "38.70"), "Koran b"),
    stating("j", "126.15"),
]


def loaded(documents: Sequence[Document], batches: int) -> list[tuple[Any, ...]]:
    size = -(-len(documents) // batches)
    with TemporaryDirectory() as folder, open_prepared(Path(folder)) as warehouse:
        for start in range(0, len(documents), size):
            check(warehouse, f"r{start}", *documents[start : start + size])
        return [row for view in VIEWS for row in rows(warehouse, f"FROM {view} ORDER BY ALL")]


@pytest.fixture(scope="module")
def chosen() -> list[tuple[Any, ...]]:
    return loaded(CASES, 1)


@settings(max_examples=12, deadline=None)
@given(order=st.permutations(CASES), batches=st.integers(1, 4))
def test_neither_order_nor_batches_change_the_choice(
    chosen: list[tuple[Any, ...]], order: Sequence[Document], batches: int
) -> None:
    assert loaded(order, batches) == chosen
