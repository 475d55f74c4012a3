"""Weighs what stands around a number: what examples teach against what a rule proposes.

Rules say what a number is by the first that applies; they do not say how sure that is, and they know only the turns of
phrase that somebody wrote down. ``seeds/judge_weights.csv`` says for every place and tag (see
:mod:`tasks.extract.rules`) how much it speaks for each metric, and for none: a linear model (multinomial logistic
regression) of the annotated articles, written by ``make learn``. A weight is a hundredth of the logarithm of odds, a
whole number, so that every machine adds up the same sum. A rule's proposal counts as so much more for its metric.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.extract.numbers import Figure
from tasks.extract.plausible import METRIC_COLUMNS, is_plausible
from tasks.extract.rules import ALWAYS, MetricRule, WeightRow, bit_numbers, weight_rows
from tasks.extract.situations import Situation
from tasks.knowledge import read_seed

NONE = "none"
"""Stands for no metric in the weights."""

_TRUST = 250
"""What a rule's proposal is worth against the weights; cross-validated on articles that no rule was written for."""

_TRUST_IN_CARRIED = 50
"""The same for a rule that only goes on with what an earlier sentence was about."""

_TRUST_IN_EXPLANATION = 100
"""The same for a rule that says that a number is no observation."""

_CAUTION = 125
_CAUTION_WITHOUT_RULE = 225
"""What no observation counts more where a rule proposes one, and where none does: a wrong figure is worse than none."""

_OWN_PLACES = frozenset({"form", "noun", "fund"})
_UNSETTLED = frozenset({"few", "words", "single", "unit:employer", "unit:institution"})
"""What alone settles nothing: so few may be heirs, and firms may be registered."""

_CARRIED_PLACES = frozenset({"carried", "lately"})
_MOST_REASONS = 3
_TELLING_NOTHING = frozenset({"nothing", "percent", "points", "money", "count"})
_METRICS_OF_FORM = {
    "percent": ("coverage_rate", "coverage_target", "coverage_change"),
    "points": ("coverage_change",),
    "money": ("benefit_paid", "contribution", "budget"),
    "count": (
        "participants", "participants_target", "uncovered_workers", "eligible_workers", "assisted_workers",
        "claims_count", "employers",
    ),
}  # fmt: skip


class Proposal(NamedTuple):
    """What a number is held to be: the rule that says so, if one does, the metric that it gives, and a name for both.

    Without a metric a rule says that the number is no observation; without either nothing is known of it.
    """

    rule: MetricRule | None
    metric: str | None
    name: str


class Verdict(NamedTuple):
    """What a number is, and how much speaks for each metric that it could have, where that was weighed."""

    proposal: Proposal
    weights: Mapping[str, int]


Judge = Callable[[Figure, Situation, Proposal], Verdict]
"""Takes a number with what a rule proposes and says what it is."""


def trust_rules(figure: Figure, situation: Situation, proposal: Proposal) -> Verdict:
    """The judge who takes every proposal as it is."""
    return Verdict(proposal, {})


def weigh(figure: Figure, situation: Situation, proposal: Proposal) -> Verdict:
    """The judge who weighs a proposal against what annotated articles teach, by the weights of the seed."""
    return _weigh(_weights(), figure, situation, proposal)


def judge_by(rows: Iterable[WeightRow]) -> Judge:
    """A judge who weighs by other weights than those of the seed; places and tags that it lacks count nothing."""
    return partial(_weigh, _tabulate(rows))


def _weigh(weights: _Weights, figure: Figure, situation: Situation, proposal: Proposal) -> Verdict:
    if is_final(proposal):
        return Verdict(proposal, {})
    set_bits = _set_bits(situation.bits, len(weights.table))
    sums = (weights.intercepts + np.add.reduce(weights.table.take(set_bits, axis=0))).tolist()
    proposed = proposal.metric or NONE
    sums[weights.columns[proposed]] += _trust(proposal)
    sums[weights.columns[NONE]] += _CAUTION if proposal.metric else _CAUTION_WITHOUT_RULE
    weighed = {metric: sums[weights.columns[metric]] for metric in _choices(figure, proposed)}
    best = max(weighed, key=lambda metric: weighed[metric])
    if best == proposed:
        return Verdict(proposal, weighed)
    if best == NONE:
        return Verdict(Proposal(None, None, f"{proposal.name}, overruled"), weighed)
    return Verdict(Proposal(None, best, f"learned ({_reasons(weights, set_bits, best)})"), weighed)


