"""Annotated articles: texts with what a careful reader takes from them, read the way of the command.

A folder holds pairs ``NNN.txt`` and ``NNN.gold.json``, or files ``NNN.jsonl`` with an article a line: ``id``,
``source``, ``published``, ``text`` and ``facts``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from quality_score import Fact, read_fact

from tasks.documents import make_document
from tasks.read import read_file
from tasks.records import Article, Document, Rejection, Snapshot


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article and its facts; ``source`` is the address of the report that it tells in other words, if any."""

    name: str
    source: str | None
    document: Document
    facts: Sequence[Fact]

    @property
    def article(self) -> Article:
        """The article as it was cleaned."""
        return self.document.article


def read_annotated(folder: Path) -> Iterator[Annotated]:
    """The annotated articles of a folder, in the order of their names."""
    for path in annotated_files(folder):
        if path.suffix == ".json":
            name = path.name.removesuffix(".gold.json")
            document = _document(read_file(path.with_name(f"{name}.txt")))
            yield _annotated(name, document, _load(path.read_text("utf-8")))
        elif path.suffix == ".jsonl":
            for line in path.read_text("utf-8").splitlines():
                row = _load(line)
                yield _annotated(row["id"], _document(_snapshot(row["id"], row["text"])), row)


def _annotated(name: str, document: Document, row: dict[str, Any]) -> Annotated:
    return Annotated(name, row.get("source"), document, [read_fact(fact) for fact in row["facts"]])


def annotated_files(folder: Path) -> list[Path]:
    """The files of such a folder in order."""
    return sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".json", ".jsonl"})


def _load(text: str) -> dict[str, Any]:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def _snapshot(name: str, text: str) -> Snapshot:
    content = text.encode()
    return Snapshot(
        source=f"file:///{name}.txt",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        retrieved_at="2026-01-01T00:00:00+00:00",
        media_type="text/plain",
    )


def _document(snapshot: Snapshot | Rejection) -> Document:
    document = make_document(snapshot) if isinstance(snapshot, Snapshot) else snapshot
    if not isinstance(document, Document):
        raise SystemExit(f"{document.source}: {document.reason}; {document.remedy}")
    return document
