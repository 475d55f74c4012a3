"""The judge: when weights of examples overrule a rule, fill in for one, and when nobody asks them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import SeedError
from tasks.extract import rules, weights, wording
from tasks.extract.decisions import Decision, decide_all
from tasks.extract.judging import (
    CAUTION,
    LOYALTY,
    Judge,
    Proposal,
    Verdict,
    features,
    is_final,
    judge_by,
    trust_rules,
    weigh,
)
from tasks.extract.numbers import Figure
from tasks.extract.reading import read_article
from tasks.extract.sentences import Sentence
from tasks.extract.situations import Situation
from tasks.extract.weights import ALWAYS, NONE, WeightRow, weighed_metrics, weight_rows
from tests.extract.articles import article

COVERED = "Sebanyak 79.077 pekerja di Kabupaten Bungo sudah terdaftar BPJS Ketenagakerjaan."
UNKNOWN = "Kantor BPJS Ketenagakerjaan di Bungo menyebut 79.077 pekerja begitu saja."
VILLAGES = "Peserta BPJS Ketenagakerjaan ada di 141 desa."
SO_MUCH = 100_000


def decided(text: str, judge: Judge = weigh) -> Decision:
    return decide_all(read_article(article(text)), judge)[0]


def always(metric: str) -> Judge:
    return judge_by([WeightRow("count", ALWAYS, ALWAYS, {metric: SO_MUCH})])


def test_a_rule_stands_where_enough_speaks_for_it() -> None:
    """Examples say how far a rule is to be trusted: what it is worth is learned like all else."""
    for_it = [WeightRow("count", "rule", "persons covered behind", {"participants": 200})]
    decision = decided(COVERED, judge_by(for_it))
    assert (decision.metric, decision.rule_name) == (decided(COVERED, trust_rules).metric, "persons covered behind")


def test_nothing_is_taken_where_nothing_speaks_for_it() -> None:
    assert decided(COVERED, judge_by([])).metric is None


def test_a_rule_is_overruled_by_what_speaks_against_it() -> None:
    decision = decided(COVERED, always(NONE))
    assert (decision.metric, decision.rule, decision.rule_name) == (None, None, "persons covered behind, overruled")


def test_a_number_that_no_rule_knows_is_taken_where_enough_speaks_for_it() -> None:
    assert decided(UNKNOWN, trust_rules).metric is None
    decision = decided(UNKNOWN, judge_by([WeightRow("count", "noun", "unit:person", {"eligible_workers": SO_MUCH})]))
    assert (decision.metric, decision.rule_name) == ("eligible_workers", "learned (noun unit:person)")


def test_what_a_rule_proposes_is_weighed_as_well() -> None:
    for_it = [WeightRow("count", "proposal", "participants", {"participants": 200})]
    assert decided(COVERED, judge_by(for_it)).metric == "participants"
    assert decided(UNKNOWN, judge_by(for_it)).metric is None


WORDED = "Kantor di Bungo mencatat 120 orang, sudah 450 orang BPJS Ketenagakerjaan, 60 orang sudah mencatat."


def test_words_stand_beside_a_number_and_in_its_sentence() -> None:
    words = wording.words_of(WORDED.lower(), Sentence(0, len(WORDED), 0))
    second = wording.wording_of(words, Figure(start=43, end=46, value=Decimal(450), kind="count")).counts()
    assert {tag for place, tag in second if place == "word_before"} == {"catat", "0", "orang", ",", "sudah", "bungo"}
    assert {tag for place, tag in second if place == "word_after"} == {"orang", "bpjs", "tenagakerja", ",", "0"}
    assert {tag for place, tag in second if place == "words_before"} == set(words.stems[:8])
    assert second["words_after", "orang"] == second["words", "orang"] == 1


@given(st.lists(st.sampled_from([*WORDED.split(), "peserta", "79.077", "klaim,", "Rp42 juta"]), max_size=30))
def test_sums_are_those_of_all_that_is_weighed(words: list[str]) -> None:
    """The judge adds up by sentences, what it learns from is counted by numbers: both come to the same."""
    weights = {(row.form, row.place, row.tag): row.weights for row in weight_rows()}
    judge_sums: list[tuple[dict[str, int], dict[str, int]]] = []

    def note(figure: Figure, situation: Situation, proposal: Proposal) -> Verdict:
        told = {**features(situation, proposal), (ALWAYS, ALWAYS): 1}
        form = figure.kind
        rows = [(count, weights[form, *pair]) for pair, count in told.items() if (form, *pair) in weights]
        verdict = weigh(figure, situation, proposal)
        expected = {metric: sum(count * row.get(metric, 0) for count, row in rows) for metric in verdict.weights}
        if proposal.metric:
            others = expected.keys() - {proposal.metric, NONE}
            expected |= {metric: expected[metric] - LOYALTY for metric in others}
        judge_sums.append((dict(verdict.weights), expected))
        return verdict

    decide_all(read_article(article("BPJS Ketenagakerjaan: " + " ".join(words))), note)
    for weighed, expected in judge_sums:
        if weighed:
            assert weighed == expected | {NONE: expected[NONE] + CAUTION}


def test_a_word_counts_once_however_often_it_stands_on_a_side() -> None:
    text = "Menurut BPJS Ketenagakerjaan tercatat, tercatat, tercatat 450 orang begitu saja."
    row = WeightRow("count", "words_before", "catat", {"eligible_workers": CAUTION - 1})
    assert decided(text, judge_by([row])).metric is None
    assert (
        decided(text, judge_by([row._replace(weights={"eligible_workers": CAUTION + 1})])).metric == "eligible_workers"
    )


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("daftar mendaftar terdaftar didaftarkan pendaftaran mendaftarkan", "daftar"),
        ("lindungi dilindungi melindungi terlindungi perlindungan", "lindung"),
        ("serta peserta", "serta"),
        ("bpjs", "bpjs"),
        ("orang", "orang"),
    ],
)
def test_forms_of_a_word_have_one_stem(words: str, stem: str) -> None:
    assert {wording.stem(word) for word in words.split()} == {stem}


def test_what_a_number_counts_is_not_weighed() -> None:
    decision = decided(VILLAGES, always("participants"))
    assert (decision.metric, decision.rule_name) == (None, "count of places")


def test_weights_are_those_of_the_form_of_the_number() -> None:
    rows = [WeightRow("percent", ALWAYS, ALWAYS, {"coverage_rate": SO_MUCH})]
    text = "Kantor BPJS Ketenagakerjaan di Bungo menyebut 41,5 persen, 79.077 pekerja begitu saja."
    metrics = [decision.metric for decision in decide_all(read_article(article(text)), judge_by(rows))]
    assert metrics == ["coverage_rate", None]


@pytest.mark.parametrize("metric", ["coverage_rate", "benefit_paid", "coverage_change"])
def test_a_count_has_no_metric_of_another_form(metric: str) -> None:
    assert decided(COVERED, always(metric)).metric is None


def test_no_metric_is_given_a_value_that_it_cannot_have() -> None:
    text = "Kantor BPJS Ketenagakerjaan di Bungo menyebut 41,5 pekerja begitu saja."
    assert decided(text, always("participants")).metric is None


def test_a_list_has_the_metric_that_most_speaks_for_in_all_its_numbers() -> None:
    text = "Menurut BPJS Ketenagakerjaan ada 410 kader, 320 petani, 230 nelayan, dan 140 ojek."
    rows = [
        WeightRow("count", "noun", "segment:nelayan", {"uncovered_workers": 400}),
        WeightRow("count", ALWAYS, ALWAYS, {"participants": 900}),
    ]
    metrics = [decision.metric for decision in decide_all(read_article(article(text)), judge_by(rows))]
    assert metrics == ["participants"] * 4


@given(st.permutations(list(weight_rows()[:40])))
def test_the_order_of_weights_does_not_matter(rows: list[WeightRow]) -> None:
    assert decided(COVERED, judge_by(rows)) == decided(COVERED, judge_by(weight_rows()[:40]))


def test_weights_name_places_that_there_are() -> None:
    assert {row.place for row in weight_rows()} <= {*rules.PLACES, *wording.PLACES, "rule", "proposal", "list", ALWAYS}


def test_weights_are_learned_for_every_metric_and_for_none() -> None:
    learned = {metric for row in weight_rows() for metric, weight in row.weights.items() if weight}
    assert learned == {*weighed_metrics()} - {"rank"}
    assert NONE in learned


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
    row = dict.fromkeys(weighed_metrics(), "") | {
        "form": "count",
        "place": "before",
        "tag": "covered",
        "participants": "1,5",
    }
    monkeypatch.setattr(weights, "read_seed", lambda name, columns: [row])
    with pytest.raises(SeedError, match="make learn"):
        weights.weight_rows.__wrapped__()


def test_value_is_the_one_of_the_text() -> None:
    assert decided(COVERED).figure.value == Decimal(79077)
