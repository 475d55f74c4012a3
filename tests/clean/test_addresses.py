"""One address for an article however it was reached, and the addresses of its other pages."""

from __future__ import annotations

import pytest

from tasks.clean.addresses import clean_address
from tests.clean.documents import page, read

PLAIN = "https://koran.example.com/read/12/separuh-pekerja"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{PLAIN}?utm_source=x&utm_medium=y&fbclid=z", PLAIN),
        (f"{PLAIN}?page=all", PLAIN),
        (f"{PLAIN}?page=2#komentar", PLAIN),
        (f"{PLAIN}/amp", PLAIN),
        (f"{PLAIN}/amp/", PLAIN),
        ("https://m.koran.example.com/read/12/separuh-pekerja", PLAIN),
        ("https://amp.koran.example.com:443/read/12/separuh-pekerja", PLAIN),
        (f"https://web.archive.org/web/20241014172031id_/{PLAIN}", PLAIN),
        ("https://koran-example-com.cdn.ampproject.org/c/s/koran.example.com/read/12/separuh-pekerja", PLAIN),
        ("https://www.google.com/amp/s/koran.example.com/read/12/separuh-pekerja", PLAIN),
        ("HTTPS://Koran.Example.COM/Read/12", "https://koran.example.com/Read/12"),
        ("https://koran.example.com/?p=1234", "https://koran.example.com/?p=1234"),
        ("https://koran.example.com/berita.php?id=7&judul=a", "https://koran.example.com/berita.php?id=7&judul=a"),
        ("https://koran.example.com//read//12/separuh-pekerja", PLAIN),
        ("https://koran.example.com/amplas/harga", "https://koran.example.com/amplas/harga"),
        ("https://[rusak/", None),
        ("berita", None),
    ],
)
def test_clean_address(address: str, expected: str | None) -> None:
    assert clean_address(address) == expected


@pytest.mark.parametrize(
    ("head", "source", "url"),
    [
        (f"<link rel=canonical href={PLAIN}>", "file:///artikel.html", PLAIN),
        ("<link rel=canonical href=/read/12/separuh-pekerja>", "https://m.koran.example.com/read/12/x?a=1", PLAIN),
        ("<link rel=canonical href=https://koran.example.com/>", PLAIN, PLAIN),
        (f"<meta property=og:url content={PLAIN}>", "file:///artikel.html", PLAIN),
        ("<link rel=canonical href='http://['>", PLAIN, PLAIN),
        ("", f"{PLAIN}?utm_source=x", PLAIN),
        ("", "file:///artikel.html", None),
    ],
)
def test_canonical_address_of_a_page(head: str, source: str, url: str | None) -> None:
    assert read(page(head=head), source=source).url == url


@pytest.mark.parametrize(
    ("links", "pages"),
    [
        ('<a href="?page=2">2</a> <a href="?page=3">3</a>', ("?page=2", "?page=3")),
        ('<a href="?page=2">2</a> <a href="?page=all">Semua</a>', ("?page=all",)),
        ('<a href="?p=0">1</a> <a href="?p=1">2</a> <a href="?p=2">3</a>', ("?p=1", "?p=2")),
        ('<a href="/read/12/separuh-pekerja/2">Selanjutnya</a>', ("/2",)),
        ('<a href="https://m.koran.example.com/read/12/separuh-pekerja?page=2&amp;a=b">2</a>', ("?page=2&a=b",)),
        ('<a href="http://www.koran.example.com/read/12/separuh-pekerja?hal=2">2</a>', ("?hal=2",)),
        ('<a href="/read/13/lain?page=2">Lain</a> <a href="/read/12/separuh-pekerja?page=1">1</a>', ()),
        ('<a href="https://lain.example.com/read/12/separuh-pekerja?page=2">2</a>', ()),
        ('<a href="https://[/read/12/separuh-pekerja?page=2">2</a>', ()),
    ],
)
def test_other_pages_of_an_article(links: str, pages: tuple[str, ...]) -> None:
    found = read(page(after=f"<div>{links}</div>"), source=PLAIN).next_pages
    assert found == tuple(PLAIN + rest for rest in pages)


def test_next_page_in_the_head() -> None:
    head = f'<link rel="next" href="{PLAIN}?page=2">'
    assert read(page(head=head), source=PLAIN).next_pages == (f"{PLAIN}?page=2",)
