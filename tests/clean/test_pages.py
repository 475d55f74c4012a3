"""The article of a page: found by its structure, without what templates put around and between its paragraphs."""

from __future__ import annotations

import json

import pytest

from tasks.clean import clean
from tests.clean.documents import LEAD, PARAGRAPHS, SECOND, THIRD, TITLE, lines_of, page, read, removed_by, snapshot

FIRST, REST = f"<p>{LEAD}</p>", f"<p>{SECOND}</p><p>{THIRD}</p>"
WHOLE = FIRST + REST

BETWEEN = {
    "related link": '<p>Baca juga: <a href="/1">Harga Cabai di Pasar Induk Turun Lagi</a></p>',
    "related link in bold": '<p><strong>BACA JUGA: <a href="/1">Harga 12 Jenis Cabai Turun Lagi</a></strong></p>',
    "related list": (
        '<div class="related-posts"><h3>Berita Terkait</h3>'
        '<ul><li><a href="/1">Harga 5 Cabai Turun Lagi</a></li></ul></div>'
    ),
    "story list without a name": "<div>"
    + "".join(f'<div><a href="/{n}">Jalan Kabupaten Ruas {n} Mulai Diperbaiki</a></div>' for n in range(4))
    + "</div>",
    "related card with its day": "<div><a href=/1>Harga Cabai di Pasar Turun Lagi</a><span>12 Sep 2024</span></div>",
    "advertisement": '<div class="ads-banner">ADVERTISEMENT</div><p>SCROLL TO CONTINUE WITH CONTENT</p>',
    "caption": "<figure><img src=a.jpg><figcaption>Petugas menyerahkan 12 kartu (Dok. Pemkab)</figcaption></figure>",
    "share bar": '<ul class="social-share"><li><a href=#>Facebook</a></li><li><a href=#>120 Shares</a></li></ul>',
    "script with a paragraph": "<script>write('<p>Iklan 99 persen muncul di sini setiap hari kerja.</p>')</script>",
    "style": "<style>p{color:red}</style>",
    "form": "<form><label>Tulis komentar Anda di sini sebelum dikirim.</label><textarea>99 persen</textarea></form>",
    "comment": "<!-- <p>Catatan redaksi yang tidak terbit 99 persen.</p> -->",
    "hidden": '<p style="display:none">Kalimat tersembunyi ini memuat 99 persen kata yang tidak dibaca orang.</p>',
    "video": "<iframe src=https://video.example></iframe><p>Tonton juga: <a href=/v>Video Panen Raya di Lereng</a></p>",
    "newsletter": '<p>Ikuti berita terkini kami di <a href="https://news.google.com/x">Google News</a></p>',
}


@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN)
def test_what_stands_between_paragraphs_goes(between: str) -> None:
    assert lines_of(read(page(FIRST + between + REST))) == PARAGRAPHS


AFTER = {
    "comments": '<div id="comments"><p>Saya setuju 100 persen dengan pendapat kepala dinas daerah itu.</p></div>',
    "footer": "<footer><p>Copyright © 2024 Koran Contoh. Hak cipta dilindungi undang-undang sejak 1999.</p></footer>",
    "sidebar": "<aside><h3>Terpopuler</h3>"
    + "".join(f"<a href=/{n}>Berita Populer Nomor {n} Hari Ini</a>" for n in range(9))
    + "</aside>",
    "tags": '<div class="tags"><a href=/t/1>Mempawah</a> <a href=/t/2>Jamsostek</a></div>',
    "pagination": "<div>Halaman: <a href=?page=1>1</a> <a href=?page=2>2</a> <a href=?page=all>Semua</a></div>",
}


@pytest.mark.parametrize("after", AFTER.values(), ids=AFTER)
@pytest.mark.parametrize("inside", [True, False], ids=["in the article", "behind it"])
def test_what_stands_below_the_article_goes(after: str, inside: bool) -> None:
    html = page(WHOLE + after) if inside else page(after=after)
    assert lines_of(read(html)) == PARAGRAPHS


