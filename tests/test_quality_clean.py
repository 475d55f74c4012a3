"""Cleaning keeps its floors, and the score that says so sees what is lost, what is added and what leaks."""

from __future__ import annotations

import pytest
from clean_score import Overlap, compare, list_leaks, list_wrong_fields
from quality_clean import CLEANING, GOLD, GoldPage, gold_files, measure, read_gold
from quality_floors import hash_files, list_shortfalls

from tasks.records import Article

TEXT = "Bupati menyerahkan kartu peserta kepada para nelayan di pelabuhan kecamatan pada hari Senin."
PAGE = (
    f"<html><body><h1>Nelayan Menerima Kartu</h1><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>".encode()
)
ARTICLE = Article(source="file:///a", snapshot_sha256="0", text=TEXT, title="Nelayan Menerima Kartu")


def gold_page(text: str | None, **expected: object) -> GoldPage:
    return GoldPage("a", PAGE, text, {"boilerplate": [], **expected})


def test_cleaning_keeps_its_floors() -> None:
    assert list_shortfalls(CLEANING, measure(read_gold()).figures(), hash_files(gold_files())) == []


def test_every_gold_page_has_its_answer_and_no_answer_is_left_over() -> None:
    pages = {path.stem for path in GOLD.glob("*.html")}
    assert {path.stem for path in GOLD.glob("*.json")} == pages
    assert {path.stem for path in GOLD.glob("*.txt")} < pages


@pytest.mark.parametrize(
    ("cleaned", "overlap"),
    [
        ("satu dua tiga empat lima", Overlap(2, 0, 0)),
        ("SATU, dua; tiga — empat! lima", Overlap(2, 0, 0)),
        ("satu dua tiga empat", Overlap(1, 0, 1)),
        ("satu dua tiga empat lima enam", Overlap(2, 1, 0)),
        ("satu dua tiga empat lima satu dua tiga empat lima", Overlap(2, 5, 0)),
        ("", Overlap(0, 0, 2)),
    ],
)
def test_overlap(cleaned: str, overlap: Overlap) -> None:
    assert compare(cleaned, "satu dua tiga empat lima") == overlap


def test_shares_of_an_overlap() -> None:
    overlap = Overlap(2, 1, 0) + Overlap(4, 0, 6)
    assert (overlap.precision, overlap.recall) == (6 / 7, 6 / 12)
    assert overlap.f1 == pytest.approx(2 * 6 / (2 * 6 + 1 + 6))


def test_leaks_are_whole_lines_in_any_case() -> None:
    lines = ["Baca juga: Cabai Turun", "kartu peserta", "kartu pes"]
    assert list_leaks("Kata dia. BACA JUGA Cabai Turun. Kartu peserta dibagikan.", lines) == lines[:2]


def test_wrong_fields_are_named() -> None:
    assert list_wrong_fields(ARTICLE, {"title": "Nelayan Menerima Kartu", "authors": []}) == []
    assert len(list_wrong_fields(ARTICLE, {"title": "Lain", "authors": ["Sari Dewi"], "url": None})) == 2


def test_measurement_counts_articles_and_rejections() -> None:
    pages = [
        gold_page(f"{TEXT}\n{TEXT}", title="Nelayan Menerima Kartu"),
        gold_page(TEXT, title="Lain", boilerplate=[TEXT]),
        gold_page(None, rejection="list page"),
    ]
    figures = measure(iter(pages)).figures()
    assert figures["metadata"] == {"title": 0.5}
    assert figures["rejections"] == {"right": 0.0}
    assert figures["text"]["recall"] == 1.0
    assert figures["text"]["precision"] < 1.0
    assert figures["text"]["worst_page_f1"] < figures["text"]["f1"]
    assert figures["text"]["pages_without_leak"] == 0.5


def test_an_article_that_is_refused_counts_as_lost() -> None:
    measured = measure(iter([GoldPage("a", b"<p>Berita menyusul.</p>", TEXT, {"boilerplate": [], "title": "Judul"})]))
    assert measured.figures()["text"]["recall"] == 0.0
    assert measured.figures()["metadata"] == {"title": 0.0}
    assert measured.errors
