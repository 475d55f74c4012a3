"""Scores observations against annotated facts.

An observation and a fact are the same figure when metric and value agree, each used once. A pair whose region and
period agree as well is formed before one that only shares the figure. An unsure fact is one on which careful readers
differ: taken or not, it does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tasks.records import Observation


@dataclass(frozen=True, eq=False)
class Fact:
    """What a careful reader takes from an article; ``metrics`` begins with the best and goes on with others as right.

    ``of_publication`` says that the period only rests on the day on which the article or its source speaks.
    """

    metrics: tuple[str, ...]
    value: Decimal
    region_code: str | None
    period: str | None
    of_publication: bool
    unsure: bool
    quote: str


@dataclass(frozen=True)
class Tally:
    """Counts of one metric or of all: sure facts found, found with region and period, missed; false observations.

    ``regions`` and ``periods`` count the found facts that state one, ``…_right`` those where it agrees.
    """

    found: int = 0
    full: int = 0
    missed: int = 0
    false: int = 0
    regions: int = 0
    regions_right: int = 0
    periods: int = 0
    periods_right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__})

    @property
    def facts(self) -> int:
        return self.found + self.missed

    @property
    def taken(self) -> int:
        return self.found + self.false

    @property
    def precision(self) -> float:
        return share(self.found, self.taken)

    @property
    def recall(self) -> float:
        return share(self.found, self.facts)

    @property
    def f1(self) -> float:
        return _mean(self.precision, self.recall)

    @property
    def full_f1(self) -> float:
        return _mean(share(self.full, self.taken), share(self.full, self.facts))


@dataclass(frozen=True)
class Comparison:
    """How the observations of an article and its facts go together; unsure facts are only in ``pairs``."""

    pairs: tuple[tuple[Fact, Observation], ...]
    missed: tuple[Fact, ...]
    false: tuple[Observation, ...]

    def tallies(self) -> dict[str, Tally]:
        """Counts by metric: that of the fact, or of the false observation."""
        counts: dict[str, Tally] = {}
        single = [(fact.metrics[0], _tally_pair(fact, observation)) for fact, observation in self.sure_pairs()]
        single += [(fact.metrics[0], Tally(missed=1)) for fact in self.missed]
        single += [(observation.metric, Tally(false=1)) for observation in self.false]
        for metric, tally in single:
            counts[metric] = counts.get(metric, Tally()) + tally
        return counts

    def sure_pairs(self) -> list[tuple[Fact, Observation]]:
        """The pairs that count."""
        return [pair for pair in self.pairs if not pair[0].unsure]


def compare(facts: Sequence[Fact], observations: Sequence[Observation]) -> Comparison:
    """Pairs facts and observations of one article, the best agreement first and sure facts before unsure ones."""
    free = list(observations)
    paired: dict[Fact, Observation] = {}
    rules: tuple[Callable[[Fact, Observation], bool], ...] = (_agree_fully, _same_figure)
    for agree in rules:
        for fact in sorted(facts, key=lambda fact: fact.unsure):
            match = next((each for each in free if fact not in paired and agree(fact, each)), None)
            if match is not None:
                paired[fact] = match
                free.remove(match)
    missed = tuple(fact for fact in facts if fact not in paired and not fact.unsure)
    return Comparison(tuple(paired.items()), missed, tuple(free))


def same_region(fact: Fact, observation: Observation) -> bool:
    """Whether the codes are equal; a region without a code, such as a branch area, fits any."""
    return fact.region_code is None or fact.region_code == observation.region_code


def same_period(fact: Fact, observation: Observation) -> bool:
    """Whether the observation's period is that of the fact."""
    return agree_on_period(fact, observation.period)


def agree_on_period(fact: Fact, period: str | None) -> bool:
    """Whether both end together: a finer answer within the fact's period fits, a coarser one does not.

    Where the period only rests on the day of publication, no answer fits too, and any that holds that day.
    """
    if fact.period is None:
        return True
    if period is None:
        return fact.of_publication
    wanted, given = _end(fact.period), _end(period)
    return given.startswith(wanted) or (fact.of_publication and wanted.startswith(given))


def share(part: int, whole: int) -> float:
    """A part of a whole from 0 to 1; of nothing, all is right."""
    return part / whole if whole else 1.0


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    return sum(tallies, Tally())


def read_fact(row: dict[str, Any]) -> Fact:
    """A fact of an annotation, values exact."""
    others = [row["alt_metric"]] if row.get("alt_metric") else []
    return Fact(
        metrics=(row["metric"], *others, *row.get("alt_metrics", ())),
        value=row["value"],
        region_code=(row.get("region") or {}).get("code"),
        period=row.get("period") or None,
        of_publication=row.get("period_basis") == "publication",
        unsure=bool(row.get("unsure")),
        quote=row["quote"],
    )


def _same_figure(fact: Fact, observation: Observation) -> bool:
    return observation.metric in fact.metrics and observation.value == fact.value


def _agree_fully(fact: Fact, observation: Observation) -> bool:
    return _same_figure(fact, observation) and same_region(fact, observation) and same_period(fact, observation)


def _end(period: str) -> str:
    return period.rpartition("/")[2]


def _tally_pair(fact: Fact, observation: Observation) -> Tally:
    region, period = same_region(fact, observation), same_period(fact, observation)
    has_region, has_period = fact.region_code is not None, fact.period is not None
    return Tally(
        found=1,
        full=region and period,
        regions=has_region,
        regions_right=has_region and region,
        periods=has_period,
        periods_right=has_period and period,
    )


def _mean(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
