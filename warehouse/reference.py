"""Reference tables: regions and metrics, brought from seeds/ into the warehouse at every opening."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import duckdb

from tasks.errors import SeedError
from tasks.knowledge import read_seed
from warehouse.arrow import Row, staged, staged_name
from warehouse.schema import transaction
from warehouse.statements import single, statement

_REGION_COLUMNS = ("code", "name", "level", "province_code")
_METRIC_COLUMNS = ("metric", "unit", "meaning", "minimum", "maximum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What rows are checked against: units by metric, region codes; ``sha256`` tells two states apart."""

    regions: tuple[Row, ...]
    metrics: tuple[Row, ...]
    units: dict[str, str]
    codes: frozenset[str]
    sha256: str


def read_reference() -> Reference:
    """Regions and metrics of seeds/; raises :class:`tasks.errors.SeedError` when a file is malformed."""
    regions = read_seed("regions.csv", _REGION_COLUMNS)
    metrics = read_seed("metrics.csv", _METRIC_COLUMNS)
    return Reference(
        regions=tuple({**row, "province_code": row["province_code"] or None} for row in regions),
        metrics=tuple(
            {**row, "minimum": _number(row["minimum"]), "maximum": _number(row["maximum"])} for row in metrics
        ),
        units={row["metric"]: row["unit"] for row in metrics},
        codes=frozenset(row["code"] for row in regions),
        sha256=hashlib.sha256(repr((regions, metrics)).encode()).hexdigest(),
    )


def refresh_reference(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """Makes the reference tables equal to the seeds, in one transaction; writes nothing when they are."""
    tables = {"core.regions": reference.regions, "core.metrics": reference.metrics}
    with staged(connection, tables), transaction(connection):
        for table in tables:
            name = {"table": table, "staged": staged_name(table)}
            if single(connection, statement("differs").format(**name)):
                connection.execute(f"TRUNCATE {table}")
                connection.execute(f"INSERT INTO {table} BY NAME FROM {staged_name(table)}")


def _number(text: str) -> Decimal | None:
    """A bound of a metric; an empty one is none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise SeedError("seeds/metrics.csv", f"{text!r} is not a number", "mend it") from error
