"""What values a metric can have at all: seeds/metrics.csv."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from tasks.extract.numbers import Figure
from tasks.knowledge import read_seed

METRIC_COLUMNS = ("metric", "unit", "meaning", "minimum", "maximum")


def is_plausible(metric: str, figure: Figure) -> bool:
    """Whether a metric can have the value of a number: within its bounds, and no part of a person or firm."""
    lowest, highest = _bounds()[metric]
    value = figure.value
    return lowest <= value <= highest and (figure.kind != "count" or value == value.to_integral_value())


@cache
def _bounds() -> dict[str, tuple[Decimal, Decimal]]:
    """Smallest and largest plausible value of each metric."""
    rows = read_seed("metrics.csv", METRIC_COLUMNS)
    return {row["metric"]: (Decimal(row["minimum"]), Decimal(row["maximum"])) for row in rows}
