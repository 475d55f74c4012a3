"""Reference tables: regions, metrics, targets and corrections, brought from seeds/ at every opening."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import duckdb

from tasks.corrections import COLUMNS as CORRECTION_COLUMNS
from tasks.corrections import read_corrections
from tasks.errors import SeedError
from tasks.knowledge import read_seed
from warehouse.arrow import Row, staged, staged_name
from warehouse.schema import transaction
from warehouse.statements import single, statement

_REGION_COLUMNS = ("code", "name", "level", "province_code")
_METRIC_COLUMNS = ("metric", "unit", "meaning", "minimum", "maximum")
_TARGET_COLUMNS = ("region_code", "year", "target", "plan", "preferred", "source", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What rows are checked against: units by metric, region codes; ``sha256`` tells two states of these apart.

    Targets of plans decide nothing about rows, and corrections are a part of the extractor's version.
    """

    regions: tuple[Row, ...]
    metrics: tuple[Row, ...]
    targets: tuple[Row, ...]
    corrections: tuple[Row, ...]
    units: dict[str, str]
    codes: frozenset[str]
    sha256: str


def read_reference() -> Reference:
    """The reference tables of seeds/; raises :class:`tasks.errors.SeedError` when a file is malformed."""
    regions = read_seed("regions.csv", _REGION_COLUMNS)
    metrics = read_seed("metrics.csv", _METRIC_COLUMNS)
    codes = frozenset(row["code"] for row in regions)
    return Reference(
        regions=tuple({**row, "province_code": row["province_code"] or None} for row in regions),
        metrics=tuple(
            {**row, "minimum": _number(row["minimum"]), "maximum": _number(row["maximum"])} for row in metrics
        ),
        targets=_read_targets(codes),
        corrections=_read_correction_rows(),
        units={row["metric"]: row["unit"] for row in metrics},
        codes=codes,
        sha256=hashlib.sha256(repr((regions, metrics)).encode()).hexdigest(),
    )


def refresh_reference(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """Makes the reference tables equal to the seeds, in one transaction; writes nothing when they are."""
    tables = {
        "core.regions": reference.regions,
        "core.metrics": reference.metrics,
        "core.targets": reference.targets,
        "core.corrections": reference.corrections,
    }
    with staged(connection, tables), transaction(connection):
        for table in tables:
            name = {"table": table, "staged": staged_name(table)}
            if single(connection, statement("differs").format(**name)):
                connection.execute(f"TRUNCATE {table}")
                connection.execute(f"INSERT INTO {table} BY NAME FROM {staged_name(table)}")


def _read_targets(codes: frozenset[str]) -> tuple[Row, ...]:
    """Targets of plans; of several for a region and year one is preferred."""
    rows: list[Row] = []
    preferred: set[tuple[str, str]] = set()
    for row in read_seed("targets.csv", _TARGET_COLUMNS):
        key = (row["region_code"], row["year"])
        if row["region_code"] not in codes:
            raise _malformed(f"region {row['region_code']} is unknown", "see seeds/regions.csv")
        if row["preferred"] not in {"yes", "no"} or not row["year"].isdecimal() or not row["source"]:
            raise _malformed(f"line {row}: year, preferred or source is wrong", "give a year, yes or no, and a source")
        if row["preferred"] == "yes" and key in preferred:
            raise _malformed(f"{key} has two preferred targets", "leave one")
        if row["preferred"] == "yes":
            preferred.add(key)
        target = _number(row["target"], "targets.csv")
        rows.append({**row, "year": int(row["year"]), "target": target, "preferred": row["preferred"] == "yes"})
    return tuple(rows)


def _read_correction_rows() -> tuple[Row, ...]:
    """Lines of corrections as they stand, once the reader that applies them has found them sound."""
    read_corrections()
    return tuple(
        {
            **row,
            "value": Decimal(row["value"]),
            "field": row["field"] or None,
            "new_value": row["new_value"] or None,
            "reviewed_on": date.fromisoformat(row["reviewed_on"]),
        }
        for row in read_seed("corrections.csv", CORRECTION_COLUMNS)
    )


def _malformed(reason: str, remedy: str) -> SeedError:
    return SeedError("seeds/targets.csv", reason, remedy)


def _number(text: str, seed: str = "metrics.csv") -> Decimal | None:
    """A number of a seed file; an empty one is none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise SeedError(f"seeds/{seed}", f"{text!r} is not a number", "mend it") from error
