"""The commands without a warehouse: `clean` and `extract`, from files to standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.show import complain, one_line, show_rejection, show_value
from flows.tables import show_table, terminal_width
from tasks.documents import make_article, make_document
from tasks.read import article_name, find_files, read_file
from tasks.records import Article, Evidence, Observation, Rejection, Snapshot

_WIDTH_FOR_QUOTES = 100


def clean_files(paths: Sequence[str], form: str, out: Path | None) -> int:
    """Writes the article of each file as ``form`` (text or jsonl), to standard output or into ``out``.

    Gives the exit status.
    """
    found = find_files(paths)
    kept = {path.resolve() for path in found.files}
    failures = sum(map(_report, found.problems))
    for path in found.files:
        snapshot = read_file(path)
        article = make_article(snapshot) if isinstance(snapshot, Snapshot) else snapshot
        if isinstance(article, Rejection):
            failures += _report(article)
        elif out is None:
            sys.stdout.write(_article_text(path, article) if form == "text" else _line(_article_fields(path, article)))
        else:
            target = out / f"{article_name(path)}.{'txt' if form == 'text' else 'jsonl'}"
            failures += _write_article(path, article, target, kept)
    return int(failures > 0)


def extract_files(paths: Sequence[str], form: str) -> int:
    """Writes the observations of each file as ``form`` (table or jsonl); gives the exit status."""
    found = find_files(paths)
    failures = sum(map(_report, found.problems))
    for path in found.files:
        snapshot = read_file(path)
        document = make_document(snapshot) if isinstance(snapshot, Snapshot) else snapshot
        if isinstance(document, Rejection):
            failures += _report(document)
        elif form == "jsonl":
            for each in document.extraction.observations:
                sys.stdout.write(_line(observation_fields(path, each)))
        else:
            sys.stdout.write(_observation_table(path, document.extraction.observations))
    return int(failures > 0)


def observation_fields(path: Path, observation: Observation) -> dict[str, Any]:
    """One line of ``extract --format jsonl``; decimals are strings, so that they stay exact."""
    return {
        "document": str(path),
        "metric": observation.metric,
        "value": _exact(observation.value),
        "value_max": _exact(observation.value_max),
        "unit": observation.unit,
        "of": _exact(observation.of),
        "per": observation.per,
        "region_code": observation.region_code,
        "region_name": observation.region_name,
        "region_level": observation.region_level,
        "period": observation.period,
        "segment": observation.segment,
        "segment_text": observation.segment_text,
        "programs": list(observation.programs),
        "qualifier": observation.qualifier,
        "quote": observation.quote,
        "quote_start": observation.quote_start,
        "quote_end": observation.quote_end,
        "rule": observation.rule,
        "evidence": {
            "region": _evidence(observation.region_evidence),
            "period": _evidence(observation.period_evidence),
        },
    }


def _article_fields(path: Path, article: Article) -> dict[str, Any]:
    """One line of ``clean --format jsonl``."""
    return {
        "document": str(path),
        "title": article.title,
        "published_at": article.published_at,
        "published_raw": article.published_raw,
        "published_basis": article.published_basis,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "url": article.url,
        "language": article.language,
        "encoding": article.encoding,
        "encoding_basis": article.encoding_basis,
        "method": article.method,
        "next_pages": list(article.next_pages),
        "text": article.text,
        "removed": [asdict(each) for each in article.removed],
    }


def _article_text(path: Path, article: Article) -> str:
    """An article as a person reads it, under a line that says where it comes from."""
    about = {
        "title": article.title,
        "published": article.published_at,
        "authors": ", ".join(article.authors),
        "publisher": article.publisher,
        "address": article.url,
    }
    head = "".join(f"{name}: {value}\n" for name, value in about.items() if value)
    return f"==> {one_line(str(path))} <==\n{head}\n{article.text}\n\n"


def _write_article(path: Path, article: Article, target: Path, kept: set[Path]) -> int:
    """Writes one article; gives 1 if that fails or would destroy one of ``kept``, read or written here."""
    if target.resolve() in kept:
        complain(f"{path}: its text would overwrite {target}; give another folder with --out")
        return 1
    content = article.text + "\n" if target.suffix == ".txt" else _line(_article_fields(path, article))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        complain(f"{target}: cannot be written: {error.strerror or error}; give another folder with --out")
        return 1
    kept.add(target.resolve())
    return 0


def _observation_table(path: Path, observations: Sequence[Observation]) -> str:
    """The figures of one article, with their quotes where these fit, under a line that says where they come from."""
    columns = ("region", "metric", "value", "period", "segment", "quote")
    rows = [
        (
            each.region_name or "",
            each.metric,
            show_value(each.value, each.unit, each.value_max, each.of, each.per),
            each.period or "",
            each.segment or "",
            each.quote,
        )
        for each in observations
    ]
    fitting = len(columns) - (terminal_width() < _WIDTH_FOR_QUOTES)
    table = show_table(columns[:fitting], [row[:fitting] for row in rows]) if rows else "no figures"
    return f"==> {one_line(str(path))} <==\n{table}\n\n"


def _report(rejection: Rejection) -> int:
    complain(show_rejection(rejection))
    return 1


def _line(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _evidence(evidence: Evidence | None) -> dict[str, Any] | None:
    return None if evidence is None else asdict(evidence)
