"""The flow that reads stored snapshots again with today's rules, shows what that changes, and adopts it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.alive import show_alive
from flows.artifacts import Progress, show_changes, show_run
from flows.outcome import conclude, name_run, tell_operator
from flows.runs import RunSummary, check, publish, record_run, report_batch, require_replaceable
from flows.show import show_rejection, show_value
from flows.turns import take_turn
from tasks.documents import Workers, start_workers
from tasks.errors import WarehouseError
from tasks.records import Rejection, Snapshot
from tasks.settings import Settings, read_settings
from tasks.steps import Batch, clean_and_extract, load
from warehouse.replay import Change, StoredSnapshot, read_stored
from warehouse.store import Warehouse, open_warehouse

log = logging.getLogger("cakupan")


class ReplaySummary:
    """What a replay would change, or did; a plain class, which Prefect neither walks through nor stores."""

    def __init__(self) -> None:
        """A replay that has done nothing yet."""
        self.changes: list[Change] = []
        self.unchanged = 0
        self.documents = 0
        self.failures: list[Rejection] = []
        self.run: RunSummary | None = None

    @property
    def counts(self) -> Counter[str]:
        """Observations by what happens to them."""
        return Counter(change.action for change in self.changes) + Counter(unchanged=self.unchanged)


@flow(
    name="replay",
    persist_result=False,
    flow_run_name=name_run,
    timeout_seconds=24 * 3600,
    on_failure=[tell_operator],
    on_crashed=[tell_operator],
)
async def replay(warehouse: str | None = None, since: date | None = None, adopt: bool = False) -> ReplaySummary:
    """Cleans and extracts stored snapshots again, those of the quarantine too.

    Args:
        warehouse: The published copy (.duckdb) or its folder; by default in CAKUPAN_DATA or data.
        since: Only snapshots received on or after this day (YYYY-MM-DD).
        adopt: Whether the result takes the place of what is there.
    """
    settings = read_settings(warehouse)
    require_replaceable(settings.published)
    if not settings.warehouse.is_file():
        raise WarehouseError(settings.warehouse, "is not there: nothing can be replayed", "run `cakupan ingest` first")
    summary = ReplaySummary()
    show_alive()
    with take_turn(settings), open_warehouse(settings.warehouse) as store:
        with start_workers() as workers, _recorded(store, adopt) as summary.run:
            await _replay_all(store, settings, since, workers, summary)
            if summary.run is not None:
                await check(store, summary.run.run_id)
        if adopt:
            await publish(store, settings.published)
    await show_changes([change_fields(each) for each in summary.changes])
    if summary.run is not None:
        await show_run(settings, summary.run)
    return conclude(
        summary, summary.run.reasons if summary.run else [show_rejection(each) for each in summary.failures]
    )


def change_fields(change: Change) -> dict[str, str]:
    """A change in words, by column."""
    return {
        "change": change.action,
        "region": change.region_name or "",
        "metric": change.metric,
        "before": "" if change.value_before is None else show_value(change.value_before, change.unit),
        "now": "" if change.value_now is None else show_value(change.value_now, change.unit),
        "period": _arrow(change.period_before, change.period_now),
        "rule": _arrow(change.rule_before, change.rule_now),
        "words": change.anchor or "",
        "quote": change.quote,
    }


def _arrow(before: str | None, now: str | None) -> str:
    return (before or now or "") if before == now or not before or not now else f"{before} → {now}"


async def _replay_all(
    store: Warehouse, settings: Settings, since: date | None, workers: Workers, summary: ReplaySummary
) -> None:
    stored = store.stored(since.isoformat() if since else None)
    progress = Progress(len(stored), "documents")
    with store.replaying() as compare:
        for number, part in enumerate(_parts(stored, settings.documents_a_batch), 1):
            made = await clean_and_extract(await read_again(part, settings.snapshots), workers)
            changes, unchanged = compare(made.documents)
            summary.changes += changes
            summary.unchanged += unchanged
            summary.documents += len(made.documents)
            summary.failures += made.rejections
            if summary.run is None:
                for rejection in made.rejections:
                    log.warning("%s", show_rejection(rejection))
            else:
                counts = await load(made, store, summary.run.run_id)
                report_batch(number, made.rejections, counts, summary.run)
            await progress.advance(len(part))


@task(cache_policy=NO_CACHE, persist_result=False)
async def read_again(stored: Sequence[StoredSnapshot], folder: Path) -> Batch:
    """Takes snapshots from the store; those that it does not hold are set aside."""
    taken = [read_stored(folder, each) for each in stored]
    return Batch(
        snapshots=[each for each in taken if isinstance(each, Snapshot)],
        rejections=[each for each in taken if isinstance(each, Rejection)],
    )


def _parts(stored: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(stored), size):
        yield stored[start : start + size]


@contextmanager
def _recorded(store: Warehouse, adopt: bool) -> Iterator[RunSummary | None]:
    """A run of the warehouse's history for a replay that changes something, none for one that only looks."""
    with record_run(store, "replay") if adopt else nullcontext() as run:
        yield run
