"""Proposes what a number is, by the rules of seeds/metric_rules.csv: the first rule whose conditions hold does.

A judge weighs the proposal (:mod:`tasks.extract.judging`).

A condition is ``PLACE:TAG|TAG``: one of the tags stands at that place. Places are

    before, after     the number's own phrase, left or right of it
    near              before or after
    clause            the clause of the number
    sentence          its sentence
    article           its article, the title included
    nearest           the subject named nearest before the number in its phrase
    governing         the verb right before the number
    noun              the counted noun behind it
    previous          the metric of the number before, in the same sentence
    previous_noun     what the number before counts
    carried           the metric that earlier sentences were about, for numbers of the same form
    lately            the same for numbers of any form
    form              how it is written: see :mod:`tasks.extract.forms`
    label             the noun or programme named right before the number
    recent            the sentence before
    lead              the first two sentences of the article
    fund              work, health, other, program or none: whose figures these are

A metric in brackets explains a number that is no observation; "=carried" and "=previous" take over the metric found
at that place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from tasks.errors import SeedError
from tasks.extract.lexicon import cue_classes
from tasks.extract.weights import weight_rows
from tasks.knowledge import SEEDS, read_seed

PLACES = (
    "before", "after", "near", "nearest", "clause", "sentence", "article", "governing", "noun", "previous", "carried",
    "previous_noun", "lately", "form", "fund", "recent", "label", "lead",
)  # fmt: skip
_KINDS = frozenset({"percent", "points", "money", "count"})
_TRIGGER_PLACES = ("before", "after", "near", "nearest", "governing", "clause")
COLUMNS = ("rule", "metric", "requires", "forbids", "explanation", "example", "counter_example")


@dataclass(frozen=True, slots=True)
class Condition:
    """One of ``tags`` stands at ``place``."""

    place: str
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class MetricRule:
    """A row of seeds/metric_rules.csv."""

    name: str
    metric: str
    requires: tuple[Condition, ...]
    forbids: tuple[Condition, ...]
    explanation: str
    example: str
    counter_example: str

    @property
    def is_observation(self) -> bool:
        """Whether the number becomes an observation."""
        return not self.metric.startswith("(")

    @property
    def kinds(self) -> frozenset[str]:
        """The forms of number that it can apply to."""
        named = [condition.tags & _KINDS for condition in self.requires if condition.place == "form"]
        return frozenset.intersection(*(kinds for kinds in named if kinds)) if any(named) else _KINDS

    @property
    def triggers(self) -> frozenset[str]:
        """The tags of words around a number that make the rule apply."""
        conditions = (condition.tags for condition in self.requires if condition.place in _TRIGGER_PLACES)
        return frozenset().union(*conditions)


@cache
def metric_rules() -> tuple[MetricRule, ...]:
    """The rules in the order in which they are tried."""
    return tuple(
        MetricRule(
            name=row["rule"],
            metric=row["metric"],
            requires=_conditions(row["rule"], row["requires"]),
            forbids=_conditions(row["rule"], row["forbids"]),
            explanation=row["explanation"],
            example=row["example"],
            counter_example=row["counter_example"],
        )
        for row in read_seed("metric_rules.csv", COLUMNS)
    )


@cache
def bit_numbers() -> dict[tuple[str, str], int]:
    """A bit for each place and tag that some rule or weight names together; rules first, they are tried most."""
    conditions = (condition for rule in metric_rules() for condition in (*rule.requires, *rule.forbids))
    named = dict.fromkeys((condition.place, tag) for condition in conditions for tag in sorted(condition.tags))
    named |= dict.fromkeys((row.place, row.tag) for row in weight_rows() if row.place in PLACES)
    return {pair: number for number, pair in enumerate(named)}


class PlaceBits(dict[frozenset[str], int]):
    """The bits of tags that stand at a place, or at several at once; what no rule or weight asks for there has none.

    It fills itself: the same words come up in every article.
    """

    def __init__(self, *places: str) -> None:
        super().__init__()
        self.places = places

    def __missing__(self, tags: frozenset[str]) -> int:
        """Works the bits of some tags out once."""
        numbers = bit_numbers()
        pairs = [(place, tag) for place in self.places for tag in tags]
        self[tags] = bits = sum(1 << numbers[pair] for pair in pairs if pair in numbers)
        return bits


class _Test(NamedTuple):
    """A rule's conditions as bits: of ``decisive`` exactly ``expected`` are set, and of each of ``any_of`` some."""

    decisive: int
    expected: int
    any_of: tuple[int, ...]
    rule: MetricRule


def _test(rule: MetricRule) -> _Test:
    required = [PlaceBits(condition.place)[condition.tags] for condition in rule.requires]
    single = _union(bits for bits in required if bits.bit_count() == 1)
    forbidden = _union(PlaceBits(condition.place)[condition.tags] for condition in rule.forbids)
    return _Test(single | forbidden, single, tuple(bits for bits in required if bits.bit_count() > 1), rule)


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


@cache
def _tests_for(kind: str) -> tuple[_Test, ...]:
    """The tests of the rules that a number of a form (percent, points, money, count) can fall under, in order."""
    return tuple(_test(rule) for rule in metric_rules() if kind in rule.kinds)


def matching_rules(kind: str, situation: int) -> Iterator[MetricRule]:
    """The rules whose required conditions all hold and whose forbidden ones do not, in order.

    ``situation`` are the bits of everything that stands around a number of the kind. As bits a rule is tried in one
    step, however many its conditions: most rules are tried on most numbers.
    """
    for decisive, expected, any_of, rule in _tests_for(kind):
        if situation & decisive == expected and all(situation & bits for bits in any_of):
            yield rule


def _conditions(rule: str, text: str) -> tuple[Condition, ...]:
    conditions = []
    for word in text.split():
        place, _, tags = word.partition(":")
        names = frozenset(tags.replace("_", " ") if ":" in tags else tags for tags in tags.split("|"))
        if place not in PLACES or not tags:
            raise SeedError(
                SEEDS / "metric_rules.csv", f"rule {rule}: unknown place in {word!r}", f"use one of {PLACES}"
            )
        unknown = _unknown_cues(names) if place in _CUE_PLACES else []
        if unknown:
            raise SeedError(
                SEEDS / "metric_rules.csv",
                f"rule {rule}: no cue class {unknown}",
                "add it to cues.csv",
            )
        conditions.append(Condition(place, names))
    return tuple(conditions)


_CUE_PLACES = ("before", "after", "near", "nearest", "clause", "sentence", "article", "governing")


def _unknown_cues(names: frozenset[str]) -> list[str]:
    """Names of cue classes that seeds/cues.csv does not have."""
    return sorted(name for name in names if ":" not in name and name != "nothing" and name not in cue_classes())
