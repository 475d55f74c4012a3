"""Compares what today's rules make of stored snapshots with what the warehouse holds, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb

from tasks.anchors import CONTEXT, find_again
from tasks.errors import WarehouseError
from tasks.read import media_type
from tasks.records import Document, Rejection, Snapshot
from tasks.snapshots import read_snapshot
from warehouse.admission import admit_rows, refuse_document
from warehouse.arrow import Row, staged
from warehouse.identifiers import describe
from warehouse.load import listed_columns, newest_documents
from warehouse.reference import Reference
from warehouse.staging import content_rows
from warehouse.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSnapshot:
    """A snapshot whose bytes the store holds; ``retrieved_at`` is in UTC."""

    source: str
    sha256: str
    retrieved_at: datetime
    media_type: str | None
    charset: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a replay changes about an observation: added, gone, changed or moved.

    ``anchor`` says whether the words that stated it before are found again: exact, reanchored or lost; it is
    nothing for an added one. ``start`` and ``end`` are where they are now.
    """

    action: str
    observation_id: str
    document_id: str
    source: str
    metric: str
    region_code: str | None
    region_name: str | None
    unit: str
    value_before: Decimal | None
    value_now: Decimal | None
    period_before: str | None
    period_now: str | None
    rule_before: str | None
    rule_now: str | None
    quote: str
    anchor: str | None
    start: int | None
    end: int | None


def list_stored(connection: duckdb.DuckDBPyConnection, since: str | None) -> list[StoredSnapshot]:
    """The snapshot behind each document and those in quarantine, received on or after the day ``since``."""
    rows = connection.execute(statement("list_stored"), {"since": since}).fetchall()
    return [
        StoredSnapshot(source=source, sha256=sha256, retrieved_at=retrieved_at, media_type=media, charset=charset)
        for source, sha256, retrieved_at, media, charset in rows
    ]


def list_snapshots(connection: duckdb.DuckDBPyConnection) -> list[list[StoredSnapshot]]:
    """All snapshots in three rounds, each to be loaded after the one before: earlier ones, current, quarantine."""
    rounds: list[list[StoredSnapshot]] = [[], [], []]
    for *stored, number in connection.execute(statement("list_snapshots")).fetchall():
        source, sha256, retrieved_at, media, charset = stored
        rounds[number].append(
            StoredSnapshot(source=source, sha256=sha256, retrieved_at=retrieved_at, media_type=media, charset=charset)
        )
    return rounds


def read_stored(folder: Path, stored: StoredSnapshot) -> Snapshot | Rejection:
    """The snapshot with its bytes, or why they cannot be had."""
    try:
        content = read_snapshot(folder, stored.sha256)
    except WarehouseError as error:
        return Rejection(
            source=stored.source,
            stage="read",
            kind="snapshot",
            reason=f"its stored bytes are not to be had: {error.reason}",
            remedy=error.remedy,
            snapshot_sha256=stored.sha256,
        )
    return Snapshot(
        source=stored.source,
        content=content,
        sha256=stored.sha256,
        retrieved_at=stored.retrieved_at.replace(tzinfo=UTC).isoformat(),
        media_type=stored.media_type or media_type(Path(urlsplit(stored.source).path)) or "text/html",
        charset=stored.charset,
    )


def shadow_path(warehouse: Path) -> Path:
    """The file with what the last replay read, beside the warehouse."""
    return warehouse.with_name(f"{warehouse.stem.removesuffix('-work')}-replay{warehouse.suffix}")


@contextmanager
def shadow(connection: duckdb.DuckDBPyConnection, path: Path, storage: str) -> Iterator[None]:
    """Attaches an empty file as ``shadow`` for the length of a replay, in place of that of the last one.

    It is on disk so that a replay of any number of documents needs no more memory, and can be asked for afterwards.
    """
    for part in (path, path.with_name(f"{path.name}.wal")):
        part.unlink(missing_ok=True)
    escaped = str(path).replace("'", "''")
    connection.execute(statement("attach_shadow").format(path=escaped, storage=storage))
    try:
        yield
        connection.execute("CHECKPOINT shadow")
    finally:
        connection.execute("DETACH shadow")


def compare(
    connection: duckdb.DuckDBPyConnection, reference: Reference, documents: Sequence[Document]
) -> tuple[list[Change], int]:
    """Puts documents into the shadow; what differs from the current observations, and how many do not."""
    fit = newest_documents([each for each in documents if refuse_document(each) is None])
    texts: list[Row] = []
    observations: list[Row] = []
    for document in fit:
        described = describe(document, "replay")
        article = document.article
        texts.append(
            {
                "document_id": described.document_id,
                "source": article.source,
                "title": article.title,
                "text": article.text,
            }
        )
        rows = content_rows(described.document_id, admit_rows(described, reference))
        observations.extend(rows["core.observations"])
    with staged(connection, {"shadow.documents": texts, "shadow.observations": observations}):
        connection.execute("INSERT INTO shadow.documents BY NAME FROM staged_documents")
        connection.execute("INSERT INTO shadow.observations BY NAME FROM staged_observations")
        columns = listed_columns(connection, "shadow.observations")
        cursor = connection.execute(statement("replay_changes").format(**columns), {"context": CONTEXT})
        names = [column[0] for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    sources = {describe(each, "replay").document_id: each for each in fit}
    changes = [_change(row, sources[row["document_id"]]) for row in found if row["action"] != "unchanged"]
    with staged(connection, {"shadow.changes": [asdict(each) for each in changes]}):
        connection.execute("INSERT INTO shadow.changes BY NAME FROM staged_changes")
    return changes, len(found) - len(changes)


def _change(row: dict[str, Any], document: Document) -> Change:
    quote, prefix, suffix = row.pop("quote_before"), row.pop("prefix"), row.pop("suffix")
    start_before = row.pop("start_before")
    anchor = None if quote is None else find_again(quote, prefix, suffix, start_before, document.article.text)
    return Change(
        **row,
        source=document.snapshot.source,
        anchor=anchor.status if anchor else None,
        start=anchor.start if anchor else None,
        end=anchor.end if anchor else None,
    )
