"""What is no article is refused with a reason and a remedy, and never raises."""

from __future__ import annotations

import json

import pytest

from tasks.clean import refuse_foreign
from tests.clean.documents import LEAD, PARAGRAPHS, SECOND, lines_of, page, read, refuse

MENU = "".join(f"<li><a href=/k/{n}>Kanal {n}</a></li>" for n in range(12))
HEADLINES = "".join(
    f"<div class=item><h3><a href=/{n}>Jalan Kabupaten Ruas {n} Mulai Diperbaiki Tahun Ini</a></h3></div>"
    for n in range(30)
)
NOT_FREE = json.dumps({"@type": "NewsArticle", "headline": "Judul", "isAccessibleForFree": False})

CASES = {
    "nothing": ("", "empty"),
    "blanks": (" \n\t\u00a0\n", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
    "too large": (b"kata " * 1_000_001, "too large"),
    "feed": (
        "<?xml version='1.0'?><rss version='2.0'><channel><item><title>Judul</title></item></channel></rss>",
        "feed",
    ),
    "sitemap": (
        "<?xml version='1.0'?>\n<!-- x -->\n<urlset><url><loc>https://koran.example/</loc></url></urlset>",
        "feed",
    ),
    "menu": (f"<html><body><ul>{MENU}</ul></body></html>", "too short"),
    "front page": (f"<html><head><title>Koran Contoh</title></head><body>{HEADLINES}</body></html>", "list page"),
    "front page with a teaser": (
        f"<html><head><link rel=canonical href=//koran.example/></head><body><p>{LEAD}</p>{HEADLINES}</body></html>",
        "list page",
    ),
    "teaser that breaks off": (
        f"<html><head><title>Koran Contoh</title></head><body><p>{LEAD[:-1]} . . .</p>{HEADLINES}</body></html>",
        "list page",
    ),
    "photographs": (page(f"<p>{LEAD}</p>", title="FOTO: Pendaftaran Peserta di Pasar Pagi"), "gallery"),
    "not found": (
        page("<p>Maaf, halaman yang Anda cari tidak ditemukan.</p>", title="404 Halaman Tidak Ditemukan"),
        "error page",
    ),
    "blocked": (
        page("<p>Checking your browser before accessing the site.</p>", title="Just a moment..."),
        "error page",
    ),
    "paywall": (
        page(f"<p>{LEAD[:80]}</p>", head=f'<script type="application/ld+json">{NOT_FREE}</script>'),
        "paywall",
    ),
    "one sentence": (page("<p>Berita menyusul.</p>"), "too short"),
    "a word in a text": ("Berita", "too short"),
    "too many tags": ("<html>" + "<b>x</b>" * 40_001, "too complex"),
    "too deep": ("<html>" + "<div>" * 13_000 + LEAD, "too complex"),
    "too many lines": ("kata\n" * 20_002, "too complex"),
}


@pytest.mark.parametrize(("content", "kind"), CASES.values(), ids=CASES)
def test_kind(content: str | bytes, kind: str) -> None:
    rejection = refuse(content)
    assert (rejection.stage, rejection.kind) == ("clean", kind)
    assert rejection.reason
    assert rejection.remedy
    assert rejection.source == "file:///artikel.html"
    assert rejection.snapshot_sha256


def test_short_reports_are_articles() -> None:
    assert read(page(f"<p>{LEAD}</p>")).text == LEAD


def test_a_notice_above_a_short_report_is_no_paywall() -> None:
    notice = "<div><p>Berlangganan sekarang untuk membaca semua laporan kami tanpa iklan setiap hari.</p></div>"
    assert lines_of(read(page().replace("<h1>", f"{notice}<ul>{MENU}</ul><h1>"))) == PARAGRAPHS


def test_a_short_report_under_the_address_of_the_front_page_is_an_article() -> None:
    head = "<link rel=canonical href=https://koran.example/>"
    assert read(page(f"<p>{LEAD} {SECOND}</p>", head=head)).text == f"{LEAD} {SECOND}"


def test_an_article_about_errors_is_an_article() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 3)
    article = read(page(body, title="Galat 404: Mengapa Halaman Tidak Ditemukan"))
    assert article.text == "\n".join(PARAGRAPHS * 3)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PARAGRAPHS, None),
        (
            ["The minister said that the coverage of the programme is on track and will not be cut by the house."] * 3,
            "not Indonesian",
        ),
        (["xylo 12 qwerty zzz kkk vvv"] * 8, None),
    ],
    ids=["Indonesian", "English", "unknown"],
)
def test_articles_in_other_languages_are_told_apart(text: tuple[str, ...], kind: str | None) -> None:
    rejection = refuse_foreign(read(page("".join(f"<p>{line}</p>" for line in text))))
    assert (rejection.kind if rejection else None) == kind
