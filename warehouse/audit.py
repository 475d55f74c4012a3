"""Data audits: each file of ``warehouse/audits`` returns the rows that break the rule of its first line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from tasks.errors import AuditError
from warehouse.read import open_published
from warehouse.statements import scripts

SHOWN_ROWS = 5
"""Rows of a failure that are kept to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFailure:
    """A rule that rows break: its name and words, how many rows, and the first of them by column."""

    audit: str
    rule: str
    number: int
    rows: tuple[dict[str, object], ...]

    def __str__(self) -> str:
        """One line: the audit, how many rows, and the first of them."""
        first = ", ".join(f"{column} {value!r}" for column, value in self.rows[0].items())
        return f"{self.audit}: {self.number} row{'s' * (self.number > 1)} ({first})"


def run_audits(connection: duckdb.DuckDBPyConnection) -> list[AuditFailure]:
    """Failures of all audits, by name; none when every row keeps the rules."""
    failures = []
    for name, sql in scripts("audits"):
        cursor = connection.execute(sql)
        columns = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall()
        if rows:
            shown = tuple(dict(zip(columns, row, strict=True)) for row in rows[:SHOWN_ROWS])
            failures.append(AuditFailure(audit=name, rule=_rule(sql), number=len(rows), rows=shown))
    return failures


def audit_published(published: Path) -> list[AuditFailure]:
    """Failures in a published copy; raises :class:`tasks.errors.WarehouseError` when it cannot be opened."""
    with open_published(published) as connection:
        return run_audits(connection)


def require_sound(connection: duckdb.DuckDBPyConnection, subject: Path) -> None:
    """Raises :class:`AuditError` that names the audits that fail and rows of each."""
    failures = run_audits(connection)
    if failures:
        raise AuditError(
            subject,
            "breaks rules: " + "; ".join(map(str, failures)),
            "nothing was published; report it, or restore a backup",
        )


def _rule(sql: str) -> str:
    """The words of the first line."""
    return sql.partition("\n")[0].removeprefix("--").strip()
