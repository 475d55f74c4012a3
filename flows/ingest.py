"""The flow that brings files into the warehouse: find, read, clean and extract, load, publish."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from prefect import flow

from flows.show import show_counts, show_rejection
from tasks.documents import start_workers
from tasks.errors import WarehouseError
from tasks.read import FoundFiles, batches, find_files
from tasks.records import LoadCounts, Rejection, RunStart
from tasks.settings import read_settings
from tasks.steps import clean_and_extract, load, publish, read
from tasks.versions import cleaner_version, code_version, extractor_version
from warehouse.store import Warehouse, open_warehouse

DOCUMENTS_A_BATCH = 300

log = logging.getLogger("cakupan")


class RunSummary:
    """What a run did; a plain class, which Prefect neither walks through nor stores."""

    def __init__(self, run_id: str) -> None:
        """A run that has done nothing yet."""
        self.run_id = run_id
        self.counts = LoadCounts()
        self.failures: list[Rejection] = []


@flow(name="ingest", persist_result=False)
async def ingest(paths: list[str], warehouse: str | None = None) -> RunSummary:
    """Reads files and folders through the whole way into the warehouse.

    Args:
        paths: Files and folders with articles (.html, .htm, .txt, also with .gz).
        warehouse: The published copy (.duckdb) or its folder; by default in CAKUPAN_DATA or data.
    """
    settings = read_settings(warehouse)
    with open_warehouse(settings.warehouse) as store:
        with start_workers() as workers, _run(store) as summary:
            found = find_files(paths)
            _report_paths(found, summary)
            for number, files in enumerate(batches(found.files, DOCUMENTS_A_BATCH), 1):
                received = await read([str(file) for file in files], str(settings.snapshots))
                made = await clean_and_extract(received, workers)
                counts = await load(made, store, summary.run_id)
                _report_batch(number, made.rejections, counts, summary)
        await publish(store, settings.published)
    return summary


@contextmanager
def _run(store: Warehouse) -> Iterator[RunSummary]:
    """One run in the warehouse's own history, closed with its counts however it ends."""
    started = datetime.now(UTC)
    summary = RunSummary(f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}")
    store.start_run(
        RunStart(
            run_id=summary.run_id,
            flow="ingest",
            started_at=started.isoformat(timespec="seconds"),
            code_version=code_version(),
            cleaner_version=cleaner_version(),
            extractor_version=extractor_version(),
        )
    )
    try:
        yield summary
    except BaseException:
        # The reason matters more than a second error from a warehouse that cannot be written any more.
        with suppress(WarehouseError):
            _finish(store, summary, "failed")
        raise
    _finish(store, summary, "completed with failures" if summary.failures else "completed")


def _finish(store: Warehouse, summary: RunSummary, status: str) -> None:
    store.finish_run(summary.run_id, status, datetime.now(UTC).isoformat(timespec="seconds"), summary.counts)
    log.info("run %s %s: %s", summary.run_id, status, show_counts(summary.counts))


def _report_paths(found: FoundFiles, summary: RunSummary) -> None:
    """Names the paths that could not be used and counts the files that are not of a kind that is read."""
    _report_failures(found.problems, summary)
    if found.others:
        kinds = ", ".join(f"{count} {ending}" for ending, count in sorted(found.others.items()))
        log.info("passed over: %s", kinds)


def _report_batch(
    number: int, rejections: Sequence[Rejection], counts: LoadCounts, summary: RunSummary
) -> None:
    """One line for the batch, after a line for each document that was set aside."""
    _report_failures(rejections, summary)
    summary.counts += counts
    log.info("batch %d: %s", number, show_counts(counts))


def _report_failures(rejections: Sequence[Rejection], summary: RunSummary) -> None:
    for rejection in rejections:
        log.warning("%s", show_rejection(rejection))
    summary.failures.extend(rejections)
