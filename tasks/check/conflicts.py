"""Conflicts: figures for the same region, period and segment that cannot all be true.

Figures that only differ by rounding are reported as agreeing, so that a reader sees that both were compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush
from itertools import combinations, pairwise

from tasks.check.figures import Figure, agree, is_near
from tasks.check.knowledge import SingleValued, single_valued
from tasks.check.words import about, amount, cite, make_finding
from tasks.records import Finding

_MOST_PAIRED = 4
"""Different values of one subject up to which every pair is named; above, lowest and highest stand for all."""

Subject = tuple[str, str | None, str, tuple[str, ...]]
Reading = list[Figure]
"""Figures of one subject that state the same value for the same period."""


def find_conflicts(figures: Iterable[Figure]) -> Iterator[Finding]:
    """Contradictions and agreements among the figures of one region."""
    subjects: dict[Subject, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.metric in single_valued() and figure.region_code and figure.last_day:
            key = (figure.metric, figure.segment, figure.per or "", tuple(sorted(figure.programs)))
            subjects[key].append(figure)
    for subject in sorted(subjects, key=repr):
        yield from _compare(subject, subjects[subject], single_valued()[subject[0]])


def _compare(subject: Subject, figures: Sequence[Figure], rule: SingleValued) -> Iterator[Finding]:
    periods: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        periods[figure.period or ""].append(figure)
    for period in sorted(periods):
        readings = _readings(periods[period])
        if len(readings) <= _MOST_PAIRED:
            for low, high in combinations(readings, 2):
                yield from _judge(subject, low, high, None)
        else:
            yield from _judge_many(subject, readings)
    every = [_newest_first(reading) for period in periods for reading in _readings(periods[period])]
    every.sort(key=lambda reading: (reading[0].as_of, reading[0].value, reading[0].period))
    for earlier, later in pairwise(every):
        if earlier[0].period != later[0].period and is_near(earlier[0], later[0], rule.near_days):
            yield from _judge_near(subject, earlier, later, rule.near_change)


def _readings(figures: Iterable[Figure]) -> list[Reading]:
    """Figures of one period by what they state, lowest value first, each in a fixed order."""
    grouped: dict[tuple[Decimal, Decimal], list[Figure]] = defaultdict(list)
    for figure in figures:
        grouped[figure.value, figure.upper].append(figure)
    return [sorted(grouped[key], key=lambda figure: figure.observation_id) for key in sorted(grouped)]


def _newest_first(reading: Reading) -> Reading:
    """A reading with the figure in front that was stated of the latest day."""
    return sorted(reading, key=lambda figure: figure.as_of or date.min, reverse=True)


def _judge_many(subject: Subject, readings: list[Reading]) -> Iterator[Finding]:
    """One finding for many readings of one period: by the two that are furthest apart and contradict each other."""
    for low, high in _widest_first(readings):
        if not _told_apart(subject, low, high) and not agree(*_nearest(low, high)):
            yield from _judge(subject, low, high, readings)
            return


def _widest_first(readings: Sequence[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Pairs of readings in the order of their distance; readings are in the order of their values."""
    waiting = [(Decimal(0), 0, len(readings) - 1)]
    seen = {(0, len(readings) - 1)}
    while waiting:
        _, low, high = heappop(waiting)
        yield readings[low], readings[high]
        for pair in ((low + 1, high), (low, high - 1)):
            if pair[0] < pair[1] and pair not in seen:
                seen.add(pair)
                heappush(waiting, (readings[pair[0]][0].value - readings[pair[1]][0].value, *pair))


def _judge(subject: Subject, low: Reading, high: Reading, between: list[Reading] | None) -> Iterator[Finding]:
    """What two readings of one period say to each other; ``between`` has all when there are many."""
    if _told_apart(subject, low, high):
        return
    one, other = _nearest(low, high)
    if agree(one, other):
        yield _agreement(subject, low, high)
        return
    involved = [figure for reading in between or [low, high] for figure in reading]
    many = f"{len(between)} different values, from " if between else ""
    message = (
        f"{about(one)}: {many}{amount(one.value, one.unit)} against {amount(other.value, other.unit)}. "
        f"{cite(one, other)}"
    )
    key = (one.region_code, *subject, one.period, one.value, other.value)
    yield make_finding(
        "conflict", "same period", "warning", message, involved, subject=key, region_code=one.region_code
    )


def _judge_near(subject: Subject, earlier: Reading, later: Reading, change: Decimal) -> Iterator[Finding]:
    """Readings of two periods that end so close to each other that they should be about equal."""
    if _told_apart(subject, earlier, later):
        return
    one, other = _nearest(earlier, later)
    if agree(one, other):
        if one.value != other.value:
            yield _agreement(subject, earlier, later)
        return
    if abs(one.value - other.value) <= change * max(one.value, other.value):
        return
    message = (
        f"{about(one)}: {amount(one.value, one.unit)} against {amount(other.value, other.unit)} "
        f"of {other.period}. {cite(one, other)}"
    )
    key = (one.region_code, *subject, one.period, one.value, other.period, other.value)
    figures = [*earlier, *later]
    yield make_finding("conflict", "near period", "warning", message, figures, subject=key, region_code=one.region_code)


def _agreement(subject: Subject, low: Reading, high: Reading) -> Finding:
    """Two values that mean the same: by rounding, or because words such as "more than" or a range say so."""
    one, other = _nearest(low, high)
    tolerance = max(one.tolerance, other.tolerance)
    rounded = abs(one.value - other.value) < tolerance
    reason = "within rounding" if rounded else "as its words allow (more than, at most, a range)"
    message = (
        f"{about(one)}: {amount(one.value, one.unit)} agrees with {amount(other.value, other.unit)} "
        f"of {other.period} {reason}. {cite(one, other)}"
    )
    key = (one.region_code, *subject, one.period, one.value, other.period, other.value)
    return make_finding(
        "arithmetic",
        "agrees within rounding" if rounded else "agrees as worded",
        "info",
        message,
        [*low, *high],
        subject=key,
        region_code=one.region_code,
        reckoning=(one.value, other.value, tolerance) if rounded else None,
    )


def _nearest(low: Reading, high: Reading) -> tuple[Figure, Figure]:
    """A figure of each, preferring a pair that agrees; two of one sentence are no pair, it tells them apart."""
    pairs = [(one, other) for one in _samples(low) for other in _samples(high)]
    apart = [pair for pair in pairs if not _same_sentence(*pair)] or pairs
    return min(apart, key=lambda pair: (not agree(*pair), pair[0].observation_id, pair[1].observation_id))


def _samples(reading: Reading) -> list[Figure]:
    """One figure for each way to write it: all that can change whether two agree."""
    ways = {(figure.qualifier, figure.tolerance, figure.sentence): figure for figure in reversed(reading)}
    return sorted(ways.values(), key=lambda figure: figure.observation_id)[:_MOST_PAIRED]


def _told_apart(subject: Subject, low: Reading, high: Reading) -> bool:
    """Whether a document states both as two things: side by side in a sentence, or as two parts of a group."""
    if subject[1] is not None:
        return bool({figure.document_id for figure in low} & {figure.document_id for figure in high})
    beside = {(figure.document_id, figure.sentence) for figure in low}
    return any((figure.document_id, figure.sentence) in beside for figure in high)


def _same_sentence(one: Figure, other: Figure) -> bool:
    return one.document_id == other.document_id and one.sentence == other.sentence
