from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest
from expected import Entry, list_differences, read_expected, take

from tasks.knowledge import SEEDS, read_seed
from tasks.records import Extraction

ARTICLES = SEEDS / "articles"
DOCUMENTS = read_expected(ARTICLES)
FURTHER_ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "seeds"

with_each_document = pytest.mark.parametrize("entry", DOCUMENTS, ids=[entry["file"] for entry in DOCUMENTS])


@with_each_document
def test_article_gives_what_a_careful_reader_takes(entry: Entry) -> None:
    article, extraction = take(ARTICLES / entry["file"])
    differences = list_differences(entry, article, extraction)
    assert not differences, "\n".join(differences)


def test_further_articles_give_what_a_careful_reader_takes() -> None:
    if not FURTHER_ARTICLES.is_dir():
        pytest.skip("the folder shared/seeds with published articles does not stand beside the repository")
    documents = read_expected(FURTHER_ARTICLES)
    assert documents
    differences = [
        f"{entry['file']}: {difference}"
        for entry in documents
        for difference in list_differences(entry, *take(FURTHER_ARTICLES / entry["file"]))
    ]
    assert not differences, "\n".join(differences)


def test_every_sample_article_is_described() -> None:
    described = {entry["file"] for entry in DOCUMENTS}
    assert described == {path.name for path in ARTICLES.iterdir()} - {"expected.json"}


@with_each_document
def test_described_figures_use_known_metrics_and_regions(entry: Entry) -> None:
    units = {
        row["metric"]: row["unit"]
        for row in read_seed("metrics.csv", ("metric", "unit", "meaning", "minimum", "maximum"))
    }
    codes = {row["code"] for row in read_seed("regions.csv", ("code", "name", "level", "province_code"))}
    for want in entry["observations"]:
        assert units[want["metric"]] == want["unit"]
        assert want["region"] in codes


@with_each_document
def test_a_missing_or_changed_figure_is_a_difference(entry: Entry) -> None:
    """The comparison itself: it must notice what is lost, what is altered and what is too much."""
    article, extraction = take(ARTICLES / entry["file"])
    lost = list_differences(entry, article, Extraction(event_date=entry.get("event_date")))
    assert len(lost) >= len(entry["observations"])
    for altered in ({"value": Decimal("0.5")}, {"region_code": "99.99"}, {"period": "1999"}, {"unit": "lot"}):
        changed = dataclasses.replace(extraction.observations[0], **altered)
        rows = (changed, *extraction.observations[1:])
        assert list_differences(entry, article, dataclasses.replace(extraction, observations=rows))
    doubled = (*extraction.observations, extraction.observations[0])
    assert list_differences(entry, article, dataclasses.replace(extraction, observations=doubled))
