"""The reworded articles of tests/gold/reworded: published reports in our own words, with what a reader takes from them.

Each line of ``NNN.jsonl`` holds an article, its facts and the address of the report whose figures it tells. They teach
the judge (``make learn``), so that what they say of a number has to be exact, but they need not show every trap.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from annotated import annotated_files

from tasks.knowledge import read_seed

FILES = annotated_files(Path(__file__).parent / "gold" / "reworded")
FACT_KEYS = {"metric", "value", "quote"}
OTHER_KEYS = {"of", "region", "period", "period_basis", "segment", "unsure", "alt_metrics"}
POINT = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
PERIOD = re.compile(rf"{POINT}(?:/{POINT})?")
METRICS = {row["metric"] for row in read_seed("metrics.csv", ("metric", "unit", "meaning", "minimum", "maximum"))}
CODES = {row["code"] for row in read_seed("regions.csv", ("code", "name", "level", "province_code"))}


def read_lines(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]


def test_articles_are_numbered_from_one() -> None:
    names = [article["id"] for path in FILES for article in read_lines(path)]
    assert names == [f"r{number:04d}" for number in range(1, len(names) + 1)]
    assert len(names) >= 1_100


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_facts_are_well_formed_and_stand_in_the_text(path: Path) -> None:
    for article in read_lines(path):
        assert set(article) == {"id", "source", "published", "text", "facts"}
        for fact in article["facts"]:
            where = (article["id"], fact)
            assert FACT_KEYS <= set(fact) <= FACT_KEYS | OTHER_KEYS, where
            assert {fact["metric"], *fact.get("alt_metrics", ())} <= METRICS, where
            assert fact["quote"] in article["text"], where
            assert (fact.get("region") or {}).get("code") in CODES | {None}, where
            assert fact.get("period") is None or PERIOD.fullmatch(fact["period"]), where
            assert fact.get("period_basis") in {None, "publication"}, where


def test_articles_are_of_many_regions_and_some_state_nothing() -> None:
    articles = [article for path in FILES for article in read_lines(path)]
    codes = Counter((fact.get("region") or {}).get("code") for article in articles for fact in article["facts"])
    assert sum(not article["facts"] for article in articles) >= 100
    assert len({code[:2] for code in codes if code}) >= 38
    sources = [article["source"] for article in articles if article["source"]]
    assert [source for source, count in Counter(sources).items() if count > 1] == []
