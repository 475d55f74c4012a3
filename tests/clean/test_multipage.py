"""Articles on several pages: one snapshot that gives all pages back, and one text."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean import clean
from tasks.clean.multipage import _BEGINNING, MOST_PAGES, Part, join_pages, split_pages
from tasks.records import Article, Rejection, Snapshot

ADDRESS = "https://koran.example/read/12/peserta"
FIRST = "Cakupan kepesertaan di Kota Pontianak mencapai 41,20 persen, kata kepala dinas tenaga kerja. " * 6
SECOND = "Peserta aktif di Kabupaten Sambas mencapai 12.345 orang pada akhir tahun lalu. " * 6
ROBOT = "<html><head><title>Just a moment...</title></head><body><p>Tunggu sebentar</p></body></html>"


def page(*paragraphs: str, charset: str = "utf-8") -> bytes:
    body = "".join(f"<p>{each.strip()}</p>" for each in paragraphs)
    return f"<html lang=id><body><article><h1>Peserta café naik</h1>{body}</article></body></html>".encode(charset)


def read(*parts: Part) -> Article | Rejection:
    content = join_pages(parts)
    digest = hashlib.sha256(content).hexdigest()
    return clean(Snapshot(source=ADDRESS, content=content, sha256=digest, retrieved_at="2026-11-21T00:00:00+00:00"))


@settings(deadline=None)  # the first call loads the rules
@given(st.lists(st.tuples(st.binary(max_size=300), st.sampled_from([None, "utf-8", "ISO-8859-1"])), max_size=4))
def test_pages_come_back_as_they_were(pages: list[tuple[bytes, str | None]]) -> None:
    parts = [Part(f"{ADDRESS}?page={number}", *each) for number, each in enumerate(pages)]
    assert split_pages(join_pages(parts)) == parts
    assert join_pages(parts) == join_pages(parts)


@settings(deadline=None)  # the first call loads the rules
@given(st.binary(max_size=300))
def test_what_only_begins_like_a_message_harms_nothing(rest: bytes) -> None:
    whole = join_pages([Part(ADDRESS, page(FIRST), "utf-8")])
    for content in (_BEGINNING + rest, whole[: len(rest)] + rest, whole + rest):
        split_pages(content)
        clean(Snapshot(source=ADDRESS, content=content, sha256="0" * 64, retrieved_at="2026-11-21T00:00:00+00:00"))


def test_no_header_comes_from_the_network() -> None:
    (part,) = split_pages(join_pages([Part("https://koran.example/a\nX: y é", b"isi", 'x"; boundary="z\r\nA: b')]))
    assert part == Part("https://koran.example/a%0AX:%20y%20%C3%A9", b"isi", None)


def test_more_pages_than_an_article_has_are_not_read() -> None:
    assert len(split_pages(join_pages([Part(ADDRESS, b"x", None)] * 200))) == MOST_PAGES + 1


def test_texts_follow_each_other_and_what_pages_repeat_stands_once() -> None:
    article = read(
        Part(ADDRESS, page(FIRST), "utf-8"),
        Part(f"{ADDRESS}?page=2", page(FIRST, SECOND, charset="latin-1"), "iso-8859-1"),
        Part(f"{ADDRESS}?page=3", page("Penutup singkat."), None),
    )
    assert isinstance(article, Article)
    assert article.text.split("\n") == [FIRST.strip(), SECOND.strip(), "Penutup singkat."]
    assert article.title == "Peserta café naik"


@pytest.mark.parametrize("number", [1, 2])
def test_a_page_that_is_none_refuses_the_article(number: int) -> None:
    parts = [Part(ADDRESS, page(FIRST), None), Part(f"{ADDRESS}?page=2", page(SECOND), None)]
    parts[number - 1] = Part(ADDRESS, ROBOT.encode(), None)
    refused = read(*parts)
    assert isinstance(refused, Rejection)
    assert refused.kind == "error page"
    assert f"page {number} of 2" in refused.reason
