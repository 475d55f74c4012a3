"""Authors are the reporters: neither editors nor photographers, and nobody rather than somebody wrong."""

from __future__ import annotations

import pytest

from tasks.clean.bylines import drop_names, read_byline, read_bylines, read_name
from tests.clean.documents import PARAGRAPHS, lines_of, page, read


@pytest.mark.parametrize(
    ("line", "authors", "editors"),
    [
        ("Penulis: Sari Dewi", ["Sari Dewi"], []),
        ("Penulis: Sari Dewi | Editor: Budi Santoso", ["Sari Dewi"], ["Budi Santoso"]),
        ("Oleh Sari Dewi, Sabtu, 26 Oktober 2024 | 17:36 WIB - Redaktur: Budi - 234", ["Sari Dewi"], ["Budi"]),
        ("Reporter: Sari Dewi dan Agus Salim", ["Sari Dewi", "Agus Salim"], []),
        ("Pewarta : Sari Dewi Editor : Budi Santoso", ["Sari Dewi"], ["Budi Santoso"]),
        ("Laporan wartawan Koran Contoh, Sari Dewi", ["Sari Dewi"], []),
        ("Kontributor Sambas, Sari Dewi", ["Sari Dewi"], []),
        ("By Sari Dewi on 3 May 2024", ["Sari Dewi"], []),
        ("Editor: Budi Santoso", [], ["Budi Santoso"]),
        ("Redaktur & Reporter : Sari Dewi", ["Sari Dewi"], []),
        ("Sari Dewi, Jurnalis · Selasa 09 Juli 2024 07:26 WIB", ["Sari Dewi"], []),
        ("Sari Dewi, wartawan senior di kota itu", [], []),
        ("Oleh: Redaksi", [], []),
        ("Penulis: admin", [], []),
        ("Sumber: Antara", [], []),
        ("Foto: Sari Dewi", [], []),
        ("oleh: Sari Dewi Senin, 30 Januari 2017 - 08:50 WIB", ["Sari Dewi"], []),
        ("Oleh : Sari Dewi / BSN", ["Sari Dewi"], []),
        ("Oleh : Sari Dewi, pembaca_60", ["Sari Dewi"], []),
        ("Oleh : Sari Dewi, Agus (Ambon)", ["Sari Dewi", "Agus"], []),
        ("Kerusakan itu disebabkan oleh Banjir", [], []),
    ],
)
def test_roles(line: str, authors: list[str], editors: list[str]) -> None:
    byline = read_byline(line)
    assert (list(byline.authors), list(byline.editors)) == (authors, editors)


@pytest.mark.parametrize("lines", [["Penulis", ": Sari Dewi"], ["Sari Dewi", "Jurnalis"], ["Penulis:", "Sari Dewi"]])
def test_lone_role_takes_the_name_beside_it(lines: list[str]) -> None:
    assert [name for byline in read_bylines(lines) for name in byline.authors] == ["Sari Dewi"]


@pytest.mark.parametrize("text", ["Senin", "https://koran.example", "12 Mei", "x", "Tim Redaksi", "Koran.com"])
def test_what_is_no_name(text: str) -> None:
    assert read_name(text) is None


def test_names_of_the_site_are_dropped() -> None:
    assert drop_names(["Sari Dewi", "Koran Contoh", "Sari Dewi"], ["Koran Contoh"]) == ("Sari Dewi",)


PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    ("before", "head", "authors"),
    [
        ("<div>Penulis: Sari Dewi | Editor: Budi Santoso</div>", "", ("Sari Dewi",)),
        ("<div>Editor: Budi Santoso</div>", '<meta name=author content="Budi Santoso">', ()),
        ("", '<meta name=author content="Sari Dewi">', ("Sari Dewi",)),
        ("", '<meta name=author content="Koran Contoh"><meta property="og:site_name" content="Koran Contoh">', ()),
        ("", '<meta name=author content="https://facebook.com/koran">', ()),
        (
            "<div class=author_info><a>Sari Dewi</a><i class=author-date>Sabtu, 9 April 2016</i></div>",
            "",
            ("Sari Dewi",),
        ),
        ("<div class=author-name>Sari Dewi</div>", '<meta name=author content="Lain Orang">', ("Sari Dewi",)),
        ("<a rel=author href=/p/4>Sari Dewi</a>", "", ("Sari Dewi",)),
        ("<a rel=author href=/p/4>Sari Dewi</a> <a rel=author href=/p/5>Agus Salim</a>", "", ()),
        ("", "", ()),
    ],
)
def test_authors_of_a_page(before: str, head: str, authors: tuple[str, ...]) -> None:
    article = read(page(before=before, head=head))
    assert article.authors == authors
    assert lines_of(article) == PARAGRAPHS


def test_byline_below_the_article() -> None:
    article = read(
        page(PROSE + "<p><b>Pewarta: Sari Dewi<br>Editor: Budi Santoso</b></p><p>Copyright © Koran 2024</p>")
    )
    assert article.authors == ("Sari Dewi",)
    assert lines_of(article) == PARAGRAPHS


def test_signature_below_other_stories() -> None:
    stories = "".join(f"<li><a href=/{n}>Jalan Kabupaten Ruas {n} Mulai Diperbaiki</a></li>" for n in range(12))
    signed = f"<h4>Berita Terkait</h4><ul>{stories}</ul><div>Penulis: Sari Dewi</div><div>Editor: Budi Santoso</div>"
    assert read(page(after=signed)).authors == ("Sari Dewi",)
    assert read(page(after=f"<ul>{stories}</ul><div>Wartawan itu Sari Dewi</div>")).authors == ()
