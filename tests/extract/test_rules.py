"""Every rule, decoy and regulation in the seeds is proven by its own example and counter-example."""

from __future__ import annotations

import re

import pytest

from tasks.errors import SeedError
from tasks.extract import rules
from tasks.extract.decisions import decide_all
from tasks.extract.decoys import COLUMNS, find_decoys
from tasks.extract.judging import trust_rules
from tasks.extract.numbers import find_figures
from tasks.extract.phrases import lower
from tasks.extract.reading import read_article
from tasks.extract.rules import MetricRule, metric_rules
from tasks.knowledge import read_seed
from tests.extract.articles import article

RULES = metric_rules()


def _fired(text: str) -> list[str]:
    """The rules that decided the numbers of a text."""
    return [decision.rule.name for decision in decide_all(read_article(article(text)), trust_rules) if decision.rule]


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_rule_fires_on_its_example(rule: MetricRule) -> None:
    assert rule.name in _fired(rule.example)


WITH_COUNTER = [rule for rule in RULES if rule.counter_example]


@pytest.mark.parametrize("rule", WITH_COUNTER, ids=[rule.name for rule in WITH_COUNTER])
def test_rule_does_not_fire_on_its_counter_example(rule: MetricRule) -> None:
    assert rule.name not in _fired(rule.counter_example)


@pytest.mark.parametrize("row", read_seed("decoys.csv", COLUMNS), ids=lambda row: row["example"])
def test_decoy_pattern_finds_its_example_alone(row: dict[str, str]) -> None:
    example, lowered = row["example"], lower(row["example"])
    assert row["kind"] in {decoy.kind for decoy in find_decoys(example, lowered, find_figures(example, lowered))}
    assert re.search(row["pattern"], row["counter_example"]) is None


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("condition", ["nowhere:target", "before:no_such_class", "before:"])
def test_condition_that_cannot_hold_is_refused(condition: str) -> None:
    with pytest.raises(SeedError, match=r"no cue class|unknown place"):
        rules._conditions("a rule", condition)
