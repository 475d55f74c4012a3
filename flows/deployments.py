"""Reads ``prefect.yaml`` strictly and brings it to a server: work pool, deployments, automations.

Prefect passes over keys that it does not know, so that a misspelt limit or schedule is simply not there. Here it is
an error that names the deployment, the key and the file.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from prefect import Flow
from prefect.cli.deploy._models import (
    ConcurrencyLimitSpec,
    DeploymentConfig,
    PrefectYamlModel,
    RawScheduleConfig,
    WorkPoolConfig,
)
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import WorkPoolFilter, WorkPoolFilterName
from prefect.client.schemas.schedules import CronSchedule
from prefect.events.actions import SendNotification
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound, ParameterTypeError
from prefect.flows import load_flow_from_entrypoint
from pydantic import BaseModel, ValidationError

from tasks.errors import CakupanError

ROOT = Path(__file__).resolve().parent.parent
DEPLOYMENTS = ROOT / "prefect.yaml"
AUTOMATIONS = ROOT / "automations.yaml"
POOL = "cakupan"
IN_POOL = WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL]))
ALERTS_BLOCK = "cakupan-alerts"
_POOL_TYPE = "process"
_MESSAGE = """{{ automation.description }}

{{ event.event }} {{ event.resource.id }} at {{ event.occurred }}
{% if flow_run %}{{ flow_run.name }}: {{ flow_run.state.message }}
{{ flow_run|ui_url }}{% endif %}
"""
_STRATEGIES = {"ENQUEUE", "CANCEL_NEW"}


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment: the flow with its name, and what the file says about it."""

    flow: Flow[..., Any]
    name: str
    described: dict[str, Any]

    @property
    def full_name(self) -> str:
        """The name that ``prefect deployment run`` takes: ``refresh/daily``."""
        return f"{self.flow.name}/{self.name}"


def read_deployments(path: Path = DEPLOYMENTS) -> list[Deployment]:
    """All deployments; raises :class:`CakupanError` for whatever Prefect would pass over or only find later."""
    whole = _read(path)
    _refuse_unknown(path, "the file", whole, PrefectYamlModel)
    return [_deployment(path, each) for each in whole.get("deployments") or []]


def read_automations(path: Path = AUTOMATIONS) -> list[AutomationCore]:
    """All automations; raises :class:`CakupanError` for one that Prefect does not take."""
    try:
        return [AutomationCore.model_validate(each) for each in _read(path).get("automations") or []]
    except ValidationError as error:
        raise _malformed(path, _first(error)) from error


async def deploy_all(client: PrefectClient) -> None:
    """Makes the work pool, the deployments and the automations, or updates them; all files are read before."""
    read_deployments()
    automations = read_automations()
    await prepare_pool(client)
    await asyncio.to_thread(deploy)
    await apply_automations(client, automations)


async def are_deployed(client: PrefectClient) -> bool:
    """Whether any deployment belongs to the work pool: one that is deleted takes none with it, but nothing runs them.

    A worker makes a pool that is gone anew by itself, without what belonged to it, and says nothing.
    """
    return bool(await client.read_deployments(work_pool_filter=IN_POOL, limit=1))


async def prepare_pool(client: PrefectClient) -> None:
    """Makes the work pool unless it is there; raises :class:`CakupanError` when it is of another type."""
    try:
        pool = await client.read_work_pool(POOL)
    except ObjectNotFound:
        await client.create_work_pool(WorkPoolCreate(name=POOL, type=_POOL_TYPE))
        return
    if pool.type != _POOL_TYPE:
        reason = f"the work pool {POOL} is of type {pool.type}, not {_POOL_TYPE}"
        raise CakupanError("Prefect", reason, f"remove it: prefect work-pool delete {POOL}")


def deploy() -> None:
    """Brings all deployments to the server of the environment, by Prefect's own command."""
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        reason = f"cannot be deployed: {said[-1] if said else 'Prefect says nothing'}"
        raise CakupanError(DEPLOYMENTS, reason, "`prefect deploy --all` shows more")


