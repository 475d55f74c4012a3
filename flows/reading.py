"""The commands that read the published copy: `query`, `trace` and `audit`, and the figures of a run."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

from flows.show import complain, say, show_path, show_rejection, show_value
from flows.tables import plain_cell, plain_fields, show_records, show_table
from flows.trace import trace_lines
from tasks.records import Rejection
from tasks.settings import Settings, read_settings
from warehouse.audit import audit_published
from warehouse.read import query, trace

_SHOWN_FIGURES = 60
_FIGURE_COLUMNS = ("region", "metric", "value", "period", "publisher")
_FIGURES = """
SELECT observation_id, region_name, metric, value, unit, value_max, "of", per, period, publisher
FROM observations WHERE last_run_id = '{run_id}'
ORDER BY region_code, metric, period, value, publisher, observation_id
"""
_REFUSED = """
SELECT source, stage, kind, reason, remedy
FROM quarantine WHERE stage = 'load' AND last_run_id = '{run_id}' ORDER BY ALL
"""


def show_query(sql: str, form: str, warehouse: str | None) -> int:
    """Writes the rows of a query as ``form`` (table, csv or json); gives the exit status."""
    table = query(read_settings(warehouse).published, sql)
    columns, rows = table.column_names, table.to_pylist()
    if form == "json":
        say("[" + ",\n ".join(json.dumps(plain_fields(row), ensure_ascii=False) for row in rows) + "]")
        return 0
    cells = [[plain_cell(row[column]) for column in columns] for row in rows]
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(cells)
    else:
        say(show_records(columns, cells) if rows else "no rows")
    return 0


def show_trace(observation_id: str, warehouse: str | None) -> int:
    """Writes the way back of one observation; gives the exit status."""
    for line in trace_lines(trace(read_settings(warehouse).published, observation_id)):
        say(line)
    return 0


def show_audit(warehouse: str | None) -> int:
    """Writes the rules that stored rows break; gives the exit status."""
    published = read_settings(warehouse).published
    failures = audit_published(published)
    for failure in failures:
        complain(f"{failure}; the rule: {failure.rule}")
    if not failures:
        say(f"{show_path(published)}: every audit passes")
    return int(bool(failures))


def show_figures(settings: Settings, run_id: str) -> str | None:
    """Writes the figures of the articles that a run saw; gives the identifier of the first."""
    rows: list[dict[str, Any]] = query(settings.published, _FIGURES.format(run_id=run_id)).to_pylist()
    if not rows:
        say("\nno figures in these articles")
        return None
    say("\n" + show_table(_FIGURE_COLUMNS, [_figure(row) for row in rows[:_SHOWN_FIGURES]]))
    if len(rows) > _SHOWN_FIGURES:
        say(f"… and {len(rows) - _SHOWN_FIGURES} more")
    return str(rows[0]["observation_id"])


def refused_rows(settings: Settings, run_id: str) -> list[str]:
    """A line for each document and row that the warehouse itself set aside in a run."""
    rows: list[dict[str, str]] = query(settings.published, _REFUSED.format(run_id=run_id)).to_pylist()
    return [show_rejection(Rejection(**row)) for row in rows]


def _figure(row: dict[str, Any]) -> tuple[str, ...]:
    value = show_value(row["value"], row["unit"], row["value_max"], row["of"], row["per"])
    return row["region_name"] or "", row["metric"], value, row["period"] or "", row["publisher"] or ""
