"""The commands `refresh`, `sources` and `sources check`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flows.asking import make_fetcher
from flows.failures import TERMINATED
from flows.reading import refused_rows
from flows.run import print_log, run_flow
from flows.show import complain, say, show_path, show_rejection
from flows.tables import show_table
from flows.turns import take_turn
from tasks.discover import Found, Source, Sources, discover, read_sources
from tasks.documents import make_document
from tasks.fetch import Fetcher, Wanted
from tasks.fetch.articles import fetch_articles
from tasks.fetch.state import KnownAddress
from tasks.records import Document, Rejection
from tasks.settings import Settings, read_settings

if TYPE_CHECKING:
    from flows.refresh import Refreshed

_REPORT_COLUMNS = ("source", "found", "new", "changed", "unchanged", "gone", "failed", "requests", "KB")


def refresh_sources(ids: Sequence[str], warehouse: str | None, file: Path | None, *, archive: bool) -> int:
    """Runs the flow and prints what it did for each source; gives the exit status."""
    settings = read_settings(warehouse)
    described = read_sources(file)
    make_fetcher(described, described.choose(list(ids), datetime.now(UTC).date()))
    print_log()
    with take_turn(settings):
        done = run_flow(settings, partial(_refresh, ids, settings, file, archive))
    if done is None:
        return TERMINATED
    for line in refused_rows(settings, done.summary.run_id):
        complain(line)
    say("\n" + show_reports(done))
    say(f"\npublished copy  {show_path(settings.published)} (to be read, by any DuckDB)")
    return int(done.summary.has_failures)


def show_reports(done: Refreshed) -> str:
    """A line for each source that was asked anything."""
    rows = [
        (
            each.source_id,
            *(str(count) for count in (each.found, each.new, each.changed, each.unchanged, each.gone, each.failed)),
            str(each.requests),
            f"{each.bytes / 1000:.1f}",
        )
        for each in done.reports
    ]
    return show_table(_REPORT_COLUMNS, rows) if rows else "no source is to be asked today"


def list_sources(file: Path | None) -> int:
    """Writes a line for each source; gives the exit status."""
    described = read_sources(file)
    today = datetime.now(UTC).date()
    rows = [
        (
            source.id,
            source.name,
            source.schedule if source.is_valid(today) else "not valid today",
            source.region or "",
            ", ".join(_kinds(source)),
            source.checked.isoformat() if source.checked else "never checked",
        )
        for source in described.sources
    ]
    say(show_table(("source", "name", "schedule", "region", "lists", "checked"), rows))
    return 0


def check_sources(ids: Sequence[str], file: Path | None) -> int:
    """Tries each source, all of them by default, and writes what came; gives the exit status."""
    described = read_sources(file)
    chosen = described.choose(list(ids), datetime.now(UTC).date()) if ids else described.sources
    tried = asyncio.run(_try_sources(described, chosen))
    rows = [(each.source.id, each.listed, each.on_topic, each.figures, each.title) for each in tried]
    say(show_table(("source", "listed", "on topic", "figures", "newest article"), rows))
    for each in tried:
        for failure in each.failures:
            complain(show_rejection(failure))
    return int(any(each.failures for each in tried))


@dataclass(frozen=True, slots=True)
class _Tried:
    """What a check of a source saw."""

    source: Source
    listed: str
    on_topic: str
    figures: str
    title: str
    failures: list[Rejection]


async def _refresh(ids: Sequence[str], settings: Settings, file: Path | None, archive: bool) -> Refreshed:
    from flows.refresh import refresh

    path = str(file.absolute()) if file else None
    return await refresh(list(ids) or None, str(settings.published), path, archive)


async def _try_sources(described: Sources, chosen: Sequence[Source]) -> list[_Tried]:
    async with make_fetcher(described, chosen) as fetcher:
        return list(await asyncio.gather(*(_try_source(described, source, fetcher) for source in chosen)))


async def _try_source(described: Sources, source: Source, fetcher: Fetcher) -> _Tried:
    """Reads the lists of a source and the newest article that they name, through all steps."""
    result = await discover(source, described.topic_of(source), fetcher, {})
    failures, figures, title = list(result.failures), "", ""
    newest = max(result.found.values(), key=lambda each: each.published_at or each.modified_at or "", default=None)
    if newest is not None:
        document = await _read_article(newest, source, fetcher)
        if isinstance(document, Document):
            figures, title = str(len(document.extraction.observations)), document.article.title or newest.address
        else:
            failures.append(document)
    return _Tried(source, str(result.listed), str(len(result.found)), figures, title, failures)


async def _read_article(found: Found, source: Source, fetcher: Fetcher) -> Document | Rejection:
    """One article, fetched, cleaned and extracted."""
    wanted = Wanted(address=found.address, source_id=source.id)
    known = KnownAddress(
        address_key=found.key,
        address=found.address,
        source_id=source.id,
        kind="article",
        state="waiting",
        found_at=datetime.now(UTC),
    )
    (fetched,) = await fetch_articles(fetcher, [(known, wanted)])
    failure = fetched.answer.failure
    if failure is None:
        return make_document(fetched.snapshot(fetched.own_address))
    reason = f"{source.id}: {failure.reason}"
    return Rejection(source=found.address, stage="fetch", kind=failure.kind, reason=reason, remedy=failure.remedy)


def _kinds(source: Source) -> list[str]:
    """How many lists of each kind a source has."""
    counts = {
        "feed": len(source.feeds),
        "sitemap": len(source.sitemaps),
        "listing": len(source.listings),
        "page": len(source.addresses),
    }
    return [f"{count} {name}{'s' if count > 1 else ''}" for name, count in counts.items() if count]
