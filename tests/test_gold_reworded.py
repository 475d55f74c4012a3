"""The reworded articles of tests/gold/reworded: published reports in our own words, with what a reader takes from them.

``NNN.txt`` holds an article, ``NNN.gold.json`` its facts and the address of the report whose figures it tells. They
teach the judge (``make learn``), so that what they say of a number has to be exact, but they need not show every trap.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tasks.knowledge import read_seed

ARTICLES = Path(__file__).parent / "gold" / "reworded"
STEMS = sorted(path.name.removesuffix(".gold.json") for path in ARTICLES.glob("*.gold.json"))
FACT_KEYS = {"metric", "value", "quote"}
OTHER_KEYS = {"of", "region", "period", "period_basis", "segment", "unsure", "alt_metrics"}
POINT = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
PERIOD = re.compile(rf"{POINT}(?:/{POINT})?")
METRICS = {row["metric"] for row in read_seed("metrics.csv", ("metric", "unit", "meaning", "minimum", "maximum"))}
CODES = {row["code"] for row in read_seed("regions.csv", ("code", "name", "level", "province_code"))}


def read_gold(stem: str) -> dict[str, Any]:
    text = (ARTICLES / f"{stem}.gold.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def test_every_article_has_text_and_annotation() -> None:
    names = {path.name for path in ARTICLES.iterdir()}
    assert names == {f"{stem}.{end}" for stem in STEMS for end in ("txt", "gold.json")}
    assert len(STEMS) >= 300


@pytest.mark.parametrize("stem", STEMS)
def test_facts_are_well_formed_and_stand_in_the_text(stem: str) -> None:
    gold, text = read_gold(stem), (ARTICLES / f"{stem}.txt").read_text(encoding="utf-8")
    assert set(gold) == {"id", "source", "published", "facts"}
    assert gold["id"] == stem
    for fact in gold["facts"]:
        assert set(fact) >= FACT_KEYS, fact
        assert set(fact) <= FACT_KEYS | OTHER_KEYS, fact
        assert {fact["metric"], *fact.get("alt_metrics", ())} <= METRICS, fact
        assert fact["quote"] in text, fact
        assert (fact.get("region") or {}).get("code") in CODES | {None}, fact
        assert fact.get("period") is None or PERIOD.fullmatch(fact["period"]), fact
        assert fact.get("period_basis") in {None, "publication"}, fact


def test_articles_are_of_many_regions_and_some_state_nothing() -> None:
    golds = [read_gold(stem) for stem in STEMS]
    codes = Counter((fact.get("region") or {}).get("code") for gold in golds for fact in gold["facts"])
    assert sum(not gold["facts"] for gold in golds) >= 30
    assert len({code[:2] for code in codes if code}) >= 36
    sources = [gold["source"] for gold in golds if gold["source"]]
    assert [source for source, count in Counter(sources).items() if count > 1] == []
