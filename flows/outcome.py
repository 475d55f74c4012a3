"""How a flow begins and ends: its name, its state, and what an operator is told when it goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, cast
from zoneinfo import ZoneInfo

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.objects import FlowRun, State
from prefect.runtime import flow_run as this_run
from prefect.states import Failed

log = logging.getLogger("cakupan")

DONE_WITH_FAILURES = "DoneWithFailures"
"""State of a run that did what it could; its type is FAILED, which the UI shows in red and automations see."""

HOME_ZONE = ZoneInfo("Asia/Jakarta")
"""Zone of the schedules and of the dates in the names of runs."""

Done = TypeVar("Done")


class DoneWithFailuresError(Exception, Generic[Done]):
    """What a run did that has failures: raised where a flow is called as a function; ``done`` is its summary."""

    def __init__(self, message: str, done: Done) -> None:
        super().__init__(message)
        self.done = done


def conclude(done: Done, failures: list[str]) -> Done:
    """What a flow returns: its summary, or, when there are failures, a state that says so.

    Prefect takes a returned state for the state of the run; who called the flow gets :func:`outcome`.
    """
    if not failures:
        return done
    more = f"; and {len(failures) - 1} more, see its artifacts" if len(failures) > 1 else ""
    message = f"what could be done is done and published, with failures: {failures[0]}{more}"
    state: State[Any] = Failed(name=DONE_WITH_FAILURES, message=message, data=DoneWithFailuresError(message, done))
    return cast("Done", state)


async def outcome(run: Awaitable[Done]) -> Done:
    """What a flow did, whether or not with failures."""
    try:
        return await run
    except DoneWithFailuresError as error:
        return cast("Done", error.done)


def name_run() -> str:
    """``refresh antara, detik 2026-11-25 05:00``: flow, what it is about, and the time in Jakarta it was due."""
    due = this_run.scheduled_start_time or datetime.now(UTC)
    about = _about(this_run.parameters or {})
    return f"{this_run.flow_name} {about} {due.astimezone(HOME_ZONE):%Y-%m-%d %H:%M}"


def _about(parameters: dict[str, Any]) -> str:
    named = parameters.get("sources") or parameters.get("paths") or []
    if named:
        return ", ".join(map(str, named[:3])) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    if parameters.get("schedule"):
        return f"{parameters['schedule']} sources"
    if parameters.get("since"):
        return f"since {parameters['since']}"
    return "all sources" if "sources" in parameters else "all"


async def tell_operator(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Writes the page ``what-to-do`` for a run that failed or crashed."""
    await write_page(flow_run, what_to_do(flow.name, flow_run, state))


async def write_page(flow_run: FlowRun, page: str) -> None:
    """Adds the page to the artifacts of a run."""
    async with get_client() as client:
        await client.create_artifact(
            ArtifactCreate(
                key="what-to-do",
                type="markdown",
                description="What went wrong and what to do",
                data=page,
                flow_run_id=flow_run.id,
            )
        )


def what_to_do(flow_name: str, flow_run: FlowRun, state: State[Any]) -> str:
    """Markdown: what happened, what is safe, what to do next."""
    advice = {
        DONE_WITH_FAILURES: "Look at the artifact `run`: each failure is named with its remedy. The rest is loaded "
        "and published; what failed is tried again by the next run.",
        "Crashed": "The process ended in the middle. What it had loaded is kept; nothing is half loaded. "
        "The next run does the rest, or start it now with the command below.",
        "TimedOut": "The run took longer than its flow allows. What it had loaded is kept. Look in its logs for "
        "the last batch, and run it again.",
    }.get(state.name or "", "The message above says what is wrong and what to do. Nothing is half loaded.")
    return "\n\n".join(
        [
            f"# {flow_run.name}: {state.name}",
            f"{flow_name}, begun {_when(flow_run.start_time)}, ended {_when(state.timestamp)}",
            f"> {' '.join((state.message or 'no message').split())[:1000]}",
            advice,
            f"Logs: `prefect flow-run logs {flow_run.id}`",
            f"Again: `prefect flow-run retry {flow_run.id}`",
        ]
    )


def _when(instant: datetime | None) -> str:
    return f"{instant.astimezone(HOME_ZONE):%Y-%m-%d %H:%M:%S}" if instant else "never"
