"""The command `ingest`: gives the flow a Prefect, and the person at the terminal what came of it."""

from __future__ import annotations

import asyncio
import logging
import shlex
import sys
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any, TypeVar

from flows.embedded import prepare_prefect
from flows.failures import TERMINATED
from flows.reading import refused_rows, show_figures
from flows.show import complain, one_line, say, show_path, show_rejection
from flows.turns import take_turn
from tasks.errors import CakupanError
from tasks.read import find_files
from tasks.settings import Settings, read_settings

if TYPE_CHECKING:
    from flows.runs import RunSummary

Done = TypeVar("Done")


def ingest_files(paths: Sequence[str], warehouse: str | None) -> int:
    """Runs the flow on the paths and prints the figures of their articles; gives the exit status."""
    settings = read_settings(warehouse)
    found = find_files(paths)
    if not found.files:
        for problem in found.problems:
            complain(show_rejection(problem))
        return 1
    print_log()
    with take_turn(settings):
        summary = run_flow(settings, partial(_ingest, paths, settings))
    if summary is None:
        return TERMINATED
    for line in refused_rows(settings, summary.run_id):
        complain(line)
    first = show_figures(settings, summary.run_id)
    _say_what_next(settings, first, warehouse)
    return int(summary.has_failures)


async def _ingest(paths: Sequence[str], settings: Settings) -> RunSummary:
    from flows.ingest import ingest

    return await ingest([_as_text(path) for path in paths], str(settings.published))


def run_flow(settings: Settings, flow: Callable[[], Coroutine[Any, Any, Done]]) -> Done | None:
    """What a flow did that is imported when it is called; nothing when the process was told to end."""
    prepare_prefect(settings.prefect)
    from prefect.exceptions import TerminationSignal

    from flows.outcome import outcome
    from flows.server_failures import SERVER_FAILURES

    try:
        return asyncio.run(outcome(flow()))
    except TerminationSignal:
        return None
    except SERVER_FAILURES as error:
        reason = f"its server fails: {str(error).partition(' - ')[0]}"
        remedy = f"see {settings.prefect / 'server.log'}; what was loaded is kept, run the same command again"
        raise CakupanError("Prefect", reason, remedy) from error


def _as_text(path: str) -> str:
    """A path, or its address where the bytes of its name are no text: Prefect keeps parameters as JSON."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return Path(path).absolute().as_uri()
    return path


def _say_what_next(settings: Settings, observation: str | None, warehouse: str | None) -> None:
    """Where the results are, and commands that can be copied."""
    say(f"\nwarehouse       {show_path(settings.warehouse)} (written by runs alone)")
    say(f"published copy  {show_path(settings.published)} (to be read, by any DuckDB)")
    command = "cakupan" if which("cakupan") else show_path(Path(sys.argv[0]).absolute())
    option = f" --warehouse {shlex.quote(warehouse)}" if warehouse else ""
    say(f'\nnext: {command} query "from observations order by region_code, metric"{option}')
    if observation:
        say(f"      {command} trace {observation}{option}")


def print_log() -> None:
    """Sends the project's own messages to standard error, a line each, and nobody else's."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine("%(message)s"))
    log = logging.getLogger("cakupan")
    log.handlers = [handler]
    log.propagate = False


class _OneLine(logging.Formatter):
    """A message on one line whatever a file's name holds."""

    def format(self, record: logging.LogRecord) -> str:
        """The message alone."""
        return one_line(super().format(record))
