"""Measures loading against dlt's merge into DuckDB: the same rows, in the same run, each in a process of its own.

``make bench-load`` prints seconds, memory and sizes, and ends with status 1 when a promise is broken: ten times as fast
as dlt, under 1 GB, a run with nothing new under 5 percent of the first, and a file that stays within 1.3 times its size
after 50 loads of the same.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

DOCUMENTS, FIGURES, BATCH = 20_000, 5, 4_000
REGIONS = ("61.02", "61.71", "15.08", "61", "15", "00")
SEGMENTS = (None, "formal", "informal", "honorer", "petani")
REPEATS = 50


REQUESTS = """
INSERT INTO raw.requests BY NAME
SELECT
    'run-' || i // 2000 AS run_id, 'source-' || i % 20 AS source_id, 'article' AS purpose, 1 AS attempt,
    'https://koran' || i % 20 || '.example/berita/' || hash(i % 300000) || '/jamsostek' AS address,
    TIMESTAMP '2026-01-01' + to_seconds(i * 40) AS requested_at, 'allowed' AS robots, true AS conditional,
    if(i % 10 = 0, 200, 304) AS status, hash(i) % 90000 AS bytes, (i % 1000) / 700.0 AS seconds,
    'text/html' AS media_type, md5(CAST(i % 300000 AS VARCHAR)) AS etag,
    if(i % 10 = 0, sha256(CAST(i AS VARCHAR)), NULL) AS sha256
FROM range(1000000) numbers(i)
"""


def documents(number: int) -> Iterator[Any]:
    """Made-up articles with five figures each."""
    from warehouse_samples import Figure, document

    for each in range(number):
        figures = []
        for place, segment in enumerate(SEGMENTS[:FIGURES]):
            value = f"{20 + (each * 7 + place) % 60},{place}{each % 10}"
            figures.append(
                Figure(
                    sentence=f"Cakupan kelompok {place} di daerah itu tercatat {value} persen pada laporan ke-{each}.",
                    words=f"{value} persen",
                    value=value.replace(",", "."),
                    region=REGIONS[each % len(REGIONS)],
                    period=str(2010 + each % 15),
                    segment=segment,
                )
            )
        yield document(f"d{each}", *figures)


def batches(number: int) -> Iterator[list[Any]]:
    made = documents(number)
    while batch := list(islice(made, BATCH)):
        yield batch


def measure_cakupan(folder: Path, number: int) -> dict[str, float]:
    """From stage to published; making the articles is not counted."""
    from warehouse_samples import open_warehouse, path_of, start

    from warehouse.publish import publish

    path, loading = path_of(folder), 0.0
    with open_warehouse(path) as warehouse:
        start(warehouse, "first")
        for batch in batches(number):
            begun = time.perf_counter()
            warehouse.load("first", batch)
            loading += time.perf_counter() - begun
        checked = timed(lambda: warehouse.check("first"))
        published = timed(lambda: publish(warehouse, folder / "cakupan.duckdb"))
        start(warehouse, "second")
        again = 0.0
        for batch in batches(number):
            snapshots = [each.snapshot for each in batch]
            begun = time.perf_counter()
            warehouse.see_again("second", warehouse.recognize("second", snapshots))
            again += time.perf_counter() - begun
        again += timed(lambda: warehouse.check("second"))
    return {
        "load": loading,
        "check": checked,
        "publish": published,
        "nothing new": again,
        "memory MB": memory(),
        "file MB": path.stat().st_size / 1e6,
    }


def measure_growth(folder: Path) -> dict[str, float]:
    """Size of the file after many loads of the same documents, as a multiple of that after one."""
    from warehouse_samples import open_warehouse, path_of, start

    sizes = []
    few = list(documents(2_000))
    for repeat in range(REPEATS):
        with open_warehouse(path_of(folder)) as warehouse:
            start(warehouse, f"r{repeat}", version=str(repeat % 2))
            warehouse.load(f"r{repeat}", few)
            warehouse.connection.execute("CHECKPOINT")
        sizes.append(path_of(folder).stat().st_size)
    return {"growth": sizes[-1] / sizes[0]}


def measure_requests(folder: Path) -> dict[str, float]:
    """Room that a million requests of a refresh take, most of them answered with "not modified"."""
    from warehouse_samples import open_warehouse, path_of

    path = path_of(folder)
    with open_warehouse(path) as warehouse:
        before = path.stat().st_size
        warehouse.connection.execute(REQUESTS)
        warehouse.connection.execute("CHECKPOINT")
        return {"requests MB": (path.stat().st_size - before) / 1e6}


def measure_dlt(folder: Path, number: int) -> dict[str, float]:
    """dlt's merge of the same rows of documents, versions, observations and numbers, each table by its identifier."""
    import dlt  # type: ignore[import-not-found,unused-ignore]

    from warehouse.admission import admit_rows
    from warehouse.identifiers import describe
    from warehouse.reference import read_reference
    from warehouse.staging import content_rows, document_rows, version_row

    reference = read_reference()
    tables: dict[str, list[Any]] = {}
    for batch in batches(number):
        for described in (describe(each, "bench") for each in batch):
            tables.setdefault("documents", []).extend(document_rows([described], "bench"))
            tables.setdefault("document_versions", []).append(version_row(described))
            for table, rows in content_rows(described.document_id, admit_rows(described, reference)).items():
                tables.setdefault(table.removeprefix("core."), []).extend(rows)
    keys = {"documents": "document_id", "document_versions": "version_id", "observations": "observation_id"}
    resources = [
        dlt.resource(rows, name=name, primary_key=keys.get(name, "mention_id"), write_disposition="merge")
        for name, rows in tables.items()
        if rows
    ]
    destination = dlt.destinations.duckdb(str(folder / "dlt.duckdb"))
    pipeline = dlt.pipeline("bench", pipelines_dir=str(folder), destination=destination, dataset_name="core")
    return {"load": timed(lambda: pipeline.run(resources)), "memory MB": memory()}


