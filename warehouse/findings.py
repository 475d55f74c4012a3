"""Checks the observations that are current and keeps what was found.

Only regions whose figures changed since they were last checked are checked again. What has changed is told by a
digest that is stored with the findings, in the same transaction: a run that is killed between load and check leaves
the check to the next one, and findings never depend on the order in which articles came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext
from itertools import groupby
from typing import Any

import duckdb

from tasks.check import Figure, check_region
from tasks.check.freshness import RegionNews, SourceNews, find_stale
from tasks.records import Finding
from tasks.versions import checker_version
from warehouse.arrow import Row, staged
from warehouse.load import write_rows
from warehouse.rules import is_exact
from warehouse.schema import transaction
from warehouse.statements import single, statement

_TABLE = "core.findings"
_NUMBERS = ("stated", "computed", "tolerance")
_SIX_PLACES = Decimal("0.000001")


def check_figures(connection: duckdb.DuckDBPyConnection, run_id: str) -> Counter[str]:
    """Brings the findings up to date in one transaction; counts those that were added, changed and are gone."""
    digest = single(connection, statement("figures_digest"), {"version": checker_version()})
    if digest == single(connection, statement("checked_digest")):
        return Counter()
    connection.execute(statement("check_figures"))
    connection.execute(statement("changed_regions"), {"version": checker_version()})
    findings = [*_check_regions(connection), *_check_freshness(connection)]
    with staged(connection, {_TABLE: [_finding_row(each) for each in findings]}), transaction(connection):
        connection.execute(statement("next_findings"), {"run_id": run_id})
        counts = write_rows(connection, _TABLE, "finding_id")
        connection.execute(statement("forget_regions"))
        connection.execute(statement("remember_regions"), {"run_id": run_id, "digest": digest})
    return counts


def _check_regions(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for _, figures in groupby(_figures(connection), key=lambda figure: figure.region_code):
        yield from check_region(figures)


def _figures(connection: duckdb.DuckDBPyConnection) -> Iterable[Figure]:
    for row in _rows(connection, "list_figures"):
        row["programs"] = tuple(row["programs"])
        yield Figure(**row)


def _check_freshness(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """What is stale by the day of the newest snapshot, so that the same articles give the same findings."""
    today = single(connection, statement("newest_snapshot"))
    if today is None:
        return []
    regions = [RegionNews(**row) for row in _rows(connection, "region_news")]
    sources = [
        SourceNews(publisher=row["publisher"], figures=tuple(row["figures"]), set_aside=row["set_aside"])
        for row in _rows(connection, "source_news")
    ]
    return list(find_stale(regions, sources, today))


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    cursor = connection.execute(statement(name))
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _finding_row(finding: Finding) -> Row:
    row: dict[str, object] = {name: getattr(finding, name) for name in Finding.__slots__}
    return row | {name: _storable(getattr(finding, name)) for name in _NUMBERS}


def _storable(number: Decimal | None) -> Decimal | None:
    """A number with six places, or nothing when it is larger than what the warehouse takes."""
    if number is None:
        return None
    with localcontext() as context:
        context.prec = 100
        rounded = number.quantize(_SIX_PLACES)
    return rounded if is_exact(rounded) else None
