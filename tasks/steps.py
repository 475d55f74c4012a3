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
    ) -> None:
        """Starts empty: each step fills what it gives."""
        self.snapshots = snapshots
        self.documents = documents
        self.rejections = rejections


class Loader(Protocol):
    """The part of the warehouse that takes documents in."""

    def load(self, run_id: str, documents: Sequence[Document], rejections: Sequence[Rejection]) -> LoadCounts:
        """Brings a batch in, all of it or nothing."""


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
    )


@task(cache_policy=NO_CACHE, persist_result=False)
async def load(batch: Batch, warehouse: Loader, run_id: str) -> LoadCounts:
    """Brings the batch into the warehouse, in one transaction.

    Not in a thread: an interrupt would close the warehouse while the thread still writes.
    """
    return warehouse.load(run_id, batch.documents, batch.rejections)
