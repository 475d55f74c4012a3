"""How the command ends: one line for whatever went wrong, and the exit status that says so."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import typer

from flows.show import complain
from tasks.errors import CakupanError, UsageError
from tasks.settings import read_settings

DONE = 0
FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130
TERMINATED = 143


def run_command(app: typer.Typer) -> NoReturn:
    """Runs the command line and ends the process; never lets a traceback through."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names of files may hold bytes that are no text: shown escaped rather than ending the output.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = app(standalone_mode=False) or DONE
    except Exception as error:
        _leave_at_once(_report(error))
    if status in {INTERRUPTED, TERMINATED}:
        complain("cakupan: interrupted; what was done is kept, run the same command again to do the rest")
        _leave_at_once(status)
    sys.exit(status)


def _report(error: Exception) -> int:
    """One line for what went wrong, and the exit status that says so."""
    if isinstance(error, CakupanError):
        complain(str(error))
        return WRONG_USAGE if isinstance(error, UsageError) else FAILED
    return _report_usage(error) if isinstance(error, typer.TyperException) else _report_defect(error)


def _leave_at_once(status: int) -> NoReturn:
    """Ends without the orderly way out, on which Prefect waits for a server that may have failed."""
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(status)


def _report_usage(error: typer.TyperException) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cakupan"
    message = getattr(error, "format_message", lambda: str(error))().rstrip(".")
    if message:
        complain(f"cakupan: {message}; see {command} --help")
    return WRONG_USAGE


def _report_defect(error: Exception) -> int:
    """An error that the code does not know: a line, and a file with what a developer needs."""
    kind = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}"
    complain(f"cakupan: unexpected {kind}; report it with {_write_traceback(error)}")
    return FAILED


def _write_traceback(error: Exception) -> Path:
    """The file that got the traceback: the log in the data folder, or a temporary one if that fails."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entry = f"{now} {sys.argv}\n{''.join(traceback.format_exception(error))}\n"
    log = read_settings().log
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(entry)
    except OSError:
        log = Path(tempfile.gettempdir(), "cakupan.log")
        log.write_text(entry, encoding="utf-8", errors="backslashreplace")
    return log
