"""What an operator sees of a run in Prefect: artifacts under fixed keys.

They hold counts, figures and reasons, never the words of an article. A server that does not take them ends no run:
they are a view of what the warehouse holds.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from uuid import UUID

from prefect.artifacts import (
    Artifact,
    LinkArtifact,
    MarkdownArtifact,
    TableArtifact,
    acreate_progress_artifact,
    aupdate_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run as this_run

from flows.refreshing import SourceReport
from flows.runs import RunSummary
from flows.server_failures import SERVER_FAILURES
from flows.show import one_line, show_counts, show_rejection
from tasks.settings import Settings
from warehouse.overview import ROWS, Table, tables_of_run

log = logging.getLogger("cakupan")

TABLES = {
    "new-figures": ("run_figures", "Figures that this run saw first"),
    "findings": ("run_findings", "Conflicts, sums and other findings that this run wrote"),
    "quarantine": ("run_quarantine", "Documents and rows that this run set aside"),
    "freshness": ("region_freshness", "Regions with coverage rates, the one heard of longest ago first"),
}
"""Keys of the tables that every run has, beside ``sources``, ``progress``, ``run`` and ``published-copy``."""

_SHOWN_FAILURES = 20
_SECONDS_BETWEEN = 5.0
"""Time between two updates of the progress: each costs the server as much as loading some documents."""


class Progress:
    """The artifact ``progress`` of one run."""

    def __init__(self, whole: int, what: str) -> None:
        """Of ``whole`` things, called ``what`` in the plural, none is done yet."""
        self._whole = whole
        self._what = what
        self._done = 0
        self._artifact: UUID | None = None
        self._shown_at = 0.0

    async def advance(self, number: int) -> None:
        """So many more are done; shown every few seconds, and at the end."""
        self._done += number
        if self._done < self._whole and time.monotonic() - self._shown_at < _SECONDS_BETWEEN:
            return
        self._shown_at = time.monotonic()
        share = 100.0 * self._done / self._whole if self._whole else 100.0
        words = f"{self._done} of {self._whole} {self._what}"
        try:
            if self._artifact is None:
                self._artifact = await acreate_progress_artifact(share, "progress", words)
            else:
                await aupdate_progress_artifact(self._artifact, share, words)
        except SERVER_FAILURES as error:
            log.info("the progress could not be shown: %s", one_line(str(error)))


async def show_run(settings: Settings, summary: RunSummary, sources: Table | None = None) -> None:
    """Writes all artifacts of a run that is published; ``sources`` goes before counts by publisher."""
    tables = tables_of_run(settings.published, summary.run_id)
    by_source = tables["run_publishers"] if sources is None else sources
    page = run_page(summary, by_source, tables)
    artifacts = [
        MarkdownArtifact(key="run", description="This run on one page", markdown=page),
        _table("sources", "What the run did, by source", by_source),
        *(_table(key, description, tables[name]) for key, (name, description) in TABLES.items()),
        LinkArtifact(key="published-copy", description="The warehouse to be read", link=settings.published.as_uri()),
    ]
    await _write(artifacts)


async def show_changes(changes: Table) -> None:
    """Writes the changes of a replay, without the words that they rest on."""
    rows = [{name: cell for name, cell in row.items() if name not in {"words", "quote"}} for row in changes[:ROWS]]
    await _write([_table("replay", "What today's rules change", rows)])


def run_page(summary: RunSummary, by_source: Table, tables: dict[str, Table]) -> str:
    """Markdown that can be pasted into a chat."""
    state = "done with failures" if summary.has_failures else "done"
    parts = [
        f"# {this_run.name or summary.run_id}: {state}",
        f"{show_counts(summary.counts)}.",
        f"New findings to look at: {_number(tables['run_findings'])}; set aside: {_number(tables['run_quarantine'])}.",
    ]
    if by_source:
        parts.append(_markdown(by_source[:_SHOWN_FAILURES]))
    if summary.has_failures:
        lines = [show_rejection(each) for each in summary.failures]
        shown = [f"- {_escaped(line)}" for line in lines[:_SHOWN_FAILURES]]
        more = [f"- and {len(lines) - _SHOWN_FAILURES} more"] if len(lines) > _SHOWN_FAILURES else []
        parts.append("\n".join(["**Failures**", "", *shown, *more]))
    parts.append(
        f"Run `{summary.run_id}` of the warehouse: `cakupan query \"from runs where run_id = '{summary.run_id}'\"`"
    )
    return "\n\n".join(parts)


async def _write(artifacts: Sequence[Artifact]) -> None:
    try:
        async with get_client() as client:
            for artifact in artifacts:
                await artifact.acreate(client)
    except SERVER_FAILURES as error:
        log.warning("the artifacts of the run could not be written: %s", one_line(str(error)))


def _number(rows: Table) -> str:
    return f"{len(rows)}" if len(rows) < ROWS else f"{ROWS} or more"


def _table(key: str, description: str, rows: Table) -> Artifact:
    first = f" (the first {ROWS})" if len(rows) >= ROWS else ""
    return TableArtifact(key=key, description=f"{description}{first}", table=rows)


def _markdown(rows: Table) -> str:
    columns = list(rows[0])
    lines = [columns, ["---"] * len(columns), *([row[column] for column in columns] for row in rows)]
    return "\n".join(_line(cells) for cells in lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_escaped, cells)) + " |"


def _escaped(text: str) -> str:
    return one_line(text).replace("|", "\\|")


def source_table(reports: Sequence[SourceReport]) -> Table:
    """Counts of a refresh, by source."""
    names = ("found", "new", "changed", "unchanged", "gone", "failed", "requests")
    return [{"source": each.source_id} | {name: str(getattr(each, name)) for name in names} for each in reports]
