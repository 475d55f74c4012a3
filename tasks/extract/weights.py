"""The weights of the judge, as ``seeds/judge_weights.csv`` has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tasks.errors import SeedError
from tasks.extract.plausible import METRIC_COLUMNS
from tasks.knowledge import SEEDS, read_seed

NONE = "none"
"""Stands for no metric in the weights."""

ALWAYS = "always"
"""The place of a weight that holds for every number."""


FORMS = ("count", "money", "percent")
"""The forms of number that are weighed apart: a word means something else beside a sum than beside a head count."""


class WeightRow(NamedTuple):
    """A row of the file: how much a tag at a place speaks for each metric and for none, in whole hundredths."""

    form: str
    place: str
    tag: str
    weights: Mapping[str, int]


@cache
def weighed_metrics() -> tuple[str, ...]:
    """What a number can be, in the order of the file's columns: no metric, then the metrics of the seed."""
    return (NONE, *(row["metric"] for row in read_seed("metrics.csv", METRIC_COLUMNS)))


@cache
def weight_rows() -> tuple[WeightRow, ...]:
    """The weights in the order of the file; raises :class:`SeedError` where one is no whole number."""
    metrics = weighed_metrics()
    rows = read_seed("judge_weights.csv", ("form", "place", "tag", *metrics))
    try:
        return tuple(
            WeightRow(
                row["form"], row["place"], row["tag"], {metric: int(row[metric]) for metric in metrics if row[metric]}
            )
            for row in rows
        )
    except ValueError as error:
        raise SeedError(SEEDS / "judge_weights.csv", str(error), "write it anew with make learn") from error
