"""Faults of stages, files and neighbours, met by real processes: the rest goes in, nothing stored is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from test_warehouse_corrections import corrected, correction
from warehouse_samples import (
    RATE,
    WORKERS,
    change_observation,
    document,
    open_prepared,
    path_of,
    rows,
    run,
    with_all_kinds,
)

from tasks.records import Document, Evidence, RemovedText
from warehouse.audit import audit_published, run_audits
from warehouse.publish import publish
from warehouse.read import query
from warehouse.schema import schema_version
from warehouse.store import STORAGE, open_warehouse

SENTENCE = RATE.sentence


def with_extraction(made: Document, **parts: Any) -> Document:
    return replace(made, extraction=replace(made.extraction, **parts))


def broken_agreement(name: str) -> Document:
    made = with_all_kinds(name)
    (agreement,) = made.extraction.agreements
    return with_extraction(made, agreements=(replace(agreement, quote_start=1, quote_end=17),))


def broken_regulation(name: str) -> Document:
    made = with_all_kinds(name)
    (regulation,) = made.extraction.regulations
    return with_extraction(made, regulations=(replace(regulation, year=23),))


def broken_number(name: str) -> Document:
    made = document(name, RATE, WORKERS)
    first, *others = made.extraction.numbers
    return with_extraction(made, numbers=(replace(first, start=first.start - 1), *others))


def broken_match(name: str) -> Document:
    made = corrected(correction())
    (match,) = made.extraction.corrections
    return renamed(with_extraction(made, corrections=(replace(match, quote_end=match.quote_end + 1),)), name)


def renamed(made: Document, name: str) -> Document:
    source = f"https://koran.example/{name}"
    return replace(made, snapshot=replace(made.snapshot, source=source), article=replace(made.article, source=source))


def broken_observation(**values: Any) -> Callable[[str], Document]:
    return lambda name: change_observation(document(name, RATE, WORKERS), **values)


def of_removed_text(name: str) -> Document:
    advertisement = RemovedText(kind="advertisement", rule="contoh", text=SENTENCE)
    return document(name, RATE, WORKERS, removed=(advertisement,))


START = 32 + SENTENCE.index(RATE.words)
BROKEN: dict[str, tuple[Callable[[str], Document], str, str]] = {
    "wrong-unit": (broken_observation(unit="person"), "unit", "unit person is not the metric's unit, percent"),
    "unknown-metric": (broken_observation(metric="mood"), "metric", "metric mood is not in seeds/metrics.csv"),
    "unknown-region": (broken_observation(region_code="99.99"), "region", "region code 99.99 is not in"),
    "span-early": (broken_observation(quote_start=START - 1), "span", "at its span"),
    "span-late": (broken_observation(quote_end=START + len(RATE.words) + 1), "span", "at its span"),
    "sentence-late": (broken_observation(sentence_start=33), "sentence", "does not begin at 33"),
    "no-number": (broken_observation(value=Decimal("Infinity")), "value", "does not fit"),
    "range-backwards": (broken_observation(value_max=Decimal(1)), "value", "below its beginning"),
    "no-month": (broken_observation(period="2024-13"), "period", "period 2024-13 is not YYYY"),
    "period-backwards": (broken_observation(period="2024/2023"), "period", "ends before it begins"),
    "evidence-elsewhere": (
        broken_observation(period_evidence=Evidence(basis="stated", text="2024", start=0, end=4)),
        "evidence",
        "that its period rests on are not there",
    ),
    "half-a-character": (broken_observation(segment_text="guru \ud83d"), "encoding", "half of a character pair"),
    "advertisement": (of_removed_text, "removed", "was removed as advertisement"),
    "agreement": (broken_agreement, "span", "agreement 'Nota kesepakatan'"),
    "regulation": (broken_regulation, "year", "23 is not a year"),
    "number": (broken_number, "span", "of the census"),
    "correction": (broken_match, "span", "of correction c-1"),
}

LOAD = """
import sys
from pathlib import Path
from test_warehouse_faults import BROKEN, sound
from warehouse_samples import start
from warehouse.publish import publish
from warehouse.store import open_warehouse
with open_warehouse(Path(sys.argv[1])) as warehouse:
    start(warehouse, sys.argv[3])
    made = [sound(name) if sys.argv[4] == "sound" else BROKEN[name][0](name) for name in BROKEN]
    counts = warehouse.load(sys.argv[3], made)
    warehouse.check(sys.argv[3])
    publish(warehouse, Path(sys.argv[2]))
print(counts.documents_new, counts.rows_quarantined)
"""


def sound(name: str) -> Document:
    """The same article without its fault."""
    if name in {"agreement", "regulation"}:
        return with_all_kinds(name)
    return renamed(corrected(correction()), name) if name == "correction" else document(name, RATE, WORKERS)


def process(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
        timeout=60,
    )


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a process that loaded a stage with one broken row of each kind, and what it counted."""
    folder = tmp_path_factory.mktemp("stage")
    done = process(LOAD, path_of(folder), folder / "cakupan.duckdb", "r1", "broken")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_row_goes_to_quarantine_with_its_reason_and_the_rest_goes_in(
    stage: tuple[Path, str], name: str
) -> None:
    folder, _ = stage
    source = f"https://koran.example/{name}"
    _, kind, reason = BROKEN[name]
    ((found, words, remedy),) = [
        tuple(row.values())
        for row in query(
            folder / "cakupan.duckdb",
            f"SELECT kind, reason, remedy FROM quarantine WHERE source = '{source}'",  # noqa: S608
        ).to_pylist()
    ]
    assert found == kind
    assert reason in words
    assert remedy
    kept = query(
        folder / "cakupan.duckdb",
        f"SELECT metric FROM observations o JOIN documents d USING (document_id) WHERE d.source = '{source}'",  # noqa: S608
    ).column(0)
    of_a_figure = name not in {"agreement", "regulation", "number", "correction"}
    assert sorted(kept.to_pylist()) == (["participants"] if of_a_figure else ["coverage_rate", "participants"])


