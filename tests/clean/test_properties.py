"""What holds for every document: no input raises, nothing is made up, and a clean text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from quality_clean import GoldPage, read_gold
from selectolax.lexbor import LexborHTMLParser

from tasks.clean import clean
from tasks.clean.decode import Decoded, decode
from tasks.clean.normalise import normalise
from tasks.records import Article, Rejection
from tests.clean.documents import LEAD, PARAGRAPHS, SECOND, THIRD, TITLE, snapshot

GOLD = list(read_gold())
SNIPPETS = st.sampled_from(
    [
        *PARAGRAPHS,
        TITLE,
        "Baca Juga: Harga Cabai di Pasar Induk Turun Lagi",
        "Mempawah, Koran.ID - " + LEAD,
        "KOTA – " + SECOND,
        f"{LEAD} Baca juga: Jembatan Desa Ambruk {SECOND}",
        "Senin, 14 Oktober 2024 17:20 WIB",
        "Penulis: Sari Dewi | Editor: Budi Santoso",
        "Oleh Sari Dewi, Sabtu, 26 Oktober 2024 | 17:36 WIB - Redaktur: Budi - 234",
        "Foto: Petugas menyerahkan kartu kepada nelayan (Dok. Pemkab)",
        "Petugas menyerahkan kartu kepada nelayan",
        "ADVERTISEMENT",
        "Berita Terkait",
        "Tags",
        "Mempawah",
        "Siantan: 812 orang",
        "“Kami siap,” kata dia.",
        "Poin Penting",
        "Komentar",
        "(sd/bs)",
        "12 Mei 2024",
        "",
        "-",
        "a b",
        "Halaman 2",
        "Copyright © 2024",
    ]
)
TEXTS = st.lists(SNIPPETS | st.text(max_size=60), max_size=14).map("\n".join)
TAGS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<br>",
            "<h1>",
            "</h1>",
            "<article>",
            "</article>",
            "<ul><li>",
            "</li></ul>",
        ),
        *(
            "<a href=/x>",
            "</a>",
            "<b>",
            "</b>",
            "<table><tr><td>",
            "</td><td>",
            "</td></tr></table>",
            "<script>",
            "</script>",
        ),
        *(
            "<!--",
            "-->",
            "<div class=related>",
            "<div class='entry-content'>",
            "<figcaption>",
            "</figcaption>",
            "&nbsp;",
            "&#0;",
        ),
    ]
)
PAGES = st.lists(SNIPPETS | TAGS | st.text(max_size=20), max_size=30).map(lambda parts: "<html><body>" + "".join(parts))


def _characters(text: str) -> str:
    """A text without blanks and the bars between the cells of a row."""
    return re.sub(r"[\s|]+", "", text)


def _is_subsequence(part: str, whole: str) -> bool:
    characters = iter(whole)
    return all(character in characters for character in part)


def _assert_sound(answer: Article | Rejection, source: str) -> None:
    """The article is made of the source's characters in their order, and cleaning it again changes nothing."""
    if isinstance(answer, Rejection):
        assert answer.reason
        assert answer.remedy
        return
    assert _is_subsequence(_characters(answer.text), _characters(normalise(source)))
    assert answer.text == normalise(answer.text)
    assert all(line and line == line.strip() for line in answer.text.split("\n"))
    again = clean(snapshot(answer.text, source="file:///artikel.txt"))
    assert isinstance(again, Article)
    assert again.text == answer.text


@given(st.binary())
@example(b"\xff\xfe")
@example(b"<html>\x80" * 9)
@example(b"\x00\x00\xfe\xff")
def test_no_bytes_raise(content: bytes) -> None:
    answer = clean(snapshot(content))
    assert isinstance(answer, Article | Rejection)
    assert clean(snapshot(content)) == answer


@settings(max_examples=200)
@given(TEXTS)
def test_texts(text: str) -> None:
    _assert_sound(clean(snapshot(text)), text)


@settings(max_examples=200)
@given(PAGES)
def test_pages(html: str) -> None:
    content = html.encode("utf-8", "replace")
    decoded = decode(content)
    body = LexborHTMLParser(decoded.text).body if isinstance(decoded, Decoded) else None
    answer = clean(snapshot(content))
    if isinstance(answer, Article) and answer.method == "structure":
        assert body is not None
        _assert_sound(answer, body.text())


@pytest.mark.parametrize("gold", GOLD, ids=[gold.name for gold in GOLD])
def test_gold_pages(gold: GoldPage) -> None:
    decoded = decode(gold.content)
    assert isinstance(decoded, Decoded)
    body = LexborHTMLParser(decoded.text).body
    assert body is not None
    answer = clean(snapshot(gold.content))
    if isinstance(answer, Rejection) or answer.method == "structure":
        _assert_sound(answer, body.text())


def _spoilt(pages: Iterable[bytes]) -> list[bytes]:
    """Each page cut in the middle, and with a piece of it said twice."""
    return [
        spoilt for page in pages for spoilt in (page[: len(page) // 2], page[: len(page) // 2] + page[len(page) // 3 :])
    ]


def test_pages_that_were_cut_or_doubled() -> None:
    for content in _spoilt(gold.content for gold in GOLD):
        assert clean(snapshot(content)) == clean(snapshot(content))


def test_whatever_is_kept_or_removed_is_all_there_was() -> None:
    text = "\n".join((TITLE, "14 Oktober 2024 17:20 WIB", LEAD, "Baca Juga: Harga Cabai Turun Lagi", SECOND, THIRD))
    answer = clean(snapshot(text, source="file:///artikel.txt"))
    assert isinstance(answer, Article)
    told = sorted([*answer.text.split("\n"), *(item.text for item in answer.removed)])
    assert told == sorted(text.split("\n"))