def is_final(proposal: Proposal) -> bool:
    """Whether a rule says that a number is no observation by its own form, by what it counts, or by whose it is."""
    if proposal.rule is None or proposal.metric or proposal.name != proposal.rule.name:
        return False
    return all(
        condition.place in _OWN_PLACES and condition.tags.isdisjoint(_UNSETTLED) for condition in proposal.rule.requires
    )


def _trust(proposal: Proposal) -> int:
    """How much more a proposal counts for its metric, in hundredths of the logarithm of odds."""
    rule = proposal.rule
    if rule is None:
        return _TRUST_IN_CARRIED if proposal.metric else 0
    if proposal.metric is None:
        return _TRUST_IN_EXPLANATION
    is_carried = rule.metric.startswith("=") or any(each.place in _CARRIED_PLACES for each in rule.requires)
    return _TRUST_IN_CARRIED if is_carried or proposal.name != rule.name else _TRUST


def _choices(figure: Figure, proposed: str) -> Sequence[str]:
    """What a number can be: no observation, what the rule proposes, or a metric of its form and size."""
    possible = (metric for metric in _METRICS_OF_FORM[figure.kind] if is_plausible(metric, figure))
    return tuple(dict.fromkeys((proposed, NONE, *possible)))


class _Weights(NamedTuple):
    """Whole numbers: ``table[bit, column]`` for each bit of a situation, ``intercepts[column]``; columns by metric.

    ``pairs`` are the place and tag of each bit.
    """

    table: NDArray[np.int64]
    intercepts: NDArray[np.int64]
    columns: dict[str, int]
    pairs: tuple[tuple[str, str], ...]


@cache
def _weights() -> _Weights:
    return _tabulate(weight_rows())


def _tabulate(rows: Iterable[WeightRow]) -> _Weights:
    metrics = [row["metric"] for row in read_seed("metrics.csv", METRIC_COLUMNS)]
    columns = {metric: column for column, metric in enumerate((NONE, *metrics))}
    numbers = bit_numbers()
    table = np.zeros((len(numbers), len(columns)), dtype=np.int64)
    intercepts = np.zeros(len(columns), dtype=np.int64)
    for row in rows:
        if row.place == ALWAYS:
            intercepts[columns[row.metric]] = row.weight
        elif (row.place, row.tag) in numbers:
            table[numbers[row.place, row.tag], columns[row.metric]] = row.weight
    return _Weights(table, intercepts, columns, tuple(numbers))


def _set_bits(bits: int, count: int) -> NDArray[np.int64]:
    """The numbers of the bits that are set, the lowest first."""
    length = (count + 7) // 8
    packed = np.frombuffer(bits.to_bytes(length, "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=count, bitorder="little").nonzero()[0]


def _reasons(weights: _Weights, set_bits: NDArray[np.int64], metric: str) -> str:
    """What speaks most for a metric and against none, the strongest first: "before covered, noun unit:person".

    What is so of nearly every number, such as that it is a count, tells a reader nothing and is left out.
    """
    gains = weights.table[set_bits, weights.columns[metric]] - weights.table[set_bits, weights.columns[NONE]]
    told = zip(set_bits.tolist(), gains.tolist(), strict=True)
    strongest = sorted((-gain, weights.pairs[bit]) for bit, gain in told if gain > 0)
    telling = [pair for _, pair in strongest if pair[1] not in _TELLING_NOTHING and "magnitude" not in pair[1]]
    return ", ".join(" ".join(pair) for pair in telling[:_MOST_REASONS]) or "no single reason"
