"""What the checks know, from seeds/: bounds of metrics, which figures must be one, and parts of wholes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from tasks.errors import SeedError
from tasks.knowledge import read_seed

_METRICS = ("metric", "unit", "meaning", "minimum", "maximum")
_SINGLE = ("metric", "near_days", "near_change", "example", "counter_example")
_PARTITIONS = ("partition", "parts", "wholes", "complete", "example", "counter_example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Smallest and largest plausible value of a metric, and its unit."""

    unit: str
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleValued:
    """A metric that has one value for a region, period and segment.

    Of two periods that end within ``near_days``, values may differ by the share ``near_change``.
    """

    near_days: int
    near_change: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Segments that together are a whole (if complete) or belong to it; wholes are segments, None for all workers."""

    name: str
    parts: tuple[str, ...]
    wholes: tuple[str | None, ...]
    complete: bool


@cache
def bounds() -> dict[str, Bounds]:
    """Plausible values by metric (seeds/metrics.csv)."""
    return {
        row["metric"]: Bounds(
            unit=row["unit"],
            minimum=_number("metrics.csv", row["minimum"]) if row["minimum"] else None,
            maximum=_number("metrics.csv", row["maximum"]) if row["maximum"] else None,
        )
        for row in read_seed("metrics.csv", _METRICS)
    }


@cache
def single_valued() -> dict[str, SingleValued]:
    """Metrics whose figures can contradict each other (seeds/single_valued.csv)."""
    known = {}
    for row in read_seed("single_valued.csv", _SINGLE):
        if row["metric"] not in bounds():
            raise SeedError("seeds/single_valued.csv", f"metric {row['metric']} is unknown", "see seeds/metrics.csv")
        days = int(_number("single_valued.csv", row["near_days"]))
        known[row["metric"]] = SingleValued(
            near_days=days, near_change=_number("single_valued.csv", row["near_change"])
        )
    return known


@cache
def partitions() -> tuple[Partition, ...]:
    """Parts that make up wholes (seeds/partitions.csv)."""
    segments = {row["segment"] for row in read_seed("segments.csv", ("segment", "phrase"))}
    known = []
    for row in read_seed("partitions.csv", _PARTITIONS):
        parts, wholes = _listed(row["parts"]), _listed(row["wholes"])
        unknown = {*parts, *wholes} - segments
        if unknown or row["complete"] not in {"yes", "no"}:
            reason = f"{row['partition']}: {sorted(unknown) or row['complete']} is unknown"
            raise SeedError("seeds/partitions.csv", reason, "use segments of seeds/segments.csv, and yes or no")
        known.append(
            Partition(name=row["partition"], parts=parts, wholes=(None, *wholes), complete=row["complete"] == "yes")
        )
    return tuple(known)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _number(name: str, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise SeedError(f"seeds/{name}", f"{text!r} is not a number", "mend it") from error
