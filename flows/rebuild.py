"""Makes the warehouse anew from all stored snapshots, and takes the new one only if it says the same.

``make rebuild`` is the proof that nothing is in the warehouse that its snapshots and rules do not give. What is current
is made anew; what was known earlier, and in which runs, no snapshot can tell: it is carried over from the file before,
which stays beside the new one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.show import complain, say, show_path
from flows.turns import take_turn
from tasks.documents import Workers, start_workers
from tasks.errors import CakupanError, WarehouseError
from tasks.records import Document, LoadCounts, Rejection, RunStart, Snapshot
from tasks.settings import Settings, read_settings
from tasks.versions import cleaner_version, code_version, extractor_version
from warehouse.publish import publish
from warehouse.replay import StoredSnapshot, read_stored
from warehouse.store import Warehouse, open_warehouse

_DOCUMENTS_A_BATCH = 300
Hashes = dict[str, tuple[int, str]]


def rebuild(settings: Settings) -> bool:
    """Whether the new warehouse says what the old one said, in which case it takes its place and is published."""
    if not settings.warehouse.is_file():
        raise WarehouseError(settings.warehouse, "is not there: nothing can be rebuilt", "run `cakupan ingest` first")
    new, kept = _beside(settings, "new"), _beside(settings, "before")
    _remove(new)
    with open_warehouse(settings.warehouse) as old:
        before, rounds = old.content_hashes(), old.snapshots()
    with open_warehouse(new) as made:
        _load(made, rounds, settings.snapshots)
        made.keep_underived(settings.warehouse)
        after = made.content_hashes()
        equal = _report(before, after)
        if equal:
            made.keep_history(settings.warehouse)
    if equal:
        _keep(settings.warehouse, kept)
        new.replace(settings.warehouse)
        with open_warehouse(settings.warehouse) as store:
            publish(store, settings.published)
    _remove(new)
    return equal


def main() -> None:
    """Rebuilds the warehouse of the settings; ends with status 1 when the two differ."""
    settings = read_settings()
    try:
        with take_turn(settings):
            equal = rebuild(settings)
    except CakupanError as error:
        complain(str(error))
        sys.exit(1)
    where = show_path(settings.warehouse)
    say(
        f"{where}: rebuilt, and equal to what it was"
        if equal
        else f"{where}: differs from its snapshots; left as it was"
    )
    sys.exit(0 if equal else 1)


def _load(made: Warehouse, rounds: Sequence[Sequence[StoredSnapshot]], folder: Path) -> None:
    """Loads each round in a run of its own: a later run has the last word on a document."""
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    with start_workers() as workers:
        for number, stored in enumerate(rounds):
            run_id = f"{started_at}-rebuild-{number}"
            made.start_run(
                RunStart(
                    run_id=run_id,
                    flow="rebuild",
                    started_at=started_at,
                    code_version=code_version(),
                    cleaner_version=cleaner_version(),
                    extractor_version=extractor_version(),
                )
            )
            counts = [_load_part(made, run_id, part, folder, workers) for part in _parts(stored)]
            made.finish_run(run_id, "done", started_at, sum(counts[1:], counts[0]) if counts else LoadCounts())
        made.check(run_id)


def _load_part(
    made: Warehouse, run_id: str, part: Sequence[StoredSnapshot], folder: Path, workers: Workers
) -> LoadCounts:
    taken = [read_stored(folder, each) for each in part]
    documents = workers.make_documents([each for each in taken if isinstance(each, Snapshot)])
    rejections = [each for each in (*taken, *documents) if isinstance(each, Rejection)]
    return made.load(run_id, [each for each in documents if isinstance(each, Document)], rejections)


def _keep(warehouse: Path, kept: Path) -> None:
    """Gives the file a second name, so that at no moment there is none under its own."""
    kept.unlink(missing_ok=True)
    try:
        os.link(warehouse, kept)
    except OSError:  # a file system without links
        shutil.copy2(warehouse, kept)


def _remove(new: Path) -> None:
    """Removes a new warehouse that is not taken, or what a rebuild that was killed left behind."""
    for ending in ("", ".wal", ".lock"):
        new.with_name(f"{new.name}{ending}").unlink(missing_ok=True)


def _report(before: Hashes, after: Hashes) -> bool:
    """A line a table; whether all are equal."""
    for table in sorted({*before, *after}):
        rows, digest = before.get(table, (0, ""))
        verdict = "equal" if (rows, digest) == after.get(table) else f"differs: now {after.get(table, (0, ''))[0]} rows"
        say(f"{table:24} {rows:8} rows  {digest[:12]}  {verdict}")
    return before == after


def _parts(stored: Sequence[StoredSnapshot]) -> list[Sequence[StoredSnapshot]]:
    return [stored[start : start + _DOCUMENTS_A_BATCH] for start in range(0, len(stored), _DOCUMENTS_A_BATCH)]


def _beside(settings: Settings, word: str) -> Path:
    return settings.warehouse.with_name(f"{settings.warehouse.stem}-{word}{settings.warehouse.suffix}")


if __name__ == "__main__":
    main()
