"""What an operator sees of a run and of the whole: counts, tables of a hundred rows, no words of articles.

All of it is read from the published copy, which any number of programs may open.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from warehouse.failures import explain_failures
from warehouse.read import open_published
from warehouse.statements import single, statement

ROWS = 100
"""The most rows of a table that is shown; the warehouse has them all."""

Table = list[dict[str, str]]


def tables_of_run(published: Path, run_id: str) -> dict[str, Table]:
    """By name: what each publisher gave, new figures, new findings, what was set aside, freshness of regions."""
    names = ("run_publishers", "run_figures", "run_findings", "run_quarantine", "region_freshness")
    with open_published(published) as connection, explain_failures(published):
        found = {}
        for name in names:
            sql = statement(name)
            values = {"run_id": run_id, "rows": ROWS}
            cursor = connection.execute(sql, {key: value for key, value in values.items() if f"${key}" in sql})
            columns = [column[0] for column in cursor.description or ()]
            found[name] = [
                {column: _cell(value) for column, value in zip(columns, row, strict=True)} for row in cursor.fetchall()
            ]
        return found


def last_articles(published: Path) -> dict[str, datetime]:
    """By source that was ever asked: when its newest article was found, or else when it was first asked; UTC."""
    with open_published(published) as connection, explain_failures(published):
        return dict(connection.execute(statement("last_articles")).fetchall())


def readable_share(published: Path, since: date) -> Decimal | None:
    """Share of the documents of all runs since a day that could be read; nothing where there were none."""
    with open_published(published) as connection, explain_failures(published):
        share: Decimal | None = single(connection, statement("readable_share"), {"since": since})
        return share


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        digits = f"{value:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return str(value)
