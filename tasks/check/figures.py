"""A figure as the checks see it: what an observation states, and who stated it when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

_NUMERAL = re.compile(r"\d{1,20}(?:[.,]\d{1,20}){0,8}", re.ASCII)
_SCALES = (0, 3, 6, 9, 12)
"""Powers of ten that ribu, juta, miliar and triliun stand for, and none."""

_ROUGH = Decimal("0.05")
"""Share of a value by which "about" may miss it."""

_BOUNDS = ("at_least", "at_most")
_FORWARD = ("coverage_target", "participants_target", "budget")
"""Metrics about the time to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An observation with its document; days are those of its period, both ends included."""

    observation_id: str
    document_id: str
    publisher: str | None
    published: date | None
    metric: str
    value: Decimal
    unit: str
    quote: str
    sentence: str
    region_code: str | None = None
    region_name: str | None = None
    value_max: Decimal | None = None
    of: Decimal | None = None
    per: str | None = None
    period: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    segment: str | None = None
    programs: tuple[str, ...] = ()
    qualifier: str | None = None

    @property
    def upper(self) -> Decimal:
        """Upper end of the stated range; the value itself where there is none."""
        return self.value if self.value_max is None else self.value_max

    @property
    def program(self) -> str:
        """The one programme that it is about; empty for several or none, which mean membership as such."""
        return self.programs[0] if len(self.programs) == 1 else ""

    @property
    def is_bound(self) -> bool:
        """Whether its words only say that the truth lies above or below it."""
        return self.qualifier in _BOUNDS

    @property
    def is_forward(self) -> bool:
        """Whether it is about the time to come, as targets and budgets are."""
        return self.metric in _FORWARD

    @property
    def as_of(self) -> date | None:
        """The day that it is of: the last of its period, or that of its article while the period is not over."""
        if self.last_day is None or self.published is None or self.is_forward:
            return self.last_day
        return min(self.last_day, self.published)

    @property
    def tolerance(self) -> Decimal:
        """How far from the value the truth may be by the way it is written: less than one last digit."""
        written = resolution(self.quote, self.value)
        return max(written, self.value * _ROUGH) if self.qualifier == "approx" else written


@lru_cache(maxsize=10_000)
def resolution(quote: str, value: Decimal) -> Decimal:
    """The place of the last digit that the quote writes of a value: 0.1 for "40,8", 100,000 for "2,5 juta".

    Newspapers cut off digits as often as they round, so that a figure may miss the truth by just under this.
    """
    for match in _NUMERAL.finditer(quote):
        numeral = match.group()
        digits = Decimal(re.sub(r"[.,]", "", numeral))
        tail = len(re.split(r"[.,]", numeral)[-1]) if len(numeral) > len(str(digits)) else 0
        for places in sorted({0, tail}):
            for scale in _SCALES:
                if digits.scaleb(scale - places) == value:
                    return Decimal(1).scaleb(scale - places)
    exponent = int(value.normalize().as_tuple().exponent)
    return Decimal(1).scaleb(min(exponent, 0))


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures can mean the same number: equal, or equal within rounding, ranges and qualifiers."""
    low, high = (one, other) if one.value <= other.value else (other, one)
    if low.qualifier == "at_least" or high.qualifier == "at_most":
        return True
    difference = high.value - low.upper
    return difference <= 0 or difference < max(one.tolerance, other.tolerance)


def is_near(one: Figure, other: Figure, days: int) -> bool:
    """Whether two figures are of days so close to each other; those of unknown periods are near to nothing."""
    if one.as_of is None or other.as_of is None:
        return False
    return abs((one.as_of - other.as_of).days) <= days