def test_related_link_glued_to_a_paragraph_goes_and_the_paragraph_stays() -> None:
    glued = f'<p>{LEAD} Baca juga: <a href="/1">Harga 7 Jenis Cabai Turun Lagi</a> {SECOND}</p><p>{THIRD}</p>'
    article = read(page(glued))
    assert lines_of(article) == (f"{LEAD} {SECOND}", THIRD)
    assert any("Harga 7 Jenis Cabai" in text for text in removed_by(article))


def test_links_in_a_sentence_stay() -> None:
    linked = LEAD.replace("jaminan sosial", '<a href="/topik">jaminan sosial</a>')
    assert lines_of(read(page(f"<p>{linked}</p>{REST}"))) == PARAGRAPHS


@pytest.mark.parametrize(
    "body",
    [
        f"{LEAD}<br><br>{SECOND}<br/>{THIRD}",
        f"<div>{LEAD}</div><div>{SECOND}</div><div>{THIRD}</div>",
        f"<div><div><p>{LEAD}</p></div></div><section><p>{SECOND}</p></section><p>{THIRD}</p>",
        f"<p>{LEAD}<p>{SECOND}<p>{THIRD}",
        f"<table><tr><td><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></td></tr></table>",
        f"<blockquote>{LEAD}</blockquote><p>{SECOND}</p><p>{THIRD}</p>",
        "".join(f"<p><span style='font-size:12pt'>{text}</span></p><p>&nbsp;</p>" for text in PARAGRAPHS),
    ],
    ids=["breaks", "divisions", "nested", "unclosed", "layout table", "quotation", "office"],
)
def test_paragraphs_however_they_are_marked_up(body: str) -> None:
    assert lines_of(read(page(body))) == PARAGRAPHS


def test_rows_of_a_table_keep_their_figures() -> None:
    table = (
        "<table><tr><th>Kecamatan</th><th>Peserta</th><th>Persen</th></tr>"
        "<tr><td>Siantan</td><td>1.204</td><td>38,5</td></tr><tr><td>Segedong</td><td>812</td><td>21</td></tr></table>"
    )
    article = read(page(FIRST + table + REST))
    assert lines_of(article) == (
        LEAD,
        "Kecamatan | Peserta | Persen",
        "Siantan | 1.204 | 38,5",
        "Segedong | 812 | 21",
        SECOND,
        THIRD,
    )


def test_items_of_a_list_and_headings_stay() -> None:
    items = "<h3>Rincian per kecamatan</h3><ul><li>Siantan 1.204 orang</li><li>Segedong 812 orang</li></ul>"
    assert lines_of(read(page(FIRST + items + REST))) == (
        LEAD,
        "Rincian per kecamatan",
        "Siantan 1.204 orang",
        "Segedong 812 orang",
        SECOND,
        THIRD,
    )


def test_words_of_neighbouring_inline_elements_are_not_glued() -> None:
    body = "<p><b>Mempawah</b> <i class=icon></i><span>naik</span>\n<script>1</script><b>38,5</b> persen, kata dia.</p>"
    assert read(page(body + WHOLE)).text.startswith("Mempawah naik 38,5 persen, kata dia.\n")
    joined = page(f"<p>Pe<b>me</b>rintah <i>daerah</i>nya bekerja sama dengan para camat setempat.</p>{WHOLE}")
    assert read(joined).text.startswith("Pemerintah daerahnya bekerja")


def test_blocks_of_an_article_in_two_halves() -> None:
    halves = f"<div class=content><div>{FIRST}</div><div class=ads>Iklan</div><div>{REST}</div></div>"
    assert lines_of(read(page(halves))) == PARAGRAPHS


LINKS = "".join(f"<p><a href=/{n}>Kanal Berita Nomor {n}</a></p>" for n in range(20))
OTHER = "".join(f"<p>Tanggapan nomor {n} ini panjang, berisi pendapat pembaca tentang hal lain.</p>" for n in range(15))


