"""Compares what was taken from an article with what a careful reader takes from it (an expected.json)."""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tasks.clean import clean
from tasks.extract import extract
from tasks.read import read_file
from tasks.records import Article, Extraction, Observation, Rejection

Entry = dict[str, Any]


def read_expected(folder: Path) -> list[Entry]:
    """The documents of FOLDER/expected.json, numbers exact."""
    text = (folder / "expected.json").read_text(encoding="utf-8")
    documents: list[Entry] = json.loads(text, parse_float=Decimal)["documents"]
    return documents


def take(path: Path) -> tuple[Article, Extraction]:
    """Cleans and extracts a file the way the command does."""
    snapshot = read_file(path)
    assert not isinstance(snapshot, Rejection), snapshot
    article = clean(snapshot)
    assert not isinstance(article, Rejection), article
    return article, extract(article)


def list_differences(entry: Entry, article: Article, extraction: Extraction) -> list[str]:
    """One line for each thing that is missing, too much or different; empty when all is as expected."""
    return [
        *_metadata_differences(entry, article, extraction),
        *_observation_differences(entry["observations"], article, extraction),
        *_set_differences("agreement", _expected_agreements(entry), _found_agreements(extraction)),
        *_set_differences("regulation", _expected_regulations(entry), _found_regulations(extraction)),
    ]


def _metadata_differences(entry: Entry, article: Article, extraction: Extraction) -> list[str]:
    pairs = [
        ("title", entry["title"], article.title),
        ("published", _moment(entry["published"]), _moment(article.published_at)),
    ]
    if "authors" in entry:
        pairs.append(("authors", tuple(entry["authors"]), article.authors))
    if "event_date" in entry:
        pairs.append(("event date", entry["event_date"], extraction.event_date))
    return [f"{name}: {found!r}, expected {wanted!r}" for name, wanted, found in pairs if wanted != found]


def _moment(text: str | None) -> datetime | None:
    """A moment with its offset, so that 10:20 UTC and 17:20 WIB are the same."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None, f"{text} has no offset"
    return moment


def _observation_differences(wanted: list[Entry], article: Article, extraction: Extraction) -> list[str]:
    left = list(extraction.observations)
    differences = []
    for want in wanted:
        match = next((found for found in left if _fits(want, found)), None)
        if match is None:
            differences.append(f"missing observation: {want}")
        else:
            left.remove(match)
    differences += [f"unexpected observation: {_describe(found)}" for found in left]
    differences += [
        f"quote {found.quote!r} is not at {found.quote_start}:{found.quote_end}"
        for found in extraction.observations
        if article.text[found.quote_start : found.quote_end] != found.quote
    ]
    return differences


def _describe(found: Observation) -> str:
    of = f" of {found.of}" if found.of is not None else ""
    return (
        f"{found.metric} {found.value}{of} {found.unit}, region {found.region_code}, period {found.period}, "
        f"segment {found.segment} ({found.segment_text}), programs {found.programs}, per {found.per}: "
        f"{found.quote!r} by {found.rule}"
    )


def _fits(want: Entry, found: Observation) -> bool:
    return (
        found.metric == want["metric"]
        and found.value == want["value"]
        and found.unit == want["unit"]
        and found.region_code == want["region"]
        and ("of" not in want or found.of == want["of"])
        and ("per" not in want or found.per == want["per"])
        and ("programs" not in want or set(found.programs) == set(want["programs"]))
        and ("period" not in want or _period_fits(want["period"], found.period))
        and ("segment" not in want or _names_segment(want["segment"], found))
    )


def _period_fits(want: str | list[str | None] | None, found: str | None) -> bool:
    """Equal to one of the alternatives, or a finer answer inside one: 2024-09 is in 2024."""
    alternatives = want if isinstance(want, list) else [want]
    return found in alternatives or any(
        found is not None and option is not None and "/" not in option and found.startswith(f"{option}-")
        for option in alternatives
    )


def _names_segment(group: str, found: Observation) -> bool:
    """As whole words: "formal" is not named by "informal"."""
    stated = f"{found.segment or ''} | {found.segment_text or ''}"
    return re.search(rf"\b{re.escape(group)}\b", stated, re.IGNORECASE) is not None


def _expected_agreements(entry: Entry) -> set[tuple[object, ...]]:
    return {(row["kind"], row["date"], row["region"], frozenset(row["parties"])) for row in entry["agreements"]}


def _found_agreements(extraction: Extraction) -> list[tuple[object, ...]]:
    return [(row.kind, row.date, row.region_code, frozenset(row.parties)) for row in extraction.agreements]


def _expected_regulations(entry: Entry) -> set[tuple[object, ...]]:
    return {(row["kind"], row["number"], row["year"], row["region"]) for row in entry.get("regulations", ())}


def _found_regulations(extraction: Extraction) -> list[tuple[object, ...]]:
    return [(row.kind, row.number, row.year, row.region_code) for row in extraction.regulations]


def _set_differences(name: str, wanted: set[tuple[object, ...]], found: list[tuple[object, ...]]) -> list[str]:
    differences = [f"missing {name}: {row}" for row in sorted(wanted - set(found), key=str)]
    differences += [f"unexpected {name}: {row}" for row in sorted(set(found) - wanted, key=str)]
    differences += [f"{name} twice: {row}" for row in sorted(set(found), key=str) if found.count(row) > 1]
    return differences
