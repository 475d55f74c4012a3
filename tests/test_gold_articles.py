"""The annotated articles of tests/gold/articles: well formed, faithful to their text, and wide enough.

``NNN.txt`` holds an article, ``NNN.gold.json`` what a careful reader takes from it, ``traps.csv`` what the
articles are there for. Outlets, persons and figures are invented; regions, institutions and habits of writing
are real. ``decoys`` are the words around every number that is no observation.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tasks.knowledge import read_seed

ARTICLES = Path(__file__).parent / "gold" / "articles"
STEMS = sorted(path.name.removesuffix(".gold.json") for path in ARTICLES.glob("*.gold.json"))

REGION_KEYS = {"name", "level", "code"}
AGREEMENT_KEYS = {"kind", "date", "region", "parties", "quote"}
REGULATION_KEYS = {"kind", "number", "year", "region", "quote"}
ARTICLE_KEYS = {"id", "publisher", "title", "published", "event_date", "traps", "facts", "decoys"}
ARTICLE_KEYS |= {"agreements", "regulations"}
FACT_KEYS = {"metric", "value", "unit", "of", "region", "period", "segment", "program", "qualifier", "quote"}
OPTIONAL_FACT_KEYS = {
    "quotes",
    "unsure",
    "note",
    "period_basis",
    "per",
    "basis",
    "award",
    "alt_metrics",
    "value_max",
}

CHOICES = {
    "qualifier": {None, "approx", "at_least", "at_most"},
    "period_basis": {"publication"},
    "per": {"case", "year"},
    "basis": {"entitlement"},
    "unsure": {True},
}
PROGRAMS = {"JKK", "JKM", "JHT", "JP", "JKP"}
LEVELS = {None, "nasional", "provinsi", "kabupaten", "kota", "kecamatan", "desa", "area"}
AGREEMENT_KINDS = {
    "nota kesepakatan",
    "nota kesepahaman",
    "perjanjian kerja sama",
    "kesepakatan",
    "kerja sama",
}
NATIONAL_KINDS = {"UU", "PP", "Perpres", "Inpres", "Permenaker", "Permendagri"}
REGIONAL_KINDS = {"Qanun", "Perdasi", "Perdasus", "Perda", "Pergub", "Perbup", "Perwali", "SK", "SE"}

POINT = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
PERIOD = re.compile(rf"{POINT}(?:/{POINT})?")
PUBLISHED = re.compile(rf"{POINT}(?:T\d\d:\d\d\+0[789]:00)?")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")

# Every way of writing an amount, a count or a date that articles use must stand in at least one of them.
STYLES = {
    "decimal comma": r"\d,\d+ persen",
    "decimal point": r"\b\d\d\.\d\d persen",
    "percent sign": r"\d%",
    "capital percent": r"\d Persen",
    "thousands point": r"\b\d{1,3}\.\d{3} orang",
    "thousands comma": r"\b\d\d,\d{3} orang",
    "no thousands mark": r"\b\d{5} orang",
    "blank inside": r"\b\d{1,3}\. \d{3}\b",
    "three decimals": r"\b\d,\d{3} juta",
    "decimal point million": r"\b\d\.\d juta",
    "thousand word": r"\d ribu",
    "doubled thousands": r"\d\.\d{3} ribu",
    "attached plural": r"\d+ (?:ribuan|jutaan)",
    "separate plural": r"\d\.\d{3} an\b",
    "range with dash": r"\d[–-]\d+ persen",
    "range in words": r"\d sampai \d",
    "plus minus": r"\+/- \d",
    "negative": r" -\d+,\d+ persen",
    "digits and word": r"\d \([a-z]+\)",
    "word number": r"seratus dua puluh ribu",
    "one million in a word": r"sejuta",
    "half": r"[Ss]eparuh",
    "Rp with blank": r"Rp \d",
    "Rp with point": r"Rp\. \d",
    "Rp with point, blank in the amount": r"Rp\.\d+, \d+ miliar",
    "blank after comma": r"Rp\d+, \d+ juta",
    "three decimals of a milliard": r"Rp\d,\d{3} Miliar",
    "milyar": r"\d milyar",
    "misspelt milliard": r"\d milliar",
    "trillion": r"\d triliun",
    "dash after the amount": r"Rp\.[\d.]+,-",
    "cents": r"Rp[\d.]+,\d\d\.",
    "no blank after the amount": r"Rp[\d.]+,dan",
    "rupiah after": r"\d rupiah",
    "per person": r"Rp[\d.]+/orang",
    "per month": r"Rp[\d.]+/bulan",
    "ordinal ke-n": r"ke-\d",
    "ordinal ke n": r"peringkat ke \d",
    "ordinal Roman": r"posisi ke V",
    "ordinal word": r"urutan keenam",
    "prize Roman": r"Juara I\b",
    "date with slashes": r"\(\d+/\d+/\d{4}\)",
    "date without year": r"\(\d+/\d+\)",
    "date of two-digit year": r"\(\d+/\d+/\d\d\)",
    "date in words": r"[Pp]er \d+ [A-Z][a-z]+ \d{4}",
    "date with dashes": r"\d\d-\d\d-\d{4}",
    "ISO date": r"\b\d{4}-\d\d-\d\d\b",
    "English date": r"Nov \d\d, \d{4}",
    "date range": r"\d\d–\d\d [A-Z][a-z]+ \d{4}",
    "clock with seconds": r"\d\d:\d\d:\d\d WIB",
    "updated line": r"Diperbarui \d",
    "malformed date": r"\(5/110\)",
    "months": r"Januari-September \d{4}",
    "months in words": r"Januari sampai September \d{4}",
    "quarter Roman": r"triwulan III \d{4}",
    "quarter word": r"triwulan pertama",
    "semester": r"semester II? \d{4}",
    "lower-case month": r"per 30 oktober",
}


def read_text(stem: str) -> str:
    return (ARTICLES / f"{stem}.txt").read_text(encoding="utf-8")


def read_gold(stem: str) -> dict[str, Any]:
    """The annotation of an article, with exact numbers; a key stated twice is an error."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs), f"{stem}: a key is stated twice in {pairs}"
        return dict(pairs)

    raw = (ARTICLES / f"{stem}.gold.json").read_text(encoding="utf-8")
    return json.loads(raw, object_pairs_hook=unique, parse_float=Decimal, parse_int=Decimal)