async def apply_automations(client: PrefectClient, automations: Iterable[AutomationCore]) -> None:
    """Makes or updates automations, by their name; whether one is on is left as the operator has set it.

    Those without an action of their own send a message by the notification block ``cakupan-alerts``, if there is one.
    """
    blocks = [each.id for each in await client.read_block_documents() if each.name == ALERTS_BLOCK]
    messages = [
        SendNotification(block_document_id=each, subject="{{ automation.name }}", body=_MESSAGE) for each in blocks
    ]
    for automation in automations:
        automation.actions = automation.actions or list(messages)
        known = await client.read_automations_by_name(automation.name)
        if not known:
            await client.create_automation(automation)
        for each in known:
            await client.update_automation(each.id, automation.model_copy(update={"enabled": each.enabled}))


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = f"cannot be read: {' '.join(str(error).split())}"
        raise CakupanError(path, reason, "the command needs the project's folder: see docs/deploy.md") from error
    if not isinstance(content, dict):
        raise _malformed(path, "it is no mapping of keys to values")
    return content


def _deployment(path: Path, described: dict[str, Any]) -> Deployment:
    name = f"deployment {described.get('name')!r} of {described.get('entrypoint')}"
    _refuse_unknown(path, name, described, DeploymentConfig)
    _refuse_unknown(path, f"{name}: work_pool", described.get("work_pool") or {}, WorkPoolConfig)
    limit = described.get("concurrency_limit") or {}
    _refuse_unknown(path, f"{name}: concurrency_limit", limit, ConcurrencyLimitSpec)
    if limit.get("collision_strategy") not in _STRATEGIES:
        raise _malformed(path, f"{name}: collision_strategy is none of {', '.join(sorted(_STRATEGIES))}")
    for schedule in described.get("schedules") or []:
        _check_schedule(path, name, schedule)
    try:
        flow: Flow[..., Any] = load_flow_from_entrypoint(str(path.parent / str(described.get("entrypoint"))))
        flow.validate_parameters(_with_needed(flow, described.get("parameters") or {}))
    except ParameterTypeError as error:
        raise _malformed(path, f"{name}: {' '.join(str(error).split())}") from error
    except Exception as error:
        raise _malformed(path, f"{name}: entrypoint cannot be loaded: {error}") from error
    return Deployment(flow, str(described["name"]), described)


def _with_needed(flow: Flow[..., Any], parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters as the flow takes them, with the defaults of the others."""
    unknown = parameters.keys() - flow.parameters.properties.keys()
    if unknown:
        raise ParameterTypeError(f"parameters: {', '.join(sorted(unknown))} is none of {flow.name}")
    return parameters


def _check_schedule(path: Path, name: str, schedule: dict[str, Any]) -> None:
    _refuse_unknown(path, f"{name}: schedule", schedule, RawScheduleConfig)
    try:
        CronSchedule(cron=str(schedule.get("cron")), timezone=str(schedule.get("timezone")))
    except ValidationError as error:
        raise _malformed(path, f"{name}: schedule: {_first(error)}") from error


def _refuse_unknown(path: Path, name: str, described: object, model: type[BaseModel]) -> None:
    if not isinstance(described, dict):
        raise _malformed(path, f"{name} is no mapping of keys to values")
    known = {field.alias or key for key, field in model.model_fields.items()}
    unknown = sorted(str(key) for key in described if key not in known)
    if unknown:
        raise _malformed(path, f"{name} has the unknown key {', '.join(unknown)}")


def _first(error: ValidationError) -> str:
    found = error.errors()[0]
    return f"{'.'.join(map(str, found['loc']))}: {found['msg']}"


def _malformed(path: Path, reason: str) -> CakupanError:
    return CakupanError(path, reason, "mend it; docs/deploy.md describes it")
