"""What a machine or a server that died leaves behind, put in order before a worker starts and while it is at work.

Runs that no process works on any more are closed as crashed, which frees their slot; slots that no run holds are given
back; and of the runs that were missed while nothing was there the newest of each deployment catches up for all.
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
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed

from flows.alive import is_alive
from flows.deployments import IN_POOL
from flows.outcome import what_to_do, write_page
from tasks.settings import Settings

log = logging.getLogger("cakupan")

MISSED = "Missed"
_UNENDED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
_TIME_TO_BEGIN = timedelta(seconds=10)
"""A process that was started just now may not hold its lock yet."""

_TIME_TO_START = timedelta(seconds=45)
"""A worker that is at work needs so long, on a busy machine, from taking a run to the process that runs it."""

_TIME_OF_SILENCE = timedelta(minutes=6)
"""A process whose server was away may still be asking for it, as long as its client does: see prefect.yaml."""

_SECONDS_BETWEEN_LOOKS = 5

_GONE = "its process is gone: the machine or the worker died. What it had loaded is kept; the next run does the rest."
_PAGE = 200


async def put_in_order(client: PrefectClient, settings: Settings) -> None:
    """Before a worker starts: whatever no process works on is closed, and one run of each deployment catches up."""
    begun = await _read_runs(client, _UNENDED)
    await _close(client, [run for run in begun if await _is_dead(client, settings, run)])
    await free_slots(client)
    await drop_missed_runs(client)


async def keep_in_order(client: PrefectClient, settings: Settings) -> None:
    """While a worker is at work: closes runs that nothing has worked on for longer than a start can take.

    A server that is killed while it hands a run to a worker leaves such a run: the worker, which got no answer, is told
    when it asks again that the run is taken.
    """
    begun = await _read_runs(client, _UNENDED)
    await _close(client, [run for run in begun if _is_overdue(run) and not is_alive(settings, str(run.id))])
    await free_slots(client)


async def free_slots(client: PrefectClient) -> None:
    """Gives back the slots that are counted as taken, at two looks, and that no run holds."""
    spare = await _count_held(client)
    if not spare:
        return
    await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    still = await _count_held(client)
    for limit in spare.keys() & still.keys():
        await client.update_global_concurrency_limit(limit, GlobalConcurrencyLimitUpdate(active_slots=still[limit]))
        log.warning("%s counted a slot as taken that no run holds; it is free again", limit)


async def _count_held(client: PrefectClient) -> dict[str, int]:
    """How many slots runs hold, by the name of the limit: of those limits alone that count more as taken."""
    held = {}
    for deployment in await client.read_deployments(work_pool_filter=IN_POOL):
        limit = deployment.global_concurrency_limit
        # Asked after the slots are: a run that has begun in between may be counted, one that has ended is looked for
        # a second time.
        if limit and limit.active_slots:
            number = len(await _read_runs(client, _UNENDED, deployment=deployment.id))
            if number < limit.active_slots:
                held[limit.name] = number
    return held


async def _close(client: PrefectClient, dead: Sequence[FlowRun]) -> None:
    """Closes runs as crashed, says so to the operator, and starts again what was cancelled because of them."""
    for run in dead:
        state: State[Any] = Crashed(message=_GONE)
        await client.set_flow_run_state(run.id, state)
        await write_page(run, what_to_do(run.name.partition(" ")[0], run, state))
        log.warning("%s: %s", run.name, _GONE)
    for run in dead:
        await _replace_cancelled(client, run)


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


def _is_overdue(run: FlowRun) -> bool:
    """Whether a run is in its state for so long that a process must show that it works on it."""
    if run.state is None:
        return False
    allowed = _TIME_TO_START if run.state.is_pending() else _TIME_OF_SILENCE
    return datetime.now(UTC) - run.state.timestamp > allowed


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
            work_pool_filter=IN_POOL,
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
