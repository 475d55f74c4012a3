"""What a machine that died leaves on the server, put in order before a worker starts.

Runs that no process works on any more are closed as crashed, which frees their slot, and of the runs that were missed
while nothing was there the newest of each deployment catches up for all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed

from flows.alive import is_alive
from flows.deployments import POOL
from flows.outcome import what_to_do, write_page
from tasks.settings import Settings

log = logging.getLogger("cakupan")

MISSED = "Missed"
_UNENDED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
_TIME_TO_BEGIN = timedelta(seconds=10)
"""A process that was started just now may not hold its lock yet."""

_GONE = "its process is gone: the machine or the worker died. What it had loaded is kept; the next run does the rest."
_PAGE = 200


async def put_in_order(client: PrefectClient, settings: Settings) -> None:
    """Closes runs whose process is gone, and lets one run of each deployment catch up for all that were missed."""
    for dead in await close_dead_runs(client, settings):
        await _replace_cancelled(client, dead)
    await drop_missed_runs(client)


async def close_dead_runs(client: PrefectClient, settings: Settings) -> list[FlowRun]:
    """Closes, as crashed, each run of the work pool that has begun and that no process works on."""
    dead = [run for run in await _read_runs(client, _UNENDED) if await _is_dead(client, settings, run)]
    for run in dead:
        state: State[Any] = Crashed(message=_GONE)
        await client.set_flow_run_state(run.id, state)
        await write_page(run, what_to_do(run.name.partition(" ")[0], run, state))
        log.warning("%s: %s", run.name, _GONE)
    return dead


async def drop_missed_runs(client: PrefectClient) -> None:
    """Of the runs that are overdue, leaves the newest of each deployment and cancels those that a schedule made."""
    now = datetime.now(UTC)
    overdue = [run for run in await _read_runs(client, [StateType.SCHEDULED], now) if run.auto_scheduled]
    for _, runs in groupby(sorted(overdue, key=_deployment), key=_deployment):
        *missed, newest = sorted(runs, key=lambda run: run.next_scheduled_start_time or now)
        for run in missed:
            message = f"nothing was there to run it; {newest.name} catches up"
            await client.set_flow_run_state(run.id, Cancelled(name=MISSED, message=message))
        if missed:
            log.info("%d missed runs cancelled; %s catches up", len(missed), newest.name)


async def _replace_cancelled(client: PrefectClient, dead: FlowRun) -> None:
    """Starts the newest scheduled run that the server cancelled because a dead one still held its slot."""
    if dead.deployment_id is None:
        return
    since = dead.start_time or dead.created or datetime.now(UTC)
    cancelled = [
        run
        for run in await _read_runs(client, [StateType.CANCELLED], deployment=dead.deployment_id)
        if run.auto_scheduled and not run.run_count and run.state and run.state.timestamp >= since
    ]
    newest = max(cancelled, key=lambda run: run.expected_start_time or since, default=None)
    if newest is not None:
        await client.create_flow_run_from_deployment(
            dead.deployment_id, parameters=newest.parameters, idempotency_key=f"instead of {newest.id}"
        )
        log.info("%s was cancelled because of %s; a new run takes its place", newest.name, dead.name)


async def _is_dead(client: PrefectClient, settings: Settings, run: FlowRun) -> bool:
    """Whether no process holds the lock of a run, after it has had the time to take it."""
    while not is_alive(settings, str(run.id)):
        if run.state is None or datetime.now(UTC) - run.state.timestamp > _TIME_TO_BEGIN:
            return True
        await asyncio.sleep(1)
        run = await client.read_flow_run(run.id)
        if run.state is None or run.state.is_final() or run.state.is_scheduled():
            return False
    return False


async def _read_runs(
    client: PrefectClient,
    states: Sequence[StateType],
    until: datetime | None = None,
    deployment: UUID | None = None,
) -> list[FlowRun]:
    """All runs of the work pool in these states: only those due before a time, only those of a deployment."""
    due = FlowRunFilterNextScheduledStartTime.model_validate({"before_": until}) if until else None
    wanted = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states))), next_scheduled_start_time=due
    )
    found: list[FlowRun] = []
    while True:
        page = await client.read_flow_runs(
            flow_run_filter=wanted,
            work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL])),
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])) if deployment else None,
            sort=FlowRunSort.ID_DESC,
            limit=_PAGE,
            offset=len(found),
        )
        found += page
        if len(page) < _PAGE:
            return found


def _deployment(run: FlowRun) -> str:
    return str(run.deployment_id)
