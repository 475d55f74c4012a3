"""Measures what orchestration adds: the flow `ingest` against its steps called as plain functions, in the same run.

``make bench-prefect`` starts a Prefect server, ingests made-up articles with and without Prefect, each time in a
process and a warehouse of its own, and ends with status 1 when a promise is broken: less than 10 percent more time, and
less than 1 KB a document in the server's database. The rounds take turns, and the faster half of each kind counts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
DOCUMENTS, ROUNDS = 2_000, 6
MOST_TIME, MOST_BYTES = 0.10, 1_000


def write_articles(folder: Path, number: int) -> None:
    """Articles of the usual length, each with figures of its own."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds" / "articles").glob("*.txt"))]
    for each in range(number):
        text = texts[each % len(texts)]
        extra = f"Cakupan kepesertaan di Kabupaten Sambas mencapai {20 + each % 60},{each % 10} persen pada 2024."
        (folder / f"{each:05}.txt").write_text(f"{text}\n{extra}\nArsip nomor {each}.\n", encoding="utf-8")


async def ingest_plainly(folder: Path, data: Path) -> None:
    """The steps of the flow without Prefect: each task is called as the function that it is."""
    from flows.runs import check, publish, record_run, report_batch
    from tasks.documents import start_workers
    from tasks.read import batches, find_files
    from tasks.settings import read_settings
    from tasks.steps import clean_and_extract, load, read, set_known_apart
    from warehouse.store import open_warehouse

    settings = read_settings(data)
    with open_warehouse(settings.warehouse) as store:
        with start_workers() as workers, record_run(store, "ingest") as summary:
            found = find_files([str(folder)])
            for number, files in enumerate(batches(found.files, settings.documents_a_batch), 1):
                received = await read.fn([str(file) for file in files], str(settings.snapshots))
                made = await clean_and_extract.fn(set_known_apart(received, store, summary.run_id), workers)
                report_batch(number, made.rejections, await load.fn(made, store, summary.run_id), summary)
            await check.fn(store, summary.run_id)
        await publish.fn(store, settings.published)


async def ingest_with_prefect(folder: Path, data: Path) -> None:
    from flows.ingest import ingest

    await ingest([str(folder)], str(data))


WAYS = {"plain": ingest_plainly, "prefect": ingest_with_prefect}


def measure_here(way: str, folder: Path) -> float:
    """Seconds of one ingest in this process; loading Python's modules is not counted."""

    import flows.ingest  # noqa: F401

    with TemporaryDirectory() as data:
        begun = time.perf_counter()
        asyncio.run(WAYS[way](folder, Path(data)))
        return time.perf_counter() - begun


def measure(way: str, folder: Path) -> float:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--only", way, "--folder", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{way}: {done.stderr[-2000:]}")
    return float(done.stdout.splitlines()[-1])


@contextmanager
def server(home: Path) -> Iterator[None]:
    """A Prefect server as `cakupan up` starts it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    os.environ |= {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "cakupan",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not answers(f"http://127.0.0.1:{port}/api/health"):
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait()


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
    except (urllib.error.URLError, OSError):
        return False
    return True


def database_bytes(home: Path) -> int:
    """Size of the server's database with all that is still in its log."""
    time.sleep(3)
    with closing(sqlite3.connect(home / "prefect.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(FULL)")
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int((pages - free) * size)


def main() -> None:
    """Measures both ways, prints it, and holds it against the promises."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--only", choices=sorted(WAYS))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.only:
        sys.stdout.write(f"\n{measure_here(options.only, options.folder)}\n")
        return
    with TemporaryDirectory() as scratch, server(Path(scratch, "prefect")):
        folder = Path(scratch, "articles")
        folder.mkdir()
        write_articles(folder, options.documents)
        measure("prefect", folder)
        before = database_bytes(Path(scratch, "prefect"))
        rounds = [(measure("plain", folder), measure("prefect", folder)) for _ in range(ROUNDS)]
        growth = (database_bytes(Path(scratch, "prefect")) - before) / ROUNDS / options.documents
    plain, orchestrated = (statistics.mean(sorted(times)[: ROUNDS // 2]) for times in zip(*rounds, strict=True))
    added = orchestrated / plain - 1
    promises = [
        (f"{options.documents} documents without Prefect: {plain:.2f} s", True),
        (f"with Prefect, its server and artifacts: {orchestrated:.2f} s, {added:+.1%}", added < MOST_TIME),
        (f"the server's database grows by {growth:,.0f} bytes a document", growth < MOST_BYTES),
    ]
    for words, kept in promises:
        sys.stdout.write(f"{'ok    ' if kept else 'BROKEN'}  {words}\n")
    sys.exit(0 if all(kept for _, kept in promises) else 1)


if __name__ == "__main__":
    main()
