"""Plausibility: figures that are kept, but that a reader should look at before using them."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from tasks.check.figures import Figure, agree
from tasks.check.knowledge import bounds
from tasks.check.words import about, amount, cite, make_finding
from tasks.records import Finding

_SHARES = ("coverage_rate", "coverage_target")
_HUNDRED = Decimal(100)
_JUMP_POINTS = Decimal(15)
"""Percentage points that a region's coverage does not gain or lose within a year without an article saying why."""

_JUMP_FACTOR = Decimal(2)
"""Factor by which the number of participants does not change within a year."""

_DAYS_A_YEAR = 366


def find_implausible(figures: Iterable[Figure]) -> Iterator[Finding]:
    """Values out of range, jumps, more covered than there are, and periods after publication, of one region."""
    stated = sorted(figures, key=lambda figure: figure.observation_id)
    for figure in stated:
        yield from _check_range(figure)
        yield from _check_time(figure)
    if stated and stated[0].region_code is not None:
        yield from _check_jumps(stated)
        yield from _check_covered(stated)


def _check_range(figure: Figure) -> Iterator[Finding]:
    known = bounds()[figure.metric]
    low, high = known.minimum, known.maximum
    if figure.metric in _SHARES:
        low, high = Decimal(0), _HUNDRED
    if (low is None or figure.value >= low) and (high is None or figure.upper <= high):
        return
    low_words = "any" if low is None else amount(low)
    high_words = "any" if high is None else amount(high, known.unit)
    message = (
        f"{about(figure)}: {amount(figure.value, known.unit)} is outside of what is plausible, "
        f"{low_words} to {high_words}. {cite(figure)}"
    )
    yield _finding("range", message, [figure])


def _check_time(figure: Figure) -> Iterator[Finding]:
    """A state that is reported before it can be: the article is older than the period's first day."""
    if figure.is_forward or figure.published is None or figure.first_day is None:
        return
    if figure.first_day > figure.published:
        message = (
            f"{about(figure)}: the article of {figure.published.isoformat()} is older than the period of its figure. "
            f"{cite(figure)}"
        )
        yield _finding("period after publication", message, [figure])


def _check_jumps(stated: Sequence[Figure]) -> Iterator[Finding]:
    """Steps of a region's own series, in the order of its periods."""
    for metric in ("coverage_rate", "participants"):
        series: dict[str, list[Figure]] = defaultdict(list)
        for figure in stated:
            if figure.metric == metric and figure.segment is None and figure.as_of and not figure.program:
                series[figure.as_of.isoformat()].append(figure)
        for earlier_day, later_day in pairwise(sorted(series)):
            earlier, later = _closest(series[earlier_day], series[later_day])
            if _jumps(earlier, later):
                message = (
                    f"{about(later)}: {amount(later.value, later.unit)} after {amount(earlier.value, earlier.unit)} "
                    f"of {earlier.period} is a jump. {cite(earlier, later)}"
                )
                yield _finding("jump", message, [earlier, later])


def _closest(earlier: Sequence[Figure], later: Sequence[Figure]) -> tuple[Figure, Figure]:
    """Of the figures of two days those that differ least: only when even these jump, the series does."""
    ordered = sorted(earlier, key=lambda figure: (figure.value, figure.observation_id))
    values = [figure.value for figure in ordered]
    pairs: list[tuple[Figure, Figure]] = []
    for figure in later:
        place = bisect(values, figure.value)
        pairs.extend((one, figure) for one in ordered[max(0, place - 1) : place + 1])
    return min(pairs, key=lambda pair: (_distance(*pair), pair[0].observation_id, pair[1].observation_id))


def _distance(one: Figure, other: Figure) -> Decimal:
    """In points for rates, as a share of the larger for counts."""
    distance = abs(one.value - other.value)
    return distance if one.metric == "coverage_rate" else distance / max(one.value, other.value, Decimal(1))


def _jumps(earlier: Figure, later: Figure) -> bool:
    if earlier.as_of is None or later.as_of is None or agree(earlier, later):
        return False
    if (later.as_of - earlier.as_of).days > _DAYS_A_YEAR:
        return False
    if later.metric == "coverage_rate":
        return abs(later.value - earlier.value) > _JUMP_POINTS
    low, high = sorted((earlier.value, later.value))
    return high > low * _JUMP_FACTOR


def _check_covered(stated: Sequence[Figure]) -> Iterator[Finding]:
    """Participants above the eligible workers of the same period."""
    eligible: dict[tuple[str | None, str | None, str], Figure] = {}
    for figure in stated:
        key = (figure.period, figure.segment, figure.program)
        if figure.metric == "eligible_workers" and (key not in eligible or figure.value > eligible[key].value):
            eligible[key] = figure
    for figure in stated:
        whole = eligible.get((figure.period, figure.segment, figure.program))
        if figure.metric == "participants" and whole and figure.value > whole.upper and not agree(figure, whole):
            message = (
                f"{about(figure)}: {amount(figure.value)} are covered of only {amount(whole.value)} eligible. "
                f"{cite(figure, whole)}"
            )
            yield _finding("more covered than eligible", message, [figure, whole])


def _finding(rule: str, message: str, figures: list[Figure]) -> Finding:
    subject = [figure.observation_id for figure in figures]
    region = figures[0].region_code
    return make_finding("plausibility", rule, "warning", message, figures, subject=subject, region_code=region)
