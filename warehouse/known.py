"""Knows documents before they are cleaned: what was read from the same bytes by the same code is not read again.

What a run recognizes is entered once at its end. A run that is killed before has seen nothing again, which only
leaves ``last_run_id`` of these documents as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from tasks.records import Document, LoadCounts, Snapshot
from warehouse.arrow import Row, staged
from warehouse.schema import transaction
from warehouse.staging import utc_time
from warehouse.statements import statement

_TABLE = "raw.snapshots"


class KnownDocuments:
    """The documents that a run need not read again; asked for once, kept up to date by what the run loads."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, run_id: str, basis: str) -> None:
        """``basis`` is the digest of the code and the reference tables of the run."""
        rows = connection.execute(statement("known_documents"), {"basis": basis}).fetchall()
        self._connection = connection
        self._run_id = run_id
        self._known = {source: (sha256, observations) for source, sha256, observations in rows}
        self._seen: dict[str, Row] = {}

    def recognize(self, snapshots: Sequence[Snapshot]) -> list[Snapshot]:
        """Snapshots with nothing new in them; a source that comes twice is compared instead."""
        sources = [each.source for each in snapshots]
        twice = {source for source in sources if sources.count(source) > 1} if len({*sources}) < len(sources) else set()
        return [
            each
            for each in snapshots
            if each.source not in twice and self._known.get(each.source, ("", 0))[0] == each.sha256
        ]

    def see_again(self, known: Iterable[Snapshot]) -> LoadCounts:
        """Notes that the run saw recognized snapshots; counts them and their observations."""
        documents = observations = 0
        for each in known:
            documents += 1
            observations += self._known[each.source][1]
            self._seen[each.source] = _row(each)
        return LoadCounts(documents_read=documents, documents_unchanged=documents, observations_unchanged=observations)

    def forget(self, documents: Iterable[Document]) -> None:
        """Documents that the run loads are no longer known as they were."""
        for each in documents:
            self._known.pop(each.snapshot.source, None)

    def write(self) -> None:
        """Enters what was seen, in one transaction."""
        if not self._seen:
            return
        with staged(self._connection, {_TABLE: list(self._seen.values())}), transaction(self._connection):
            for name in ("see_again", "touch_documents", "touch_rejections"):
                self._connection.execute(statement(name), {"run_id": self._run_id}).fetchall()
        self._seen.clear()


def _row(snapshot: Snapshot) -> Row:
    return {
        "source": snapshot.source,
        "sha256": snapshot.sha256,
        "retrieved_at": utc_time(snapshot.retrieved_at),
        "media_type": None,
        "charset": None,
        "size": 0,
        "path": "",
    }
