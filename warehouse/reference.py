"""Reference tables: regions and metrics, brought from seeds/ into the warehouse at every opening."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from tasks.knowledge import read_seed
from warehouse.statements import statement

_REGION_COLUMNS = ("code", "name", "level", "province_code")
_METRIC_COLUMNS = ("metric", "unit", "meaning", "minimum", "maximum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What rows are checked against: ``units`` by metric, region ``codes``; ``sha256`` tells two states apart."""

    regions: tuple[tuple[str | None, ...], ...]
    metrics: tuple[tuple[str | Decimal | None, ...], ...]
    units: dict[str, str]
    codes: frozenset[str]
    sha256: str


def read_reference() -> Reference:
    """Regions and metrics of seeds/; raises :class:`tasks.errors.SeedError` when a file is malformed."""
    regions = read_seed("regions.csv", _REGION_COLUMNS)
    metrics = read_seed("metrics.csv", _METRIC_COLUMNS)
    return Reference(
        regions=tuple(tuple(row[column] or None for column in _REGION_COLUMNS) for row in regions),
        metrics=tuple(
            (row["metric"], row["unit"], row["meaning"], _number(row["minimum"]), _number(row["maximum"]))
            for row in metrics
        ),
        units={row["metric"]: row["unit"] for row in metrics},
        codes=frozenset(row["code"] for row in regions),
        sha256=hashlib.sha256(repr((regions, metrics)).encode()).hexdigest(),
    )


def refresh_reference(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """Makes the reference tables equal to the seeds, in the caller's transaction; writes nothing if they are."""
    _replace(connection, "regions", reference.regions)
    _replace(connection, "metrics", reference.metrics)


def _replace(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Sequence[object]]) -> None:
    if set(connection.execute(f"FROM core.{name}").fetchall()) != set(rows):
        connection.execute(f"TRUNCATE core.{name}")
        connection.executemany(statement(f"insert_{name}"), rows)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
