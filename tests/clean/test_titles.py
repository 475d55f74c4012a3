"""The headline without the site's name, and who publishes."""

from __future__ import annotations

import pytest

from tasks.clean.publishers import site_domain
from tasks.clean.titles import strip_page_number, strip_site_name
from tests.clean.documents import PARAGRAPHS, TITLE, lines_of, page, read


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Harga Kopi Naik - Koran Contoh", "Harga Kopi Naik"),
        ("Harga Kopi Naik | Koran Contoh | Ekonomi", "Harga Kopi Naik | Koran Contoh | Ekonomi"),
        ("Koran Contoh: Harga Kopi Naik", "Koran Contoh: Harga Kopi Naik"),
        ("korancontoh.com: Harga Kopi Naik", "Harga Kopi Naik"),
        ("Koran Contoh | Harga Kopi Naik", "Harga Kopi Naik"),
        ("Harga Kopi Naik - Daerah - lainkoran.co.id", "Harga Kopi Naik - Daerah"),
        ("Harga Kopi - Teh Naik", "Harga Kopi - Teh Naik"),
    ],
)
def test_site_names_are_stripped(title: str, expected: str) -> None:
    assert strip_site_name(title, ["Koran Contoh", "korancontoh"]) == expected


@pytest.mark.parametrize(
    "title", ["Harga Kopi Naik Halaman 2", "Harga Kopi Naik - Page all", "Harga Kopi Naik (Hal 2 dari 3)"]
)
def test_page_numbers_are_stripped(title: str) -> None:
    assert strip_page_number(title) == "Harga Kopi Naik"


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page(head=f'<meta property="og:title" content="{TITLE} - Koran Contoh">'),
        page(before=f"<h2>{TITLE}</h2>"),
        page().replace("<h1>", "<h1 class=site>Koran Contoh</h1><h2>").replace("</h1>", "</h2>", 1),
        page().replace(f"<h1>{TITLE}</h1>", ""),
        page("".join(f"<p>{text}</p>" for text in (TITLE, *PARAGRAPHS))),
    ],
    ids=["heading", "meta", "twice", "site in h1", "no heading", "in the body"],
)
def test_title_of_a_page(html: str) -> None:
    head = '<meta property="og:site_name" content="Koran Contoh">'
    article = read(html.replace("<head>", f"<head>{head}"))
    assert article.title == TITLE
    assert lines_of(article) == PARAGRAPHS
    assert article.publisher == "Koran Contoh"


@pytest.mark.parametrize(
    ("source", "head", "publisher"),
    [
        ("https://kalbar.antaranews.com/berita/1/x", "", "ANTARA Kalbar"),
        ("https://www.korancontoh.co.id/1/x", '<meta property="og:site_name" content="Koran Contoh">', "Koran Contoh"),
        (
            "https://korancontoh.co.id/1/x",
            "<meta property=og:site_name content='KoranContoh: Kabar Kota'>",
            "KoranContoh",
        ),
        ("https://www.korancontoh.co.id/1/x", "", "korancontoh.co.id"),
        ("file:///artikel.html", "", None),
    ],
)
def test_publisher(source: str, head: str, publisher: str | None) -> None:
    assert read(page(head=head), source=source).publisher == publisher


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://kota.koran.co.id/a", "koran.co.id"),
        ("https://www.sambas.go.id/a", "sambas.go.id"),
        ("http://berita.koran.com:8080", "koran.com"),
        ("http://10.0.0.1/a", "10.0.0.1"),
        ("http://[::1", None),
        (None, None),
        ("http://localhost/a", None),
    ],
)
def test_registered_domain(address: str | None, domain: str | None) -> None:
    assert site_domain(address) == domain


def test_headline_that_is_no_heading_goes_before_the_title_with_the_papers_name() -> None:
    html = page().replace(f"<h1>{TITLE}</h1>", f"<div style=font-size:40px>{TITLE}</div>")
    article = read(html.replace("| Koran Contoh", "| Kabar Pagi"), source="https://kota.jaringan.example/1/x")
    assert article.title == TITLE
