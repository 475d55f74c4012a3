"""The one writer of the warehouse: opens, locks, migrates, loads and closes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import duckdb

from tasks.errors import WarehouseError
from tasks.records import Document, LoadCounts, Rejection, RunStart, Snapshot
from warehouse.contents import content_hashes
from warehouse.failures import explain_failures
from warehouse.files import NO_EXTENSIONS, require_duckdb_file
from warehouse.findings import check_figures
from warehouse.known import KnownDocuments
from warehouse.load import digest_basis, load_batch
from warehouse.lock import hold_writer_lock
from warehouse.rebuild import copy_history, copy_underived
from warehouse.reference import Reference, read_reference, refresh_reference
from warehouse.replay import (
    Change,
    StoredSnapshot,
    compare,
    list_snapshots,
    list_stored,
    shadow,
    shadow_path,
)
from warehouse.schema import migrate, replace_views, transaction
from warehouse.staging import utc_time
from warehouse.statements import statement

STORAGE = "v1.2.0"
"""Format of the files: readable by every DuckDB from 1.2 on, whichever wrote them."""


class Warehouse:
    """An open warehouse, and the right to write it; made by :func:`open_warehouse`."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
        """Takes what :func:`open_warehouse` has opened."""
        self.path = path
        self.connection = connection
        self._reference = reference
        self._known: dict[str, KnownDocuments] = {}

    def _enter_known(self) -> None:
        for known in self._known.values():
            known.write()

    def start_run(self, run: RunStart) -> None:
        """Enters a run. Runs that never ended are marked as interrupted: their writer is gone."""
        values = {**asdict(run), "started_at": utc_time(run.started_at)}
        with explain_failures(self.path), transaction(self.connection):
            self.connection.execute(statement("interrupt_runs"))
            self.connection.execute(statement("start_run"), values)

    def recognize(self, run_id: str, snapshots: Sequence[Snapshot]) -> list[Snapshot]:
        """Snapshots whose documents are known just so, read by the code of this run: there is nothing to load."""
        with explain_failures(self.path):
            if run_id not in self._known:
                basis = digest_basis(self.connection, self._reference, run_id)
                self._known = {run_id: KnownDocuments(self.connection, run_id, basis)}
            return self._known[run_id].recognize(snapshots)

    def see_again(self, run_id: str, known: Sequence[Snapshot]) -> LoadCounts:
        """Counts recognized snapshots; that the run saw them is entered when it is checked or finished."""
        return self._known[run_id].see_again(known) if known else LoadCounts()

    def load(self, run_id: str, documents: Sequence[Document], rejections: Sequence[Rejection] = ()) -> LoadCounts:
        """Brings in one batch, in one transaction, and says what that changed.

        A row that breaks a rule of :mod:`warehouse.rules` goes to quarantine and the rest goes in. Raises
        :class:`WarehouseError` when the batch cannot be written; then nothing of it is.
        """
        with explain_failures(self.path):
            for known in self._known.values():
                known.forget(documents)
            return load_batch(self.connection, self._reference, run_id, documents, rejections)

    def stored(self, since: str | None = None) -> list[StoredSnapshot]:
        """What can be replayed: snapshots of documents and quarantine received on or after a day (YYYY-MM-DD)."""
        with explain_failures(self.path):
            return list_stored(self.connection, since)

    @contextmanager
    def replaying(self) -> Iterator[Callable[[Sequence[Document]], tuple[list[Change], int]]]:
        """Gives what compares documents with the current observations: the changes, and how many are unchanged.

        What it read and how that differs is left in a file beside the warehouse (:func:`shadow_path`).
        """
        with explain_failures(self.path), shadow(self.connection, shadow_path(self.path), STORAGE):
            yield partial(compare, self.connection, self._reference)

    def snapshots(self) -> list[list[StoredSnapshot]]:
        """All snapshots, in rounds that give the same warehouse again when they are loaded one after the other."""
        with explain_failures(self.path):
            return list_snapshots(self.connection)

    def content_hashes(self) -> dict[str, tuple[int, str]]:
        """Number and hash of the current rows of each table, without what says when and by which code they came."""
        with explain_failures(self.path):
            return content_hashes(self.connection)

    def keep_underived(self, earlier: Path) -> None:
        """Copies what no snapshot gives again from an earlier warehouse: runs, requests, failures without bytes."""
        with explain_failures(self.path):
            copy_underived(self.connection, earlier)

    def keep_history(self, earlier: Path) -> None:
        """Copies what was known when from an earlier warehouse that says the same."""
        with explain_failures(self.path):
            copy_history(self.connection, earlier)

    def check(self, run_id: str) -> Counter[str]:
        """Checks all figures that changed since the last check; counts findings added, changed and gone."""
        with explain_failures(self.path):
            self._enter_known()
            return check_figures(self.connection, run_id)

    def finish_run(self, run_id: str, status: str, finished_at: str, counts: LoadCounts) -> None:
        """Enters how a run ended and what it changed; ``finished_at`` is ISO 8601."""
        values = {"run_id": run_id, "status": status, "finished_at": utc_time(finished_at), **asdict(counts)}
        with explain_failures(self.path):
            self._enter_known()
            found = self.connection.execute(statement("finish_run"), values).fetchall()
        if not found:
            raise WarehouseError(run_id, "is not a run of this warehouse", "start the run before finishing it")


@contextmanager
def open_warehouse(path: Path) -> Iterator[Warehouse]:
    """The warehouse at ``path`` for writing, made if there is none; one process at a time.

    Raises :class:`WarehouseError` when the folder cannot be written, the file is not cakupan's, is damaged or
    newer than this program, or someone else writes it.
    """
    reference = read_reference()
    with explain_failures(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with hold_writer_lock(path), _connect(path) as connection:
        with explain_failures(path):
            migrate(connection, path)
            replace_views(connection)
            refresh_reference(connection, reference)
        yield Warehouse(path, connection, reference)


@contextmanager
def _connect(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that is closed at the end."""
    with explain_failures(path):
        if path.is_file() and not path.stat().st_size:
            path.unlink()  # all that is left of a first run that was killed; DuckDB takes it for another format
        if path.is_file():
            require_duckdb_file(path)
        connection = duckdb.connect(path, config={"storage_compatibility_version": STORAGE, **NO_EXTENSIONS})
    try:
        yield connection
    finally:
        connection.close()
