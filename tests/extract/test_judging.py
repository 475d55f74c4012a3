"""The judge: when weights of examples overrule a rule, fill in for one, and when nobody asks them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import SeedError
from tasks.extract import rules
from tasks.extract.decisions import Decision, decide_all
from tasks.extract.judging import NONE, Judge, is_final, judge_by, trust_rules, weigh
from tasks.extract.reading import read_article
from tasks.extract.rules import ALWAYS, WeightRow, weight_rows
from tasks.extract.situations import Situation
from tests.extract.articles import article

COVERED = "Sebanyak 79.077 pekerja di Kabupaten Bungo sudah terdaftar BPJS Ketenagakerjaan."
UNKNOWN = "Kantor BPJS Ketenagakerjaan di Bungo menyebut 79.077 pekerja begitu saja."
VILLAGES = "Peserta BPJS Ketenagakerjaan ada di 141 desa."
SO_MUCH = 100_000


def decided(text: str, judge: Judge = weigh) -> Decision:
    return decide_all(read_article(article(text)), judge)[0]


def always(metric: str) -> Judge:
    return judge_by([WeightRow(ALWAYS, ALWAYS, metric, SO_MUCH)])


def test_a_rule_stands_where_nothing_speaks_against_it() -> None:
    decision = decided(COVERED, judge_by([]))
    assert (decision.metric, decision.rule_name) == (decided(COVERED, trust_rules).metric, "persons covered behind")


def test_a_rule_is_overruled_by_what_speaks_against_it() -> None:
    decision = decided(COVERED, always(NONE))
    assert (decision.metric, decision.rule, decision.rule_name) == (None, None, "persons covered behind, overruled")


def test_a_number_that_no_rule_knows_is_taken_where_enough_speaks_for_it() -> None:
    assert decided(UNKNOWN, trust_rules).metric is None
    decision = decided(UNKNOWN, judge_by([WeightRow("noun", "unit:person", "eligible_workers", SO_MUCH)]))
    assert (decision.metric, decision.rule_name) == ("eligible_workers", "learned (noun unit:person)")


def test_without_a_rule_more_is_asked_for() -> None:
    """What is enough to bring a proposal through is not enough where no rule proposes anything."""
    for_it = [WeightRow(ALWAYS, ALWAYS, "participants", 100)]
    assert decided(COVERED, judge_by(for_it)).metric == "participants"
    assert decided(UNKNOWN, judge_by(for_it)).metric is None


def test_what_a_number_counts_is_not_weighed() -> None:
    decision = decided(VILLAGES, always("participants"))
    assert (decision.metric, decision.rule_name) == (None, "count of places")


@pytest.mark.parametrize("metric", ["coverage_rate", "benefit_paid", "coverage_change"])
def test_a_count_has_no_metric_of_another_form(metric: str) -> None:
    assert decided(COVERED, always(metric)).metric == "participants"


def test_no_metric_is_given_a_value_that_it_cannot_have() -> None:
    text = "Kantor BPJS Ketenagakerjaan di Bungo menyebut 41,5 pekerja begitu saja."
    assert decided(text, always("participants")).metric is None


def test_a_list_has_the_metric_that_most_speaks_for_in_all_its_numbers() -> None:
    text = "Menurut BPJS Ketenagakerjaan ada 410 kader, 320 petani, 230 nelayan, dan 140 ojek."
    rows = [
        WeightRow("noun", "segment:nelayan", "uncovered_workers", 400),
        WeightRow(ALWAYS, ALWAYS, "participants", 900),
    ]
    metrics = [decision.metric for decision in decide_all(read_article(article(text)), judge_by(rows))]
    assert metrics == ["participants"] * 4


@given(st.permutations(weight_rows()[:40]))
def test_the_order_of_weights_does_not_matter(rows: list[WeightRow]) -> None:
    assert decided(COVERED, judge_by(rows)) == decided(COVERED, judge_by(weight_rows()[:40]))


def test_weights_name_places_that_there_are() -> None:
    assert {row.place for row in weight_rows()} <= {*rules.PLACES, ALWAYS}


def test_situation_tells_every_place_and_tag() -> None:
    seen: list[Situation] = []

    def note(figure, situation, proposal):  # type: ignore[no-untyped-def]
        seen.append(situation)
        assert not is_final(proposal)
        return trust_rules(figure, situation, proposal)

    decide_all(read_article(article(COVERED)), note)
    assert {("after", "covered"), ("near", "covered"), ("noun", "unit:person"), ("form", "magnitude_4")} <= seen[
        0
    ].pairs()


def test_a_weight_that_is_no_whole_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"place": "before", "tag": "covered", "metric": "participants", "weight": "1,5"}
    monkeypatch.setattr(rules, "read_seed", lambda name, columns: [row])
    with pytest.raises(SeedError, match="make learn"):
        rules.weight_rows.__wrapped__()


def test_value_is_the_one_of_the_text() -> None:
    assert decided(COVERED).figure.value == Decimal(79077)
