"""Documents and warehouses for tests: small, made up, and named for what the tests do with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tasks.records import (
    Agreement,
    Article,
    Document,
    Evidence,
    Extraction,
    LoadCounts,
    NumberMention,
    Observation,
    Regulation,
    Rejection,
    RemovedText,
    RunStart,
    Snapshot,
)
from warehouse.store import Warehouse, open_warehouse

MEMPAWAH, BUNGO = "61.02", "15.08"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A sentence with one figure in it, and what is to be read there."""

    sentence: str
    words: str
    value: str
    metric: str = "coverage_rate"
    unit: str = "percent"
    region: str | None = MEMPAWAH
    period: str | None = "2024"
    segment: str | None = None


RATE = Figure(sentence="Cakupan di Mempawah baru 38,54 persen.", words="38,54 persen", value="38.54")
WORKERS = Figure(
    sentence="Sebanyak 8.380 orang “terlindungi” – kata dinas 😀.",
    words="8.380 orang",
    value="8380",
    metric="participants",
    unit="person",
    period="2023-12-31",
)
EDITED_RATE = replace(RATE, sentence="Cakupan di Mempawah baru 39,54 persen.", words="39,54 persen", value="39.54")


def document(
    name: str,
    *figures: Figure,
    intro: str = "Paragraf pembuka – tanpa angka.",
    retrieved_at: str = "2026-01-05T08:00:00+00:00",
    page: str = "",
    **metadata: Any,
) -> Document:
    """A document at https://koran.example/NAME whose text is the intro and a line for each figure.

    ``page`` is what else the page holds: another value gives other bytes with the same article.
    """
    source = f"https://koran.example/{name}"
    text = "\n".join([intro, *(figure.sentence for figure in figures)])
    content = f"{page}\n{text}".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    article = Article(
        source=source,
        snapshot_sha256=sha256,
        text=text,
        **{
            "title": f"Judul {name}",
            "publisher": "Koran",
            "published_at": "2024-10-26T17:36:00+07:00",
            **metadata,
        },
    )
    snapshot = Snapshot(
        source=source, content=content, sha256=sha256, retrieved_at=retrieved_at, media_type="text/html"
    )
    observations = tuple(_observe(figure, text) for figure in figures)
    numbers = tuple(
        NumberMention(
            text=each.quote,
            start=each.quote_start,
            end=each.quote_end,
            value=each.value,
            role="observation",
            explanation=each.metric,
        )
        for each in observations
    )
    return Document(
        snapshot=snapshot,
        article=article,
        extraction=Extraction(observations=observations, numbers=numbers, event_date="2024-10-25"),
    )


def with_all_kinds(name: str = "lengkap") -> Document:
    """A document with a row of every kind."""
    plain = document(
        name,
        RATE,
        WORKERS,
        intro="Nota kesepakatan diteken sesuai Pergub Nomor 4 Tahun 2023.",
        removed=(RemovedText(kind="iklan", rule="contoh", text="Pasang iklan di sini"),),
        url="https://koran.example/kanonik",
    )
    agreement = Agreement(
        kind="nota kesepakatan",
        date="2024-10-25",
        region_code=MEMPAWAH,
        parties=("Pemkab", "BPJS Ketenagakerjaan"),
        quote="Nota kesepakatan",
        quote_start=0,
        quote_end=16,
    )
    regulation = Regulation(
        kind="Pergub",
        number="4",
        year=2023,
        region_code="61",
        quote="Pergub Nomor 4 Tahun 2023",
        quote_start=32,
        quote_end=57,
    )
    return replace(plain, extraction=replace(plain.extraction, agreements=(agreement,), regulations=(regulation,)))


def change_observation(changed: Document, **values: Any) -> Document:
    """The document with its first observation read in another way."""
    first, *others = changed.extraction.observations
    return replace(changed, extraction=replace(changed.extraction, observations=(replace(first, **values), *others)))


def run(
    warehouse: Warehouse,
    run_id: str,
    documents: Sequence[Document],
    rejections: Sequence[Rejection] = (),
    *,
    version: str = "1",
) -> LoadCounts:
    """A whole run with one batch."""
    start(warehouse, run_id, version=version)
    counts = warehouse.load(run_id, documents, rejections)
    warehouse.finish_run(run_id, "done", "2026-01-05T09:01:00+00:00", counts)
    return counts


def start(warehouse: Warehouse, run_id: str, *, version: str = "1") -> None:
    """Begins a run whose code has this version."""
    warehouse.start_run(
        RunStart(
            run_id=run_id,
            flow="test",
            started_at="2026-01-05T09:00:00+00:00",
            code_version=version,
            cleaner_version=version,
            extractor_version=version,
        )
    )


def rows(warehouse: Warehouse, sql: str) -> list[tuple[Any, ...]]:
    """What a query on the open warehouse gives."""
    return warehouse.connection.execute(sql).fetchall()


def contents(warehouse: Warehouse) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the migrations and the runs, in a fixed order."""
    tables = rows(
        warehouse,
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name IN ('raw', 'core')"
        " AND table_name NOT IN ('schema_migrations', 'runs') ORDER BY ALL",
    )
    return {name: sorted(rows(warehouse, f"FROM {name}"), key=repr) for (name,) in tables}


@contextmanager
def open_prepared(folder: Path) -> Iterator[Warehouse]:
    """An empty warehouse in the folder; a copy of one made before, because making one takes a while."""
    path = path_of(folder)
    path.write_bytes(_empty_warehouse())
    with open_warehouse(path) as warehouse:
        yield warehouse


@cache
def _empty_warehouse() -> bytes:
    with TemporaryDirectory() as folder:
        path = path_of(Path(folder))
        with open_warehouse(path):
            pass
        return path.read_bytes()


def path_of(folder: Path) -> Path:
    """Where the tests keep the file that runs write."""
    return folder / "cakupan-work.duckdb"


def _observe(figure: Figure, text: str) -> Observation:
    start = text.index(figure.sentence)
    quote_start = start + figure.sentence.index(figure.words)
    return Observation(
        metric=figure.metric,
        value=Decimal(figure.value),
        unit=figure.unit,
        quote=figure.words,
        quote_start=quote_start,
        quote_end=quote_start + len(figure.words),
        sentence=figure.sentence,
        sentence_start=start,
        rule="contoh",
        region_code=figure.region,
        region_evidence=Evidence(basis="title", text="Mempawah"),
        period=figure.period,
        period_evidence=Evidence(basis="stated", text=figure.sentence[:5], start=start, end=start + 5),
        segment=figure.segment,
        programs=("JKK", "JKM"),
    )