def test_a_stage_with_broken_rows_is_counted_audited_and_mended_by_the_next(stage: tuple[Path, str]) -> None:
    folder, counted = stage
    assert counted.split() == [str(len(BROKEN)), str(len(BROKEN))]
    target = folder / "cakupan.duckdb"
    assert audit_published(target) == []
    mended = process(LOAD, path_of(folder), folder / "mended.duckdb", "r2", "sound")
    assert mended.returncode == 0, mended.stderr
    assert query(folder / "mended.duckdb", "FROM quarantine").num_rows == 0
    assert query(folder / "mended.duckdb", "FROM observations").num_rows == 2 * len(BROKEN)
    assert audit_published(folder / "mended.duckdb") == []


def damaged(content: bytes) -> bytes:
    """A file with bytes turned over in all its later parts."""
    turned = bytearray(content)
    for place in range(len(turned) // 3, len(turned), 1000):
        turned[place] ^= 0xFF
    return bytes(turned)


def foreign(folder: Path) -> bytes:
    with duckdb.connect(folder / "other.duckdb", config={"storage_compatibility_version": STORAGE}) as other:
        other.execute("CREATE TABLE anggaran (tahun INTEGER)")
    return (folder / "other.duckdb").read_bytes()


def newer(folder: Path, content: bytes) -> bytes:
    (folder / "newer.duckdb").write_bytes(content)
    with duckdb.connect(folder / "newer.duckdb") as other:
        version = schema_version() + 1
        other.execute("INSERT INTO core.schema_migrations VALUES (?, 'later', now()::TIMESTAMP)", [version])
    return (folder / "newer.duckdb").read_bytes()


FILES: dict[str, tuple[Callable[[Path, bytes], bytes], str]] = {
    "text": (lambda _, content: b"tanggal,nilai\n" * 500, "is not a DuckDB file"),
    "sqlite": (lambda _, content: b"SQLite format 3\0" + bytes(8000), "is not a DuckDB file"),
    "foreign": (lambda folder, _: foreign(folder), "was not made by cakupan"),
    "newer": (newer, "newer than the"),
    "damaged": (lambda _, content: damaged(content), "is damaged"),
    "cut": (lambda _, content: content[: len(content) // 2], "is damaged"),
}

RUN = """
import sys
from pathlib import Path
from tasks.errors import WarehouseError
from warehouse_samples import RATE, document, run
from warehouse.publish import publish
from warehouse.store import open_warehouse
try:
    with open_warehouse(Path(sys.argv[1])) as warehouse:
        run(warehouse, "r2", [document("baru", RATE)])
        publish(warehouse, Path(sys.argv[2]))
except WarehouseError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_named_left_alone_and_the_copy_stays(tmp_path: Path, name: str) -> None:
    path, target = path_of(tmp_path), tmp_path / "cakupan.duckdb"
    with open_prepared(tmp_path) as warehouse:
        run(warehouse, "r1", [document("a", RATE, WORKERS)])
        publish(warehouse, target)
    spoil, reason = FILES[name]
    (tmp_path / "elsewhere").mkdir()
    spoiled = spoil(tmp_path / "elsewhere", path.read_bytes())
    path.write_bytes(spoiled)
    done = process(RUN, path, target)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{path}: ")
    assert reason in line
    assert "; " in line
    assert path.read_bytes() == spoiled
    assert query(target, "FROM observations").num_rows == 2
    assert audit_published(target) == []


TAKE_TURNS = """
import sys
from pathlib import Path
from flows.run import take_turn
from tasks.settings import read_settings
from warehouse_samples import RATE, document, run
from warehouse.publish import publish
from warehouse.store import open_warehouse
settings, name = read_settings(sys.argv[1]), sys.argv[2]
with take_turn(settings), open_warehouse(settings.warehouse) as warehouse:
    run(warehouse, name, [document(f"{name}-{each}", RATE) for each in range(5)])
    warehouse.check(name)
    publish(warehouse, settings.published)
"""


def test_writers_at_once_take_turns_and_all_of_them_go_in(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE_TURNS, str(tmp_path), f"w{number}"],
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent,
        )
        for number in range(3)
    ]
    messages = [writer.communicate(timeout=60)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 3, messages
    assert query(tmp_path / "cakupan.duckdb", "FROM documents").num_rows == 15
    assert audit_published(tmp_path / "cakupan.duckdb") == []
    with open_warehouse(path_of(tmp_path)) as warehouse:
        assert run_audits(warehouse.connection) == []
        assert rows(warehouse, "SELECT DISTINCT status FROM runs") == [("done",)]