def test_longer_text_far_below_the_headline_is_not_the_article() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 2)
    html = page(body, after=f"<div>{LINKS}</div><div>{OTHER}</div>")
    assert lines_of(read(html)) == PARAGRAPHS * 2


def test_longer_text_below_a_short_box_is_the_article() -> None:
    box = f"<div><p>{LEAD}</p></div>"
    article = read(page(WHOLE * 3, before=f"{box}<div>{LINKS}</div>"))
    assert lines_of(article) == PARAGRAPHS * 3


TICKER = " | ".join(f"SAHAM{n} {n}5.25 ({n}.4)" for n in range(40))


def test_row_of_prices_above_the_headline_is_not_the_article() -> None:
    html = page(WHOLE.replace("</p>", '</p><p>Baca juga: <a href="/1">Harga Cabai Turun Lagi</a></p>'))
    assert lines_of(read(html.replace("<h1>", f"<div><p>{TICKER}</p></div><h1>"))) == PARAGRAPHS


def test_text_above_the_headline_gives_way_to_the_article_below_it() -> None:
    notice = f"<div>{OTHER}</div><div>{LINKS}</div>"
    assert lines_of(read(page(WHOLE * 2).replace("<h1>", f"{notice}<h1>"))) == PARAGRAPHS * 2


def test_long_caption_is_not_taken_for_an_article_that_is_named_one() -> None:
    caption = f"<div class=kotak><img src=1.jpg><div>{' '.join(PARAGRAPHS)} Warga berfoto bersama.</div></div>"
    html = page("", before=f'<div>{caption}<div class="txt-article">{OTHER}</div></div>')
    assert read(html).text == OTHER.replace("</p><p>", "\n").removeprefix("<p>").removesuffix("</p>")


def test_scene_above_a_dateline_is_a_caption() -> None:
    scene = "Pj. Bupati Rudi Hartanto saat meninjau pasar induk di Kecamatan Siantan, Senin (9/10)."
    dated = f"<p>{scene}</p><p>Mempawah, (KoranContoh.com)-</p>{WHOLE}"
    assert lines_of(read(page(dated)))[0] == f"Mempawah, (KoranContoh.com)- {LEAD}"
    assert lines_of(read(page(f"<p>{scene}</p>{WHOLE}")))[0] == scene


def test_article_that_only_json_ld_holds() -> None:
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    html = page("<div id=app></div>", head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    article = read(html)
    assert lines_of(article) == PARAGRAPHS
    assert article.method == "json-ld"


def test_what_was_removed_names_kind_rule_and_text() -> None:
    article = read(page(FIRST + BETWEEN["related link"] + BETWEEN["advertisement"] + REST))
    kinds = removed_by(article)
    assert kinds["Baca juga: Harga Cabai di Pasar Induk Turun Lagi"] == "related"
    assert all(item.rule and item.kind and item.text for item in article.removed)


def test_prose_outside_the_article_is_kept_for_audit() -> None:
    teaser = "Kalimat panjang tentang berita lain ini berdiri di luar artikel dan tidak boleh hilang tanpa jejak."
    article = read(page(after=f"<div class=sidebar><p>{teaser}</p></div>"))
    assert teaser in removed_by(article)
    assert teaser not in article.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PARAGRAPHS, "id"),
        (
            ["The minister said that the coverage of the programme is on track and will not be cut by the house."] * 3,
            "en",
        ),
        (
            ["Ketua persatuan berkata bahawa wang itu sahaja ialah pelbagai bantuan kerana kesihatan pekerja itu."] * 3,
            "ms",
        ),
    ],
)
def test_language(text: tuple[str, ...], language: str) -> None:
    assert read(page("".join(f"<p>{line}</p>" for line in text))).language == language


def test_same_bytes_give_the_same_answer_in_any_order() -> None:
    pages = [page(FIRST + between + REST) for between in BETWEEN.values()] + [
        page(after=after) for after in AFTER.values()
    ]
    forwards = {html: clean(snapshot(html)) for html in pages}
    assert {html: clean(snapshot(html)) for html in reversed(pages)} == forwards