def fact_quotes(fact: dict[str, Any]) -> list[str]:
    return [fact["quote"], *fact.get("quotes", [])]


def find_spans(text: str, words: str) -> list[tuple[int, int]]:
    """Every place of the words in the text, overlapping ones too."""
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    return [(start, start + len(words)) for start in starts]


@pytest.fixture(scope="module")
def units() -> dict[str, str]:
    rows = read_seed("metrics.csv", ("metric", "unit", "meaning", "minimum", "maximum"))
    return {row["metric"]: row["unit"] for row in rows}


@pytest.fixture(scope="module")
def codes() -> set[str]:
    return {row["code"] for row in read_seed("regions.csv", ("code", "name", "level", "province_code"))}


@pytest.fixture(scope="module")
def traps() -> set[str]:
    with (ARTICLES / "traps.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, strict=True))
    assert all(set(row) == {"trap", "meaning"} and all(row.values()) for row in rows)
    assert len({row["trap"] for row in rows}) == len(rows)
    return {row["trap"] for row in rows}


@pytest.fixture(params=STEMS)
def stem(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_article_has_text_and_annotation() -> None:
    names = {path.name for path in ARTICLES.iterdir()}
    assert names == {f"{stem}.{end}" for stem in STEMS for end in ("txt", "gold.json")} | {"traps.csv"}


def test_article_is_well_formed(stem: str, traps: set[str]) -> None:
    gold, text = read_gold(stem), read_text(stem)
    assert set(gold) == ARTICLE_KEYS
    assert gold["id"] == stem
    assert gold["publisher"]
    assert 900 <= len(text.strip()) <= 3500
    assert gold["title"] is None or gold["title"] in text
    assert gold["published"] is None or PUBLISHED.fullmatch(gold["published"])
    assert gold["event_date"] is None or PERIOD.fullmatch(gold["event_date"])
    assert gold["traps"]
    assert set(gold["traps"]) <= traps


def test_facts_are_well_formed(stem: str, units: dict[str, str]) -> None:
    for fact in read_gold(stem)["facts"]:
        assert set(fact) >= FACT_KEYS, fact
        assert set(fact) <= FACT_KEYS | OPTIONAL_FACT_KEYS, fact
        assert fact["unit"] == units[fact["metric"]], fact
        assert isinstance(fact["value"], Decimal), fact
        assert fact["of"] is None or isinstance(fact["of"], Decimal), fact
        assert fact["period"] is None or PERIOD.fullmatch(fact["period"]), fact
        assert fact["segment"] is None or fact["segment"].strip(), fact
        assert set(fact.get("alt_metrics", ())) <= set(units) - {fact["metric"]}, fact
        assert set(fact["program"] or ()) <= PROGRAMS, fact
        assert "value_max" not in fact or fact["value_max"] > fact["value"], fact
        for key in CHOICES.keys() & fact.keys():
            assert fact[key] in CHOICES[key], fact


def test_regions_exist(stem: str, codes: set[str]) -> None:
    gold = read_gold(stem)
    for region in [fact["region"] for fact in gold["facts"] if fact["region"] is not None]:
        assert set(region) == REGION_KEYS, region
        assert region["level"] in LEVELS, region
        assert region["code"] in codes | {None}, region
    for item in gold["agreements"] + gold["regulations"]:
        assert item["region"] in codes | {None}, item


def test_agreements_and_regulations_are_well_formed(stem: str) -> None:
    gold, text = read_gold(stem), read_text(stem)
    for agreement in gold["agreements"]:
        assert set(agreement) - {"unsure"} == AGREEMENT_KEYS, agreement
        assert agreement["kind"] in AGREEMENT_KINDS, agreement
        assert agreement["date"] is None or PERIOD.fullmatch(agreement["date"]), agreement
        assert len(agreement["parties"]) >= 2, agreement
        assert agreement["quote"] in text, agreement
    for regulation in gold["regulations"]:
        assert set(regulation) - {"unsure"} == REGULATION_KEYS, regulation
        assert regulation["kind"] in NATIONAL_KINDS | REGIONAL_KINDS, regulation
        assert regulation["kind"] not in NATIONAL_KINDS or regulation["region"] == "00", regulation
        assert regulation["number"] in regulation["quote"], regulation
        assert regulation["year"] is None or str(regulation["year"]) in regulation["quote"], regulation
        assert regulation["quote"] in text, regulation


def test_quotes_and_decoys_stand_in_the_text(stem: str) -> None:
    gold, text = read_gold(stem), read_text(stem)
    for words in [quote for fact in gold["facts"] for quote in fact_quotes(fact)] + gold["decoys"]:
        assert words in text, words
        assert words == words.strip(), words


def test_no_fact_is_annotated_twice(stem: str) -> None:
    """Two facts may share value or quote (two persons, one sum each), never metric, value and quote."""
    keys = Counter((fact["metric"], fact["value"], fact["quote"]) for fact in read_gold(stem)["facts"])
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_number_is_accounted_for(stem: str) -> None:
    """Each number in figures stands in the words of a fact, an agreement, a regulation or a decoy."""
    gold, text = read_gold(stem), read_text(stem)
    words = [quote for fact in gold["facts"] for quote in fact_quotes(fact)]
    words += [item["quote"] for item in gold["agreements"] + gold["regulations"]] + gold["decoys"]
    covered = [span for piece in words for span in find_spans(text, piece)]
    unaccounted = [
        text[max(0, number.start() - 30) : number.end() + 20]
        for number in NUMBER.finditer(text)
        if not any(start <= number.start() and number.end() <= end for start, end in covered)
    ]
    assert unaccounted == []


def test_articles_are_many_and_diverse(units: dict[str, str], traps: set[str]) -> None:
    golds = [read_gold(stem) for stem in STEMS]
    facts = [fact for gold in golds for fact in gold["facts"] if "unsure" not in fact]
    metrics = Counter(fact["metric"] for fact in facts)
    provinces = {fact["region"]["code"][:2] for fact in facts if fact["region"] and fact["region"]["code"]}
    assert len(golds) >= 60
    assert sum(not gold["facts"] for gold in golds) >= 10
    assert {metric: metrics[metric] for metric in units if metrics[metric] < 5} == {}
    assert len(provinces - {"00"}) >= 30
    assert sum(bool(gold["agreements"]) for gold in golds) >= 10
    assert sum(bool(gold["regulations"]) for gold in golds) >= 10
    assert traps - {trap for gold in golds for trap in gold["traps"]} == set()


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_writing_occurs(style: str) -> None:
    assert any(re.search(STYLES[style], read_text(stem)) for stem in STEMS)


def test_articles_are_not_made_from_a_template() -> None:
    """No two articles share a run of ten words."""
    seen: dict[str, str] = {}
    for stem in STEMS:
        words = re.findall(r"\w+", read_text(stem).casefold())
        for start in range(len(words) - 9):
            run = " ".join(words[start : start + 10])
            assert seen.setdefault(run, stem) == stem, f"{stem} and {seen[run]} share: {run}"
