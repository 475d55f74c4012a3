"""Turns snapshots into documents, in this process or in several; free of Prefect and of the warehouse.

Processes take most of a second to start, so that a small batch is done sooner without them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path

from tasks.clean import clean, refuse_foreign
from tasks.corrections import correct_document, read_corrections
from tasks.extract import extract
from tasks.records import Article, Document, Extraction, Rejection, Snapshot

SMALLEST_POOLED_BATCH = 100
"""Documents from which starting processes pays, measured on two cores."""

_DOCUMENTS_A_CALL = 10


class Workers:
    """Processes that clean and extract; they start with the first batch that is large enough."""

    def __init__(self, processes: int | None = None) -> None:
        """As many processes as there are cores, unless told."""
        self._processes = processes or _usable_cores()
        self._pool: ProcessPoolExecutor | None = None

    def make_documents(self, snapshots: Sequence[Snapshot]) -> list[Document | Rejection]:
        """What each snapshot became, in the same order. Never raises for a single document."""
        if self._processes < 2 or len(snapshots) < SMALLEST_POOLED_BATCH:
            return [make_document(snapshot) for snapshot in snapshots]
        if self._pool is None:
            self._pool = _start_pool(self._processes)
        try:
            parts = list(self._pool.map(_understand, snapshots, chunksize=_DOCUMENTS_A_CALL))
        except BrokenProcessPool:
            self.close()
            parts = _understand_one_by_one(snapshots)
        return [_join(snapshot, part) for snapshot, part in zip(snapshots, parts, strict=True)]

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


@contextmanager
def start_workers() -> Iterator[Workers]:
    """Workers for the length of a run; a wrong file of corrections ends it before it begins."""
    read_corrections()
    workers = Workers()
    try:
        yield workers
    finally:
        workers.close()


def make_document(snapshot: Snapshot) -> Document | Rejection:
    """Cleans, extracts and corrects; a defect of the code becomes a rejection of this document."""
    return _join(snapshot, _understand(snapshot))


def make_article(snapshot: Snapshot) -> Article | Rejection:
    """Cleans; a defect of the code becomes a rejection."""
    try:
        return clean(snapshot)
    except Exception as error:
        return _defect(snapshot, "clean", error)


def _understand(snapshot: Snapshot) -> tuple[Article, Extraction] | Rejection:
    """The article and what it states, without the bytes, which the caller has already."""
    article = make_article(snapshot)
    if isinstance(article, Rejection):
        return article
    if foreign := refuse_foreign(article):
        return foreign
    try:
        return article, extract(article)
    except Exception as error:
        return _defect(snapshot, "extract", error)


def _defect(snapshot: Snapshot, stage: str, error: Exception) -> Rejection:
    """The error and the line of code that it comes from, on one line."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name} line {place.lineno}"
    return Rejection(
        source=snapshot.source,
        stage=stage,
        kind="defect",
        reason=f"the code to {stage} it fails with {type(error).__name__} in {where}: {str(error)[:200]}",
        remedy="report it with the file",
        snapshot_sha256=snapshot.sha256,
    )


def _join(snapshot: Snapshot, part: tuple[Article, Extraction] | Rejection) -> Document | Rejection:
    if isinstance(part, Rejection):
        return part
    return correct_document(Document(snapshot=snapshot, article=part[0], extraction=part[1]), read_corrections())


def _usable_cores() -> int:
    """Cores that this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_pool(processes: int) -> ProcessPoolExecutor:
    """Fresh interpreters: a fork would copy the locks of the threads that Prefect and DuckDB keep."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin_worker)


def _begin_worker() -> None:
    """An interrupt is the parent's affair; a worker whose parent was killed would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _understand_one_by_one(snapshots: Sequence[Snapshot]) -> list[tuple[Article, Extraction] | Rejection]:
    """After a crash: one process and one document at a time, so that the one that kills it is known."""
    parts: list[tuple[Article, Extraction] | Rejection] = []
    pool = _start_pool(1)
    for snapshot in snapshots:
        try:
            parts.append(pool.submit(_understand, snapshot).result())
        except BrokenProcessPool:
            parts.append(
                Rejection(
                    source=snapshot.source,
                    stage="clean",
                    kind="crash",
                    reason="ends the process that reads it",
                    remedy="report it with the file",
                    snapshot_sha256=snapshot.sha256,
                )
            )
            pool.shutdown()
            pool = _start_pool(1)
    pool.shutdown()
    return parts
