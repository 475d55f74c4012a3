"""The flow of the night: checks what is left to check, publishes, and says what an operator has to know."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from prefect import flow
from prefect.events import emit_event

from flows.alive import show_alive
from flows.artifacts import show_run
from flows.outcome import conclude, name_run, tell_operator
from flows.runs import RunSummary, check, publish, record_run, require_replaceable
from flows.turns import take_turn
from tasks.discover import read_sources
from tasks.errors import WarehouseError
from tasks.settings import Settings, read_settings
from warehouse.overview import last_articles, readable_share
from warehouse.store import open_warehouse

log = logging.getLogger("cakupan")

SOURCE_SILENT = "cakupan.source.silent"
UNREADABLE = "cakupan.documents.unreadable"
"""Events that automations.yaml listens for."""

_WEEK = timedelta(days=7)


@flow(
    name="publish",
    persist_result=False,
    flow_run_name=name_run,
    timeout_seconds=3600,
    on_failure=[tell_operator],
    on_crashed=[tell_operator],
)
async def publish_nightly(warehouse: str | None = None) -> RunSummary:
    """Checks and audits the warehouse, publishes it anew, and raises alerts on sources and quality.

    Args:
        warehouse: The published copy (.duckdb) or its folder; by default in CAKUPAN_DATA or data.
    """
    settings = read_settings(warehouse)
    show_alive()
    with take_turn(settings):
        require_replaceable(settings.published)
        if not settings.warehouse.is_file():
            reason = "is not there: nothing can be published"
            raise WarehouseError(settings.warehouse, reason, "run `cakupan ingest` first")
        with open_warehouse(settings.warehouse) as store:
            with record_run(store, "publish") as summary:
                await check(store, summary.run_id)
            await publish(store, settings.published)
        raise_alerts(settings, datetime.now(UTC))
        await show_run(settings, summary)
        return conclude(summary, [])


def raise_alerts(settings: Settings, now: datetime) -> None:
    """Emits an event for each source that is silent, and one when too many documents could not be read."""
    today = now.date()
    valid = {each.id for each in read_sources().sources if each.is_valid(today) and each.schedule != "manual"}
    for source, last in last_articles(settings.published).items():
        days = (now.replace(tzinfo=None) - last).days
        if source in valid and days >= settings.silent_days:
            log.warning("%s: no new article for %d days; try: cakupan sources check %s", source, days, source)
            emit_event(SOURCE_SILENT, {"prefect.resource.id": f"cakupan.source.{source}"}, payload={"days": days})
    share = readable_share(settings.published, (now - _WEEK).date())
    if share is not None and share < settings.readable_floor:
        log.warning("only %.1f %% of this week's documents could be read; see the view quarantine", 100 * share)
        emit_event(UNREADABLE, {"prefect.resource.id": "cakupan.documents"}, payload={"share": float(share)})
