"""When an article was published: printed dates, machine-readable ones, and how the two agree."""

from __future__ import annotations

import json
from datetime import timedelta, timezone

import pytest

from tasks.clean.instants import find_stamps
from tests.clean.documents import PARAGRAPHS, TITLE, page, read

PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Sabtu, 26 Oktober 2024 | 17:36 WIB", "2024-10-26T17:36:00+07:00"),
        ("14 Oktober 2024 17:20 WIB", "2024-10-14T17:20:00+07:00"),
        ("Rabu 05/03/2025, 08.15 WITA", "2025-03-05T08:15:00+08:00"),
        ("Jum'at, 3 Mei 2024 - 21:05:44 WIT", "2024-05-03T21:05:44+09:00"),
        ("2 Nopember 2023 pukul 07.00", "2023-11-02T07:00:00+07:00"),
        ("Monday, October 14, 2024 5:20 pm", "2024-10-14T17:20:00+07:00"),
        ("2024-10-14 17:20 UTC", "2024-10-14T17:20:00+00:00"),
        ("2024-10-14 17:20:00+0800", "2024-10-14T17:20:00+08:00"),
        ("31 Agt 2022", "2022-08-31"),
        ("29-02-2024", "2024-02-29"),
    ],
)
def test_printed_dates(printed: str, value: str) -> None:
    (stamp,) = find_stamps(f"Koran Contoh, {printed}")
    assert stamp.value == value
    assert stamp.raw in printed
    assert stamp.timed is ("T" in value)


@pytest.mark.parametrize("text", ["31 Februari 2024", "30/13/2024", "pasal 12 ayat 3", "2024", "Rp 12.000 per Mei"])
def test_what_is_no_date(text: str) -> None:
    assert find_stamps(text) == []


def test_clock_times_without_a_zone_are_in_the_zone_asked_for() -> None:
    (stamp,) = find_stamps("1 Mei 2024 10:00", timezone(timedelta(hours=9)))
    assert stamp.value == "2024-05-01T10:00:00+09:00"
    assert stamp.zone is None


def _meta(value: str) -> str:
    return f'<meta property="article:published_time" content="{value}">'


def _data(value: str) -> str:
    description = json.dumps({"@type": "NewsArticle", "headline": "x", "datePublished": value})
    return f'<script type="application/ld+json">{description}</script>'


SEEN = "<p>Senin, 14 Oktober 2024 17:20 WIB</p>"


@pytest.mark.parametrize(
    ("head", "before", "value", "basis"),
    [
        (_meta("2024-10-14T17:20:31+07:00"), "", "2024-10-14T17:20:31+07:00", "meta article:published_time"),
        (_data("2024-10-14T17:20:31+07:00"), "", "2024-10-14T17:20:31+07:00", "json-ld"),
        (_data("2024-10-14T10:20:31Z"), SEEN, "2024-10-14T17:20:31+07:00", "json-ld"),
        (_data("2024-10-14T17:20:31Z"), SEEN, "2024-10-14T17:20:31+07:00", "json-ld, zone from visible text"),
        (
            _meta("2024-10-14 17:20:31"),
            SEEN,
            "2024-10-14T17:20:31+07:00",
            "meta article:published_time, zone from visible text",
        ),
        (
            _meta("2024-10-14 17:20:31"),
            "",
            "2024-10-14T17:20:31+07:00",
            "meta article:published_time, zone of publisher",
        ),
        (_meta("2024-10-14T10:20:31Z"), "", "2024-10-14T17:20:31+07:00", "meta article:published_time"),
        (_meta("2024-10-14"), SEEN, "2024-10-14T17:20:00+07:00", "visible text"),
        (_meta("2024-10-14"), "", "2024-10-14", "meta article:published_time"),
        (_meta("kemarin"), SEEN, "2024-10-14T17:20:00+07:00", "visible text"),
        ("", SEEN, "2024-10-14T17:20:00+07:00", "visible text"),
        ("", "<p>Senin, 14 Oktober 2024 / 17:20 WIB</p>", "2024-10-14T17:20:00+07:00", "visible text"),
        ("", "<p>Senin, 14 Oktober 2024</p>", "2024-10-14", "visible text"),
        ("", "<p>Diperbarui: 15 Oktober 2024 09:00 WIB</p>" + SEEN, "2024-10-14T17:20:00+07:00", "visible text"),
        (_data("Mon, 14 Oct 2024 17:20:31 +0700"), "", "2024-10-14T17:20:31+07:00", "json-ld"),
        (
            "",
            "<abbr class=published title=2024-10-14T17:20:31+07:00>17.20</abbr>",
            "2024-10-14T17:20:31+07:00",
            "microdata",
        ),
        (
            "",
            "<i itemprop=datePublished>Senin, 14 Oktober 2024 17:20 WIB</i>",
            "2024-10-14T17:20:00+07:00",
            "microdata",
        ),
        (_data("1 January 0001"), SEEN, "2024-10-14T17:20:00+07:00", "visible text"),
    ],
)
def test_sources_and_their_order(head: str, before: str, value: str, basis: str) -> None:
    article = read(page(head=head, before=before))
    assert (article.published_at, article.published_basis) == (value, basis)
    assert article.published_raw


def test_todays_date_in_the_page_header_is_not_the_articles() -> None:
    header = "<header><div class=tanggal>Minggu, 1 Juni 2025 06:00 WIB</div><nav><a href=/>Beranda</a></nav></header>"
    menus = "".join(f"<ul><li><a href=/k/{n}>Kanal {n}</a></li></ul>" for n in range(12))
    html = page(before=SEEN).replace("<body>", f"<body>{header}{menus}")
    assert read(html).published_at == "2024-10-14T17:20:00+07:00"


def test_dates_of_other_stories_are_not_the_articles() -> None:
    teasers = "".join(
        f"<li><a href=/{n}>Jalan Kabupaten Ruas {n} Mulai Diperbaiki</a> <span>2{n} Mei 2025 10:00 WIB</span></li>"
        for n in range(5)
    )
    assert read(page(after=f"<h3>Terpopuler</h3><ul>{teasers}</ul>")).published_at is None


def test_address_is_the_last_resort() -> None:
    article = read(page(), source="https://koran.example/read/2024/10/14/101/separuh-pekerja")
    assert (article.published_at, article.published_basis) == ("2024-10-14", "address")


def test_clock_times_take_the_zone_of_a_publisher_in_the_east() -> None:
    article = read(page(before="<p>14 Oktober 2024 17:20</p>"), source="https://papua.antaranews.com/berita/1/x")
    assert article.published_at == "2024-10-14T17:20:00+09:00"


def test_date_below_a_headline_in_the_block_of_the_article() -> None:
    path = "<ul>" + "".join(f"<li><a href=/{n}>Kanal {n}</a></li>" for n in range(4)) + "</ul>"
    day = "<div class=tanggal>Senin, 14 Oktober 2024 | 17:20 WIB</div>"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<html lang=id><title>{TITLE}</title><div class=artikel>{path}<h1>{TITLE}</h1>{day}{body}</div>"
    article = read(html, source="https://koran.example/read/2024/10/13/101/separuh-pekerja")
    assert article.published_at == "2024-10-14T17:20:00+07:00"
