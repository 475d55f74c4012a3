"""Snapshots become documents, in this process or in several, and a bad one harms no other."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tasks import documents
from tasks.documents import Workers, make_article, make_document, start_workers
from tasks.read import find_files, read_file
from tasks.records import Article, Document, Extraction, Rejection, Snapshot

SAMPLES = Path(__file__).parent.parent / "seeds" / "articles"


@pytest.fixture(scope="module")
def snapshots() -> list[Snapshot]:
    read = [read_file(path) for path in find_files([SAMPLES]).files]
    return [each for each in read if isinstance(each, Snapshot)]


def bad_snapshot(source: str = "file:///bad.txt") -> Snapshot:
    content = b"\x89PNG\r\n\x1a\n" + bytes(200)
    return Snapshot(
        source=source,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        retrieved_at="2026-11-21T00:00:00+00:00",
    )


def die_of_bad_content(snapshot: Snapshot) -> tuple[Article, Extraction] | Rejection:
    if snapshot.source.startswith("file:///bad"):
        os.abort()
    document = make_document(snapshot)
    return (document.article, document.extraction) if isinstance(document, Document) else document


def test_a_document_keeps_its_snapshot_and_the_order_is_kept(snapshots: list[Snapshot]) -> None:
    mixed = [*snapshots[:3], bad_snapshot(), *snapshots[3:]]
    made = Workers(1).make_documents(mixed)
    assert [each.snapshot.source if isinstance(each, Document) else each.source for each in made] == [
        each.source for each in mixed
    ]
    assert isinstance(made[3], Rejection)
    assert sum(isinstance(each, Document) for each in made) == len(snapshots)


def test_processes_give_what_one_process_gives(snapshots: list[Snapshot], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "SMALLEST_POOLED_BATCH", 2)
    mixed = [*snapshots, bad_snapshot()]
    with start_workers() as workers:
        workers._processes = 2
        assert workers.make_documents(mixed) == [make_document(each) for each in mixed]
        assert isinstance(workers._pool, ProcessPoolExecutor)
    assert workers._pool is None


def test_a_document_that_kills_its_process_is_named_and_the_others_go_through(
    snapshots: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "SMALLEST_POOLED_BATCH", 2)
    monkeypatch.setattr(documents, "_understand", die_of_bad_content)
    workers = Workers(2)
    made = workers.make_documents([snapshots[0], bad_snapshot(), snapshots[1]])
    workers.close()
    assert [type(each) for each in made] == [Document, Rejection, Document]
    rejection = made[1]
    assert isinstance(rejection, Rejection)
    assert (rejection.source, rejection.kind) == ("file:///bad.txt", "crash")


@pytest.mark.parametrize("stage", ["clean", "extract"])
def test_a_defect_of_the_code_sets_one_document_aside_and_says_where(
    snapshots: list[Snapshot], monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def fail(_: object) -> None:
        raise ValueError("no such month")

    monkeypatch.setattr(documents, stage, fail)
    made = make_document(snapshots[0])
    assert isinstance(made, Rejection)
    assert (made.stage, made.kind, made.snapshot_sha256) == (stage, "defect", snapshots[0].sha256)
    assert "ValueError in test_ingest_documents.py line" in made.reason
    assert made.reason.endswith("no such month")
    assert isinstance(make_article(snapshots[0]), Rejection if stage == "clean" else Article)


def test_a_text_in_another_language_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "english.txt"
    sentence = "The agency said that the number of workers who are covered has grown again over the last year. "
    file.write_text("Coverage grows\n\n" + "\n\n".join([sentence * 2] * 4), encoding="utf-8")
    snapshot = read_file(file)
    assert isinstance(snapshot, Snapshot)
    rejection = make_document(snapshot)
    assert isinstance(rejection, Rejection)
    assert (rejection.stage, rejection.kind) == ("clean", "not Indonesian")
