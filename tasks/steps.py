"""The steps of the way as Prefect tasks, each for a batch of documents.

One task a document would cost the server more than the work itself. Results and caches stay off: article text
never goes into Prefect's storage.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.documents import Workers
from tasks.read import read_file
from tasks.records import Document, LoadCounts, Rejection, Snapshot
from tasks.snapshots import store_snapshots


class Batch:
    """Documents on their way, and those that were set aside.

    A plain class on purpose: Prefect walks through every list and dataclass that a task takes, which here
    would be every word of every article.
    """

    def __init__(
        self,
        *,
        snapshots: Sequence[Snapshot] = (),
        documents: Sequence[Document] = (),
        rejections: Sequence[Rejection] = (),
        known: Sequence[Snapshot] = (),
    ) -> None:
        """Starts empty: each step fills what it gives; ``known`` are snapshots with nothing new in them."""
        self.snapshots = snapshots
        self.documents = documents
        self.rejections = rejections
        self.known = known


class Loader(Protocol):
    """The part of the warehouse that takes documents in."""

    def load(self, run_id: str, documents: Sequence[Document], rejections: Sequence[Rejection]) -> LoadCounts:
        """Brings a batch in, all of it or nothing."""

    def recognize(self, run_id: str, snapshots: Sequence[Snapshot]) -> list[Snapshot]:
        """Snapshots with nothing new in them."""

    def see_again(self, run_id: str, known: Sequence[Snapshot]) -> LoadCounts:
        """Enters that the run saw them."""


def set_known_apart(batch: Batch, warehouse: Loader, run_id: str) -> Batch:
    """What was read from the same bytes by the same code before needs neither cleaning nor extraction."""
    known = warehouse.recognize(run_id, batch.snapshots)
    sources = {each.source for each in known}
    return Batch(
        snapshots=[each for each in batch.snapshots if each.source not in sources],
        rejections=batch.rejections,
        known=known,
    )


@task(cache_policy=NO_CACHE, persist_result=False)
async def read(files: list[str], snapshots: str) -> Batch:
    """Reads files and keeps their bytes in the folder ``snapshots``."""

    def read_and_store() -> Batch:
        taken = [read_file(Path(file)) for file in files]
        received = [each for each in taken if isinstance(each, Snapshot)]
        store_snapshots(Path(snapshots), received)
        return Batch(snapshots=received, rejections=[each for each in taken if isinstance(each, Rejection)])

    return await asyncio.to_thread(read_and_store)


@task(cache_policy=NO_CACHE, persist_result=False)
async def clean_and_extract(batch: Batch, workers: Workers) -> Batch:
    """Makes documents of the snapshots; in one task, so that an article crosses to a process once."""
    made = await asyncio.to_thread(workers.make_documents, batch.snapshots)
    return Batch(
        documents=[each for each in made if isinstance(each, Document)],
        rejections=[*batch.rejections, *(each for each in made if isinstance(each, Rejection))],
        known=batch.known,
    )


@task(cache_policy=NO_CACHE, persist_result=False)
async def load(batch: Batch, warehouse: Loader, run_id: str) -> LoadCounts:
    """Brings the batch into the warehouse, in one transaction.

    Not in a thread: an interrupt would close the warehouse while the thread still writes.
    """
    counts = warehouse.see_again(run_id, batch.known)
    if not batch.documents and not batch.rejections:
        return counts
    return counts + warehouse.load(run_id, batch.documents, batch.rejections)
