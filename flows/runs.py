"""What every flow that writes does around its steps: opens a run, reports, closes it, publishes."""

from __future__ import annotations

import errno
import logging
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from flows.show import show_counts, show_rejection
from tasks.errors import WarehouseError
from tasks.records import LoadCounts, Rejection, RunStart
from tasks.versions import cleaner_version, code_version, extractor_version
from warehouse.publish import publish as publish_warehouse
from warehouse.read import open_published
from warehouse.store import Warehouse

log = logging.getLogger("cakupan")
# Everything that is logged is for the operator; Python would pass on warnings alone.
log.setLevel(logging.INFO)

_PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EBUSY, errno.EAGAIN, errno.EIO, errno.ESTALE, errno.ETIMEDOUT}
"""Failures of a disk or network drive that may be over in a moment."""


class RunSummary:
    """What a run did; a plain class, which Prefect neither walks through nor stores."""

    def __init__(self, run_id: str) -> None:
        """A run that has done nothing yet."""
        self.run_id = run_id
        self.counts = LoadCounts()
        self.failures: list[Rejection] = []

    @property
    def has_failures(self) -> bool:
        """Whether a path, a document or a row was set aside, at whichever step."""
        return bool(self.reasons)

    @property
    def reasons(self) -> list[str]:
        """A line for each failure, and one for what the warehouse itself set aside."""
        lines = [show_rejection(each) for each in self.failures]
        aside = self.counts.documents_quarantined + self.counts.rows_quarantined
        return lines or ([f"{aside} documents or rows were set aside: see the view quarantine"] if aside else [])


@contextmanager
def record_run(warehouse: Warehouse, flow: str) -> Iterator[RunSummary]:
    """One run in the warehouse's own history, closed with its counts however it ends."""
    started = datetime.now(UTC)
    summary = RunSummary(f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}")
    warehouse.start_run(
        RunStart(
            run_id=summary.run_id,
            flow=flow,
            started_at=started.isoformat(timespec="seconds"),
            code_version=code_version(),
            cleaner_version=cleaner_version(),
            extractor_version=extractor_version(),
        )
    )
    try:
        yield summary
    except BaseException as error:
        # The reason matters more than a second error from a warehouse that can no longer be written.
        with suppress(WarehouseError):
            _finish(warehouse, summary, "failed" if isinstance(error, Exception) else "interrupted")
        raise
    _finish(warehouse, summary, "done with failures" if summary.has_failures else "done")


def report_paths(problems: Sequence[Rejection], others: Counter[str], summary: RunSummary) -> None:
    """Names the paths that could not be used, and counts the files that are of no kind that is read."""
    _report_failures(problems, summary)
    if others:
        kinds = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items()))
        log.info("passed over, not a kind of file that is read: %s", kinds)


def report_batch(number: int, rejections: Sequence[Rejection], counts: LoadCounts, summary: RunSummary) -> None:
    """A line for each document that was set aside, and one for the batch."""
    _report_failures(rejections, summary)
    summary.counts += counts
    log.info("batch %d: %s", number, show_counts(counts))


def require_replaceable(published: Path) -> None:
    """Raises :class:`WarehouseError` when the file that a run will replace is not a warehouse."""
    if published.exists():
        with open_published(published):
            pass


@task(cache_policy=NO_CACHE, persist_result=False)
async def check(warehouse: Warehouse, run_id: str) -> None:
    """Holds the figures of all regions where something changed against each other."""
    counts = warehouse.check(run_id)
    if counts:
        log.info("findings: %s", ", ".join(f"{counts[action]} {action}" for action in ("added", "changed", "gone")))


def can_heal(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failure is one of the disk or network drive, which may have room or be there again in a moment."""
    error = state.data
    if not isinstance(error, WarehouseError):
        return False
    cause = error.__cause__
    return "disk is full" in error.reason or (isinstance(cause, OSError) and cause.errno in _PASSING)


@task(
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_jitter_factor=0.5,
    retry_condition_fn=can_heal,
)
async def publish(warehouse: Warehouse, published: Path) -> None:
    """Audits the warehouse and puts a copy for readers in the place of the old one."""
    publish_warehouse(warehouse, published)


def _finish(warehouse: Warehouse, summary: RunSummary, status: str) -> None:
    finished_at = datetime.now(UTC).isoformat(timespec="seconds")
    warehouse.finish_run(summary.run_id, status, finished_at, summary.counts)
    log.info("run %s %s: %s", summary.run_id, status, show_counts(summary.counts))


def _report_failures(rejections: Sequence[Rejection], summary: RunSummary) -> None:
    for rejection in rejections:
        log.warning("%s", show_rejection(rejection))
    summary.failures.extend(rejections)
