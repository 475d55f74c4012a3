"""The flow that brings files into the warehouse: find, read, clean and extract, load, check, publish."""

from __future__ import annotations

from prefect import flow

from flows.alive import show_alive
from flows.artifacts import Progress, show_run
from flows.outcome import conclude, name_run, tell_operator
from flows.runs import RunSummary, check, publish, record_run, report_batch, report_paths, require_replaceable
from flows.turns import take_turn
from tasks.documents import start_workers
from tasks.read import batches, find_files
from tasks.settings import read_settings
from tasks.steps import clean_and_extract, load, read, set_known_apart
from warehouse.store import open_warehouse


@flow(
    name="ingest",
    persist_result=False,
    flow_run_name=name_run,
    timeout_seconds=24 * 3600,
    on_failure=[tell_operator],
    on_crashed=[tell_operator],
)
async def ingest(paths: list[str], warehouse: str | None = None) -> RunSummary:
    """Reads files and folders through the whole way into the warehouse.

    Args:
        paths: Files and folders with articles (.html, .htm, .txt, also with .gz).
        warehouse: The published copy (.duckdb) or its folder; by default in CAKUPAN_DATA or data.
    """
    settings = read_settings(warehouse)
    show_alive()
    with take_turn(settings):
        require_replaceable(settings.published)
        with open_warehouse(settings.warehouse) as store:
            with start_workers() as workers, record_run(store, "ingest") as summary:
                found = find_files(paths)
                report_paths(found.problems, found.others, summary)
                progress = Progress(len(found.files), "files")
                for number, files in enumerate(batches(found.files, settings.documents_a_batch), 1):
                    received = await read([str(file) for file in files], str(settings.snapshots))
                    made = await clean_and_extract(set_known_apart(received, store, summary.run_id), workers)
                    counts = await load(made, store, summary.run_id)
                    report_batch(number, made.rejections, counts, summary)
                    await progress.advance(len(files))
                await check(store, summary.run_id)
            await publish(store, settings.published)
        await show_run(settings, summary)
        return conclude(summary, summary.reasons)
