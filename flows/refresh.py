"""The flow that brings in what publishers have new: discover, fetch, then the same way as files."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.alive import show_alive
from flows.artifacts import Progress, show_run, source_table
from flows.asking import make_fetcher
from flows.outcome import conclude, name_run, tell_operator
from flows.refreshing import Refreshing, SourceReport
from flows.runs import RunSummary, check, publish, record_run, report_batch, require_replaceable
from flows.turns import take_turn
from tasks.discover import Sources, discover, read_sources
from tasks.documents import Workers, start_workers
from tasks.fetch import Fetcher, Wanted
from tasks.fetch.archive import Archive
from tasks.fetch.articles import Fetched, fetch_articles
from tasks.fetch.state import KnownAddress
from tasks.settings import Settings, read_settings
from tasks.snapshots import store_snapshots
from tasks.steps import Batch, clean_and_extract, load
from warehouse.store import Warehouse, open_warehouse


class Refreshed:
    """What a refresh did, in all and by source; a plain class, which Prefect does not store."""

    def __init__(self, summary: RunSummary, reports: list[SourceReport]) -> None:
        """Takes what the flow has counted."""
        self.summary = summary
        self.reports = reports


class _Due:
    """Articles to fetch; a plain class, which Prefect does not walk through."""

    def __init__(self, articles: list[tuple[KnownAddress, Wanted]]) -> None:
        self.articles = articles


@flow(
    name="refresh",
    persist_result=False,
    flow_run_name=name_run,
    timeout_seconds=6 * 3600,
    on_failure=[tell_operator],
    on_crashed=[tell_operator],
)
async def refresh(
    sources: list[str] | None = None,
    warehouse: str | None = None,
    file: str | None = None,
    archive: bool = False,
    schedule: Literal["hourly", "daily", "weekly"] | None = None,
) -> Refreshed:
    """Finds new and changed articles of the sources and brings them into the warehouse.

    Args:
        sources: Identifiers of sources; by default all that are valid today and not only asked by name.
        warehouse: The published copy (.duckdb) or its folder; by default in CAKUPAN_DATA or data.
        file: A file of sources instead of seeds/sources.yml.
        archive: Also keep answers as they came over the line, in WARC files.
        schedule: Only sources with this schedule.
    """
    settings = read_settings(warehouse)
    described = read_sources(Path(file) if file else None)
    chosen = described.choose(sources or [], datetime.now(UTC).date(), schedule)
    show_alive()
    with take_turn(settings):
        require_replaceable(settings.published)
        with open_warehouse(settings.warehouse) as store:
            with start_workers() as workers, record_run(store, "refresh") as summary:
                run = Refreshing(settings, store, summary, chosen)
                async with make_fetcher(described, chosen, keep_exchanges=archive) as fetcher:
                    await find(run, described, fetcher)
                    with Archive(settings.data / "archive", summary.run_id, enabled=archive) as kept:
                        await _bring_in(run, fetcher, store, workers, summary, settings, kept)
                run.report_rest()
                await check(store, summary.run_id)
            await publish(store, settings.published)
        done = Refreshed(summary, list(run.reports.values()))
        await show_run(settings, summary, source_table(done.reports))
        return conclude(done, summary.reasons)


@task(cache_policy=NO_CACHE, persist_result=False)
async def find(run: Refreshing, described: Sources, fetcher: Fetcher) -> None:
    """Reads the lists of all sources at once; each source is kept as soon as it is read."""

    async def read(number: int) -> None:
        source = run.chosen[number]
        try:
            found = await discover(source, described.topic_of(source), fetcher, run.known_lists(source))
        except Exception as error:
            run.report_defect(source, error)
        else:
            run.keep_found(found)

    await asyncio.gather(*map(read, range(len(run.chosen))))


@task(cache_policy=NO_CACHE, persist_result=False)
async def fetch(due: _Due, fetcher: Fetcher, snapshots: str, run: Refreshing, kept: Archive) -> _Received:
    """Fetches a batch of articles and keeps their bytes in the folder ``snapshots``."""
    fetched = await fetch_articles(fetcher, due.articles)
    changes, documents = run.sort_out(fetched)

    def store() -> None:
        first_pages = [each.first_page() for each in fetched if each.pages and each.answer.content]
        store_snapshots(Path(snapshots), [*documents, *first_pages])
        kept.add(answer for each in fetched for answer in (each.answer, *each.pages))

    await asyncio.to_thread(store)
    return _Received(fetched, changes, Batch(snapshots=documents))


class _Received:
    """A batch of answers, and what becomes of their addresses and documents."""

    def __init__(self, fetched: list[Fetched], changes: dict[str, KnownAddress], batch: Batch) -> None:
        self.fetched = fetched
        self.changes = changes
        self.batch = batch


async def _bring_in(
    run: Refreshing,
    fetcher: Fetcher,
    store: Warehouse,
    workers: Workers,
    summary: RunSummary,
    settings: Settings,
    kept: Archive,
) -> None:
    """Batch by batch: an address is only written down as taken after its document is in."""
    waiting, number = run.due(), 0
    progress = Progress(len(waiting), "pages")
    while waiting:
        number += 1
        received = await fetch(_Due(waiting[: settings.pages_a_batch]), fetcher, str(settings.snapshots), run, kept)
        run.save([request for each in received.fetched for request in each.requests], ())
        if received.batch.snapshots:
            made = await clean_and_extract(received.batch, workers)
            counts = await load(made, store, summary.run_id)
            report_batch(number, made.rejections, counts, summary)
            run.reject(received.changes, made.rejections)
        run.save((), received.changes.values())
        begun = {each.known.address_key for each in received.fetched}
        waiting = [each for each in waiting if each[0].address_key not in begun]
        await progress.advance(len(begun))
