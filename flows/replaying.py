"""The commands `replay` and `rebuild` as a person uses them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from flows.failures import TERMINATED
from flows.run import print_log, run_flow
from flows.show import say, show_path
from flows.tables import show_table
from flows.turns import take_turn
from tasks.errors import UsageError, WarehouseError
from tasks.settings import Settings, read_settings

if TYPE_CHECKING:
    from flows.replay import ReplaySummary

_SHOWN_CHANGES = 60


def replay_stored(since: str | None, adopt: bool, warehouse: str | None) -> int:
    """Runs the flow and prints what changes; gives the exit status."""
    settings = read_settings(warehouse)
    _require_day(since)
    if not settings.warehouse.is_file():
        raise WarehouseError(settings.warehouse, "is not there: nothing can be replayed", "run `cakupan ingest` first")
    print_log()
    with take_turn(settings):
        summary = run_flow(settings, partial(_replay, settings, since, adopt))
    if summary is None:
        return TERMINATED
    _show(summary, adopt, settings)
    return int(bool(summary.failures) or bool(summary.run and summary.run.has_failures))


async def _replay(settings: Settings, since: str | None, adopt: bool) -> ReplaySummary:
    from flows.replay import replay

    return await replay(str(settings.published), date.fromisoformat(since) if since else None, adopt)


def _require_day(since: str | None) -> None:
    try:
        if since is not None:
            date.fromisoformat(since)
    except ValueError as error:
        raise UsageError("--since", f"{since} is not a day", "write it as 2026-01-31") from error


def _show(summary: ReplaySummary, adopt: bool, settings: Settings) -> None:
    from flows.replay import change_fields
    from warehouse.replay import shadow_path

    rows = [change_fields(each) for each in summary.changes]
    if rows:
        say(show_table(list(rows[0]), [list(row.values()) for row in rows[:_SHOWN_CHANGES]]))
    if len(rows) > _SHOWN_CHANGES:
        say(f"… and {len(rows) - _SHOWN_CHANGES} more")
    counts = summary.counts
    actions = ", ".join(f"{counts[name]} {name}" for name in ("added", "changed", "moved", "gone", "unchanged"))
    say(f"\n{summary.documents} documents replayed; observations: {actions}")
    if rows:
        say(f"all changes: {show_path(shadow_path(settings.warehouse))}, tables changes, observations and documents")
    if adopt:
        say(f"adopted in run {summary.run.run_id if summary.run else ''}: {show_path(settings.published)}")
    elif rows:
        say("nothing was changed; add --adopt to take this over")
