"""Arithmetic: figures of one document that can be reckoned from each other.

What reconciles is a finding too (severity info): it is the reason to trust a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import TypeVar

from tasks.check.figures import Figure, is_near
from tasks.check.knowledge import Partition, partitions
from tasks.check.words import about, amount, cite, make_finding
from tasks.records import Finding

One = TypeVar("One")
Other = TypeVar("Other")

_COUNTS = ("participants", "eligible_workers", "uncovered_workers", "assisted_workers", "employers", "claims_count")
_WHOLE_SEGMENTS = (None, "peserta aktif")
_NEAR_DAYS = 31
"""Days between the counts and the rate that an article quotes side by side."""

_MOST_COMBINATIONS = 64
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_PERCENT_STEP = Decimal("0.01")
_PERCENT_DIGITS = Decimal("0.0001")


def find_arithmetic(figures: Iterable[Figure]) -> Iterator[Finding]:
    """What adds up and what does not among the figures of one region, document by document."""
    documents: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        documents[figure.document_id].append(figure)
    for document in sorted(documents):
        stated = sorted(documents[document], key=lambda figure: figure.observation_id)
        if stated[0].region_code is not None:
            yield from _check_parts(stated)
            yield from _check_balance(stated)
            yield from _check_rates(stated)
            yield from _check_changes(stated)
        yield from _check_ranks(stated)


def _check_parts(stated: Sequence[Figure]) -> Iterator[Finding]:
    """Parts and total: formal and informal workers are all workers."""
    for metric in _COUNTS:
        scopes: dict[tuple[str, str], dict[str | None, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        for figure in stated:
            if figure.metric == metric and figure.value_max is None and not figure.per:
                scopes[figure.period or "", figure.program][figure.segment].append(figure)
        for scope in sorted(scopes):
            for partition in partitions():
                yield from _check_partition(partition, scopes[scope])


def _check_partition(partition: Partition, by_segment: dict[str | None, list[Figure]]) -> Iterator[Finding]:
    stated = [by_segment.get(segment, []) for segment in partition.parts]
    parts = [figures[0] for figures in stated if len({figure.value for figure in figures}) == 1]
    totals = [figure for whole in partition.wholes for figure in by_segment.get(whole, ())]
    if len(parts) < len(partition.parts) or not totals:
        return
    computed = sum((figure.value for figure in parts), Decimal(0))
    total = min(totals, key=lambda figure: (abs(figure.value - computed), figure.observation_id))
    tolerance = sum(map(_slack, [*parts, total]), _ONE)
    fits = abs(total.value - computed) < tolerance
    others = set(by_segment) - {*partition.parts, *partition.wholes}
    if not fits and computed < total.value and (others or not partition.complete):
        return  # the document names further groups, or may well leave some out
    words = " + ".join(f"{amount(figure.value)} {figure.segment}" for figure in parts)
    verdict = "add up to" if fits else f"are {amount(computed)}, not"
    message = f"{about(total)}: {words} {verdict} {amount(total.value, total.unit)}. {cite(*parts, total)}"
    yield from _report("parts and total", fits, message, [*parts, total], (total.value, computed, tolerance))


def _check_balance(stated: Sequence[Figure]) -> Iterator[Finding]:
    """Participants and those not yet covered are the eligible workers.

    A document that names several of them for a period speaks of groups as well: what fits best stands for all.
    """
    sides = _combinations(_whole(stated, "participants"), _whole(stated, "uncovered_workers"))
    periods: dict[str, list[tuple[Decimal, Figure, Figure, Figure]]] = defaultdict(list)
    for (covered, uncovered), eligible in _combinations(list(sides), _whole(stated, "eligible_workers")):
        if covered.period == uncovered.period == eligible.period:
            computed = covered.value + uncovered.value
            periods[eligible.period or ""].append((computed, covered, uncovered, eligible))
    for period in sorted(periods):
        computed, *involved = min(periods[period], key=lambda each: abs(each[0] - each[3].value))
        covered, uncovered, eligible = involved
        tolerance = sum(map(_slack, involved), _ONE)
        fits = abs(computed - eligible.value) < tolerance
        message = (
            f"{about(eligible)}: {amount(covered.value)} participants + {amount(uncovered.value)} uncovered "
            f"{'add up to' if fits else f'are {amount(computed)}, not'} {amount(eligible.value)} eligible. "
            f"{cite(covered, uncovered, eligible)}"
        )
        yield from _report("covered and uncovered", fits, message, involved, (eligible.value, computed, tolerance))


def _check_rates(stated: Sequence[Figure]) -> Iterator[Finding]:
    """Participants / eligible workers = rate; participants and uncovered workers together are eligible."""
    participants = _whole(stated, "participants")
    wholes = [(figure.value, [figure]) for figure in _whole(stated, "eligible_workers")]
    for covered, uncovered in _combinations(participants, _whole(stated, "uncovered_workers")):
        if covered.period == uncovered.period:
            wholes.append((covered.value + uncovered.value, [covered, uncovered]))
    for rate in _whole(stated, "coverage_rate"):
        quotients = [
            (part.value / whole * _HUNDRED, part, whole, basis)
            for part, (whole, basis) in _combinations(participants, wholes)
            if whole and _belong_together(rate, part, basis)
        ]
        if not quotients:
            continue
        computed, part, whole, basis = min(quotients, key=lambda each: abs(each[0] - rate.value))
        # A part of d more or less moves the quotient by d / whole, a whole of d more or less by quotient * d / whole.
        counted = (_slack(part) * _HUNDRED + sum(map(_slack, basis)) * computed) / whole
        tolerance = (max(rate.tolerance, _PERCENT_STEP) + counted).quantize(_PERCENT_DIGITS)
        computed = computed.quantize(_PERCENT_DIGITS)
        fits = abs(computed - rate.value) < tolerance
        involved = list(dict.fromkeys([part, *basis, rate]))
        shown = amount(computed.quantize(_PERCENT_STEP))
        message = (
            f"{about(rate)}: {amount(part.value)} of {amount(whole)} is {shown} percent, "
            f"{'which is' if fits else 'not'} the stated {amount(rate.value)} percent. {cite(*involved)}"
        )
        yield from _report("rate", fits, message, involved, (rate.value, computed, tolerance))


def _belong_together(rate: Figure, part: Figure, basis: list[Figure]) -> bool:
    """A quotient is held against a rate when its counts are of one period that ends near that of the rate."""
    return all(figure.period == part.period for figure in basis) and (
        rate.period == part.period or is_near(rate, part, _NEAR_DAYS)
    )


def _check_changes(stated: Sequence[Figure]) -> Iterator[Finding]:
    """Change = difference of two rates; an article states the newer one for the period of the change."""
    rates = [figure for figure in _whole(stated, "coverage_rate") if figure.last_day]
    for change in _whole(stated, "coverage_change"):
        differences = [
            (later.value - earlier.value, earlier, later)
            for earlier, later in _combinations(rates, rates)
            if earlier.last_day and later.last_day and earlier.last_day < later.last_day
        ]
        same = [each for each in differences if each[2].period == change.period]
        if not same:
            continue
        computed, earlier, later = min(same, key=lambda each: (abs(each[0] - change.value), each[1].period))
        tolerance = change.tolerance + earlier.tolerance + later.tolerance
        fits = abs(computed - change.value) < tolerance
        rounded = " rounded" if computed != change.value else ""
        message = (
            f"{about(change)}: {amount(change.value)} points is {f'the{rounded}' if fits else 'not the'} difference of "
            f"{amount(later.value)} and {amount(earlier.value)} percent, {amount(computed)}. "
            f"{cite(change, earlier, later)}"
        )
        yield from _report("change", fits, message, [change, earlier, later], (change.value, computed, tolerance))


def _check_ranks(stated: Sequence[Figure]) -> Iterator[Finding]:
    """A rank lies within the number of those that are ranked."""
    for rank in stated:
        if rank.metric == "rank" and rank.of is not None and rank.value > rank.of:
            message = f"{about(rank)}: place {amount(rank.value)} among only {amount(rank.of)}. {cite(rank)}"
            yield from _report("rank", False, message, [rank], (rank.value, rank.of, _ONE))


def _slack(count: Figure) -> Decimal:
    """By how much a count may miss the truth: not at all when it is exact, else by what rounding hides."""
    return max(count.tolerance - _ONE, Decimal(0))


def _whole(stated: Sequence[Figure], metric: str) -> list[Figure]:
    """Figures of a metric for all workers and no single programme, without ranges."""
    return [
        figure
        for figure in stated
        if figure.metric == metric
        and figure.segment in _WHOLE_SEGMENTS
        and figure.value_max is None
        and not figure.program
    ]


def _combinations(ones: Sequence[One], others: Sequence[Other]) -> Iterator[tuple[One, Other]]:
    """Pairs of a document, as long as there are few: a table of hundreds of figures says nothing in pairs."""
    if len(ones) * len(others) <= _MOST_COMBINATIONS:
        yield from product(ones, others)


def _report(
    rule: str, fits: bool, message: str, figures: list[Figure], reckoning: tuple[Decimal, Decimal, Decimal]
) -> Iterator[Finding]:
    """A finding, unless what does not fit is only stated as "more than" or "at most": then it may well fit."""
    if not fits and any(figure.is_bound for figure in figures):
        return
    last = figures[-1]
    subject = (last.document_id, *sorted(figure.observation_id for figure in figures))
    yield make_finding(
        "arithmetic",
        rule,
        "info" if fits else "warning",
        message,
        figures,
        subject=subject,
        region_code=last.region_code,
        reckoning=reckoning,
    )
