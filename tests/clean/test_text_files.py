"""Text that was already taken out of a page: header lines become metadata, leftovers go, paragraphs stay."""

from __future__ import annotations

import pytest

from tests.clean.documents import LEAD, PARAGRAPHS, SECOND, THIRD, TITLE, lines_of, read, removed_by, text_file

NAME = "file:///artikel.txt"


@pytest.mark.parametrize(
    ("header", "published_at", "authors"),
    [
        ((TITLE, "14 Oktober 2024 17:20 WIB"), "2024-10-14T17:20:00+07:00", ()),
        (
            (TITLE, "Oleh Sari Dewi, Sabtu, 26 Oktober 2024 | 17:36 WIB - Redaktur: Budi Santoso - 234"),
            "2024-10-26T17:36:00+07:00",
            ("Sari Dewi",),
        ),
        (
            (
                "Minggu, 1 Juni 2025",
                "Beranda",
                "Daerah",
                TITLE,
                "Penulis: Sari Dewi",
                "Senin, 14 Oktober 2024 | 17:20 WITA",
            ),
            "2024-10-14T17:20:00+08:00",
            ("Sari Dewi",),
        ),
        (
            (TITLE, TITLE, "14/10/2024, 17:20", "Foto: Kepala dinas memberi keterangan (Dok. Pemkab)"),
            "2024-10-14T17:20:00+07:00",
            (),
        ),
        ((f"{TITLE} 14 Oktober 2024 17:20 WIB",), "2024-10-14T17:20:00+07:00", ()),
        ((TITLE, "Diperbarui 15 Oktober 2024 08:00 WIB", "14 Oktober 2024 17:20 WIB"), "2024-10-14T17:20:00+07:00", ()),
        ((TITLE, ""), None, ()),
    ],
)
def test_header(header: tuple[str, ...], published_at: str | None, authors: tuple[str, ...]) -> None:
    article = read(text_file(*header), NAME)
    assert article.title == TITLE
    assert article.published_at == published_at
    assert article.authors == authors
    assert lines_of(article) == PARAGRAPHS
    assert article.method == "text"
    if published_at:
        assert article.published_basis == "header line"
        assert article.published_raw in text_file(*header)


@pytest.mark.parametrize("title", [TITLE, "Separuh pekerja di Mempawah ditargetkan segera terlindungi"])
def test_headline_right_above_the_first_paragraph_is_the_title(title: str) -> None:
    article = read("\n".join((title, *PARAGRAPHS)), NAME)
    assert article.title == title
    assert lines_of(article) == PARAGRAPHS


@pytest.mark.parametrize(
    "first", ["Rincian Peserta", "Peserta Aktif per Kecamatan:", "Satu. Dua. Tiga. Empat. Lima. Enam."]
)
def test_short_line_that_is_no_headline_stays(first: str) -> None:
    assert lines_of(read("\n".join((first, *PARAGRAPHS)), NAME)) == (first, *PARAGRAPHS)


@pytest.mark.parametrize(
    "dateline", ["Mempawah, Koran.ID - ", "MEMPAWAH – ", "KORAN.COM, MEMPAWAH -- ", "Mempawah (ANTARA) - "]
)
def test_dateline_stays(dateline: str) -> None:
    article = read("\n".join((TITLE, dateline + LEAD, SECOND, THIRD)), NAME)
    assert article.text.split("\n")[0] == dateline + LEAD
    assert article.title == TITLE


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Baca Juga: Harga Cabai di Pasar Induk Turun Lagi", "related"),
        ("BACA JUGA Jembatan Desa Ambruk Diterjang Banjir", "related"),
        ("Simak juga: Video Panen Raya di Lereng Gunung", "related"),
        ("ADVERTISEMENT", "advertisement"),
        ("SCROLL TO CONTINUE WITH CONTENT", "advertisement"),
        ("Ikuti berita terkini kami di Google News", "promotion"),
        ("Share", "share"),
    ],
)
def test_leftovers_between_paragraphs_go(line: str, kind: str) -> None:
    article = read("\n".join((TITLE, "", LEAD, line, SECOND, THIRD)), NAME)
    assert lines_of(article) == PARAGRAPHS
    assert removed_by(article)[line] == kind


@pytest.mark.parametrize(
    "glued",
    [
        f"{LEAD} Baca Juga: Harga Cabai di Pasar Induk Turun Lagi",
        f"{LEAD} [Baca: Harga Cabai di Pasar Induk Turun Lagi]",
        f"{LEAD} (Baca juga: Harga Cabai di Pasar Induk Turun Lagi)",
    ],
)
def test_related_link_glued_to_a_paragraph_goes_without_it(glued: str) -> None:
    article = read("\n".join((TITLE, "", glued, SECOND, THIRD)), NAME)
    assert lines_of(article) == PARAGRAPHS


def test_paragraph_glued_behind_a_related_link_stays() -> None:
    article = read(
        "\n".join((TITLE, "", LEAD, f"Baca Juga: Harga Cabai di Pasar Induk Turun Lagi {SECOND}", THIRD)), NAME
    )
    assert SECOND in article.text
    assert "Cabai" not in article.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Warga bisa baca juga pengumuman lengkapnya di kantor desa setiap hari kerja mulai pukul 08.00 WIB.",
        "Iklan layanan masyarakat itu ditayangkan 12 kali sehari di radio milik pemerintah kabupaten.",
        "Editor koran itu mengatakan 350 eksemplar dibagikan gratis kepada para buruh tani.",
        "“Kami daftarkan 1.200 nelayan,” kata Bupati.",
        "Rinciannya sebagai berikut:",
        "1. Kecamatan Siantan: 812 orang",
    ],
)
def test_prose_that_only_sounds_like_leftovers_stays(sentence: str) -> None:
    article = read("\n".join((TITLE, "", LEAD, SECOND, sentence, THIRD)), NAME)
    assert lines_of(article) == (LEAD, SECOND, sentence, THIRD)


def test_what_stands_below_the_article_goes() -> None:
    footer = ("Editor: Budi Santoso", "Tags", "Mempawah", "Berita Terkait", "Jalan Kabupaten Rusak Parah Sejak Maret")
    article = read(text_file(TITLE, "14 Oktober 2024 17:20 WIB", footer=footer), NAME)
    assert lines_of(article) == PARAGRAPHS
    assert set(footer) <= set(removed_by(article))


def test_last_line_cut_in_the_middle_of_a_sentence_stays() -> None:
    article = read("\n".join((TITLE, "", LEAD, SECOND, THIRD[:90])), NAME)
    assert lines_of(article)[-1] == THIRD[:90].strip()


def test_page_saved_under_the_name_of_a_text_is_read_as_a_page() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = read(f"<html><body><article>{body}</article></body></html>", NAME)
    assert lines_of(article) == PARAGRAPHS
    assert article.method == "structure"


def test_angle_brackets_do_not_make_a_text_a_page() -> None:
    article = read("\n".join((LEAD, "Syaratnya usia < 65 tahun dan upah > Rp 1 juta bagi 300 pekerja.", SECOND)), NAME)
    assert "usia < 65 tahun dan upah > Rp 1 juta" in article.text