def timed(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def measure(what: str, number: int) -> dict[str, float]:
    """What one process of its own measures."""
    done = subprocess.run(
        [sys.executable, __file__, "--only", what, "--documents", str(number)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{what}: {done.stderr[-2000:]}")
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Measures all, prints it, and holds it against the promises."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--only", choices=["cakupan", "dlt", "growth", "requests"])
    options = parser.parse_args()
    if options.only:
        with TemporaryDirectory() as folder:
            functions = {
                "cakupan": measure_cakupan,
                "dlt": measure_dlt,
                "growth": lambda place, _: measure_growth(place),
                "requests": lambda place, _: measure_requests(place),
            }
            sys.stdout.write("\n" + json.dumps(functions[options.only](Path(folder), options.documents)) + "\n")
        return
    ours, theirs = measure("cakupan", options.documents), measure("dlt", options.documents)
    growth = measure("growth", options.documents)["growth"]
    requests = measure("requests", options.documents)["requests MB"]
    whole = ours["load"] + ours["check"] + ours["publish"]
    rows = options.documents * FIGURES
    promises = [
        (f"stage to published: {whole:.1f} s, {rows / whole:,.0f} observations/s", True),
        (
            f"dlt: {theirs['load']:.1f} s, {theirs['memory MB']:.0f} MB; {theirs['load'] / whole:.1f} times as long",
            theirs["load"] >= 10 * whole,
        ),
        (f"memory: {ours['memory MB']:.0f} MB", ours["memory MB"] < 1_000),
        (f"of these: load {ours['load']:.1f} s, check {ours['check']:.1f} s, publish {ours['publish']:.1f} s", True),
        (
            f"nothing new: {ours['nothing new']:.2f} s, {ours['nothing new'] / ours['load']:.1%}",
            ours["nothing new"] < 0.05 * ours["load"],
        ),
        (f"file after {REPEATS} loads: {growth:.2f} times", growth <= 1.3),
        (f"a million requests: {requests:.0f} MB", True),
    ]
    for words, kept in promises:
        sys.stdout.write(f"{'ok    ' if kept else 'BROKEN'}  {words}\n")
    sys.exit(0 if all(kept for _, kept in promises) else 1)


if __name__ == "__main__":
    main()
