"""Reads the published copy: any query, and the way back of one observation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from tasks.errors import UsageError, WarehouseError
from warehouse.failures import explain_failures
from warehouse.files import NO_EXTENSIONS, require_duckdb_file
from warehouse.statements import statement

_SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The way back of an observation, from the figure to the bytes.

    ``snapshot`` is the file with the bytes (gzip); region and period rest on ``…_words``, ``…_basis`` says
    how; the request is the first that brought the bytes, none for a file; ``closed_run_id`` is the run since
    which the article no longer states it.
    """

    observation_id: str
    metric: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    of: Decimal | None
    per: str | None
    qualifier: str | None
    region_code: str | None
    region_name: str | None
    region_basis: str | None
    region_words: str | None
    period: str | None
    period_basis: str | None
    period_words: str | None
    segment: str | None
    segment_text: str | None
    programs: tuple[str, ...]
    quote: str
    quote_start: int
    quote_end: int
    sentence: str
    sentence_start: int
    rule: str
    cleaner_version: str
    extractor_version: str
    document_id: str
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published_at: str | None
    url: str | None
    text_sha256: str
    source: str
    snapshot_sha256: str
    snapshot: Path
    retrieved_at: datetime
    media_type: str | None
    requested_address: str | None
    requested_at: datetime | None
    http_status: int | None
    deep_link: str
    first_run_id: str
    first_run_at: datetime
    last_run_id: str
    last_run_at: datetime
    closed_run_id: str | None


@contextmanager
def open_published(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read the published copy and nothing else: no file, no network, no variable.

    Raises :class:`WarehouseError` when there is no such copy or it cannot be read.
    """
    if not published.is_file():
        raise WarehouseError(
            published,
            "is not there: nothing was published yet",
            "run `cakupan ingest` with files or a folder",
        )
    with explain_failures(published):
        require_duckdb_file(published)
        connection = duckdb.connect(
            published, read_only=True, config={"python_enable_replacements": False, **NO_EXTENSIONS}
        )
        connection.execute("SET enable_external_access = false")
    try:
        yield connection
    finally:
        connection.close()


def query(published: Path, sql: str) -> pa.Table:
    """The rows that a query gives; an empty table for a statement that gives none.

    Raises :class:`UsageError` when the SQL is wrong or asks for more than reading.
    """
    with open_published(published) as connection, explain_failures(published):
        try:
            if not connection.extract_statements(sql):
                raise UsageError("the query", "is empty", "give a statement, such as: from observations")
            relation = connection.sql(sql)
            return relation.to_arrow_table() if relation is not None else pa.table({})
        except duckdb.Error as error:
            raise UsageError(
                "the query", " ".join(str(error).split()), "`show tables` lists what there is to query"
            ) from error


def trace(published: Path, observation_id: str) -> Trace:
    """The way back of the observation whose identifier begins so (4 characters at least).

    Raises :class:`UsageError` when there is none or more than one.
    """
    prefix = observation_id.strip().lower()
    if len(prefix) < _SHORTEST_PREFIX:
        raise UsageError(observation_id, "is too short", f"give {_SHORTEST_PREFIX} characters or more")
    with open_published(published) as connection, explain_failures(published):
        cursor = connection.execute(statement("trace"), {"prefix": prefix})
        columns = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    if not rows:
        raise UsageError(observation_id, "is no observation", 'see: cakupan query "from observations"')
    if len(rows) > 1:
        found = ", ".join(row["observation_id"] for row in rows[:_SHORTEST_PREFIX])
        raise UsageError(observation_id, f"begins more than one identifier: {found}", "give more characters")
    (row,) = rows
    row["snapshot"] = published.parent / row.pop("snapshot_path")
    row["programs"], row["authors"] = tuple(row["programs"]), tuple(row["authors"])
    return Trace(**row)
