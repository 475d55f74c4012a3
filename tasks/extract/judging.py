"""Weighs what stands around a number: what examples teach against what a rule proposes.

Rules say what a number is by the first that applies; they do not say how sure that is, and they know only the turns of
phrase that somebody wrote down. ``seeds/judge_weights.csv`` says for every place and tag (see
:mod:`tasks.extract.rules`), for every word beside the number (:mod:`tasks.extract.wording`) and for the rule itself how
much it speaks for each metric, and for none: a linear model (multinomial logistic regression) of the annotated
articles, written by ``make learn``. A weight is a hundredth of the logarithm of odds, a whole number, so that every
machine adds up the same sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.extract import wording
from tasks.extract.numbers import Figure
from tasks.extract.plausible import is_plausible
from tasks.extract.rules import MetricRule, bit_numbers
from tasks.extract.situations import Situation
from tasks.extract.weights import ALWAYS, FORMS, NONE, WeightRow, weighed_metrics, weight_rows
from tasks.extract.wording import NEAREST_AFTER, NEAREST_BEFORE, Wording

CAUTION = 175
"""What no observation counts more: a wrong figure is worse than none. Cross-validated, see DECISIONS.md."""

LOYALTY = 100
"""What another metric than the one that a rule proposes must count more to be taken."""

_OWN_PLACES = frozenset({"form", "noun", "fund"})
_UNSETTLED = frozenset({"few", "words", "single", "unit:employer", "unit:institution"})
"""What alone settles nothing: so few may be heirs, and firms may be registered."""

_MOST_REASONS = 3
_TELLING_NOTHING = frozenset({"nothing", "percent", "points", "money", "count", "0", ",", ".", ":", ";", "(", ")"})
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


def _weigh(by_form: Mapping[str, _Weights], figure: Figure, situation: Situation, proposal: Proposal) -> Verdict:
    # Percentage points are too few to learn from: there a rule stands as it is.
    if is_final(proposal) or figure.kind not in by_form:
        return Verdict(proposal, {})
    weights = by_form[figure.kind]
    sums = weights.sum_of(situation, proposal).tolist()
    proposed = proposal.metric or NONE
    sums[weights.columns[NONE]] += CAUTION
    weighed = {metric: sums[weights.columns[metric]] for metric in (proposed, *choices(figure))}
    if proposed != NONE:
        weighed |= {metric: weight - LOYALTY for metric, weight in weighed.items() if metric not in (proposed, NONE)}
    best = max(weighed, key=lambda metric: weighed[metric])
    if best == proposed:
        return Verdict(proposal, weighed)
    if best == NONE:
        return Verdict(Proposal(None, None, f"{proposal.name}, overruled"), weighed)
    return Verdict(Proposal(None, best, f"learned ({_reasons(weights, situation, best)})"), weighed)


def is_final(proposal: Proposal) -> bool:
    """Whether a rule says that a number is no observation by its own form, by what it counts, or by whose it is."""
    if proposal.rule is None or proposal.metric or proposal.name != proposal.rule.name:
        return False
    return all(
        condition.place in _OWN_PLACES and condition.tags.isdisjoint(_UNSETTLED) for condition in proposal.rule.requires
    )


def features(situation: Situation, proposal: Proposal) -> Counter[tuple[str, str]]:
    """What is weighed for a number, by place and tag, and how often it stands there."""
    return Counter(situation.pairs()) + situation.wording.counts() + Counter(_of_rules(proposal))


def _of_rules(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    """The rule that applies and what it proposes, as places and tags of their own."""
    rule = proposal.rule.name if proposal.rule else NONE
    is_of_list = bool(proposal.rule) and proposal.name != rule
    return ("rule", rule), ("proposal", proposal.metric or NONE), ("list", "member" if is_of_list else NONE)


def choices(figure: Figure) -> Sequence[str]:
    """What a number can be: no observation, or a metric of its form and size."""
    return (NONE, *(metric for metric in _METRICS_OF_FORM[figure.kind] if is_plausible(metric, figure)))


class _Weights(NamedTuple):
    """Whole numbers: ``table[row, column]``, columns by metric; the first rows are those of the bits of a situation.

    ``rows`` has the row of each place and tag, ``prefix_sums`` the sums over the first words of a sentence, for each
    place of words: ``[place, words, column]``.
    """

    table: NDArray[np.int64]
    intercepts: NDArray[np.int64]
    columns: dict[str, int]
    rows: dict[tuple[str, str], int]
    prefix_sums: Callable[[tuple[str, ...]], NDArray[np.int64]]

    def sum_of(self, situation: Situation, proposal: Proposal) -> NDArray[np.int64]:
        """What speaks for each metric, summed up."""
        rows = [self.rows[pair] for pair in _of_rules(proposal) if pair in self.rows]
        found = np.concatenate((_set_bits(situation.bits, len(bit_numbers())), np.array(rows, dtype=np.int64)))
        told: NDArray[np.int64] = self.table.take(found, axis=0).sum(axis=0)
        return self.intercepts + told + self._of_words(situation.wording)

    def _of_words(self, wording: Wording) -> NDArray[np.int64]:
        stems, first, behind = wording.words.stems, wording.first, wording.behind
        sums, last = self.prefix_sums(stems), len(stems)
        near_before, near_after, before, after, anywhere = sums
        beside: NDArray[np.int64] = near_before[first] - near_before[max(0, first - NEAREST_BEFORE)]
        beside += near_after[min(last, behind + NEAREST_AFTER)] - near_after[behind]
        beside += before[first] + after[last] - after[behind] + anywhere[last]
        return beside


@cache
def _weights() -> Mapping[str, _Weights]:
    return _tabulate(weight_rows())


def _tabulate(weight_rows: Iterable[WeightRow]) -> Mapping[str, _Weights]:
    """The weights of each form of number."""
    by_form: dict[str, dict[tuple[str, str], Mapping[str, int]]] = {form: {} for form in FORMS}
    for row in weight_rows:
        by_form[row.form][row.place, row.tag] = row.weights
    return {form: _table_of(weighed) for form, weighed in by_form.items()}


def _table_of(weighed: Mapping[tuple[str, str], Mapping[str, int]]) -> _Weights:
    columns = {metric: column for column, metric in enumerate(weighed_metrics())}
    rows = dict(bit_numbers())
    for pair in weighed:
        rows.setdefault(pair, len(rows))
    table = np.zeros((len(rows) + 1, len(columns)), dtype=np.int64)
    for pair, weights in weighed.items():
        for metric, weight in weights.items():
            table[rows[pair], columns[metric]] = weight
    intercepts = table[rows[ALWAYS, ALWAYS]] if (ALWAYS, ALWAYS) in rows else np.zeros(len(columns), dtype=np.int64)
    rows_of_words = {
        word: tuple(rows.get((place, word), len(rows)) for place in wording.PLACES)
        for place_of_word, word in weighed
        if place_of_word in wording.PLACES
    }
    prefix_sums = lru_cache(maxsize=8)(partial(_prefix_sums, table, rows_of_words))
    return _Weights(table, intercepts, columns, rows, prefix_sums)


def _prefix_sums(
    table: NDArray[np.int64], rows_of_words: Mapping[str, tuple[int, ...]], stems: tuple[str, ...]
) -> NDArray[np.int64]:
    """Sums over the first 0, 1, 2 … words of a sentence; a word without a weight counts as the last row, which is 0.

    Each word counts once: where it stands first, on the right of a number where it stands last. Of the nearest words
    each counts.
    """
    nothing = (len(table) - 1,) * len(wording.PLACES)
    numbers = np.array([rows_of_words.get(stem, nothing) for stem in stems], dtype=np.int64).reshape(-1, len(nothing)).T
    first, last = wording.repeated(stems), wording.repeated(stems[::-1])[::-1]
    for place, is_repeated in zip(wording.PLACES_OF_SETS, (first, last, first), strict=True):
        numbers[wording.PLACES.index(place), is_repeated] = nothing[0]
    sums = np.zeros((len(wording.PLACES), len(stems) + 1, table.shape[1]), dtype=np.int64)
    np.cumsum(table[numbers], axis=1, out=sums[:, 1:])
    return sums


def _set_bits(bits: int, count: int) -> NDArray[np.int64]:
    """The numbers of the bits that are set, the lowest first."""
    length = (count + 7) // 8
    packed = np.frombuffer(bits.to_bytes(length, "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=count, bitorder="little").nonzero()[0]


def _reasons(weights: _Weights, situation: Situation, metric: str) -> str:
    """What speaks most for a metric and against none, the strongest first: "before covered, words_before tercatat".

    What is so of nearly every number, such as that it is a count, tells a reader nothing and is left out.
    """
    column, none = weights.columns[metric], weights.columns[NONE]
    told = Counter(situation.pairs()) + situation.wording.counts()
    rows = {pair: weights.table[weights.rows[pair]] for pair in told if pair in weights.rows}
    gains = {pair: int(told[pair] * (row[column] - row[none])) for pair, row in rows.items()}
    strongest = sorted((-gain, pair) for pair, gain in gains.items() if gain > 0)
    telling = [pair for _, pair in strongest if pair[1] not in _TELLING_NOTHING and "magnitude" not in pair[1]]
    return ", ".join(" ".join(pair) for pair in telling[:_MOST_REASONS]) or "no single reason"
