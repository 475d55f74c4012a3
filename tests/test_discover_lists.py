"""Feeds, sitemaps and listing pages: what is read from good ones, and what is said about bad ones."""

from __future__ import annotations

import gzip
import time

import pytest

from tasks.discover.entries import MOST_ENTRIES, Entry, UnreadableListError, article_key, locate
from tasks.discover.feeds import read_feed
from tasks.discover.listings import describe_content, read_listing
from tasks.discover.sitemaps import read_sitemap
from tasks.discover.topic import Topic

BASE = "https://www.koran.example/tag/jamsostek"
LOLS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{LOLS}]><rss version="2.0"><channel><item><title>&l9;</title>'
)


def test_rss_and_atom() -> None:
    rss = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>K</title>
    <item><title>UCJ &amp; desa</title><link>https://koran.example/a/1</link>
    <pubDate>Sat, 21 Nov 2026 08:00:00 +0700</pubDate></item><item><title>tanpa tautan</title></item></channel></rss>"""
    assert read_feed(rss, BASE) == [Entry("https://koran.example/a/1", "UCJ & desa", "2026-11-21T01:00:00+00:00", None)]
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>B</title><link href="/b"/>
    <published>2026-11-20T10:00:00+07:00</published><updated>2026-11-21T10:00:00+07:00</updated></entry></feed>"""
    assert read_feed(atom, BASE) == [
        Entry("https://www.koran.example/b", "B", "2026-11-20T03:00:00+00:00", "2026-11-21T03:00:00+00:00")
    ]


@pytest.mark.parametrize("read", [lambda content: read_feed(content, BASE), read_sitemap])
@pytest.mark.parametrize("content", [BOMB.encode(), BOMB.encode("utf-16"), b"<html><p>Selamat datang</p></html>", b""])
def test_what_is_no_list_or_an_attack_is_refused(read: object, content: bytes) -> None:
    with pytest.raises(UnreadableListError):
        read(content)  # type: ignore[operator]


def test_a_huge_feed_is_read_in_part_and_in_time() -> None:
    item = b"<item><link>https://koran.example/%d</link><title>t</title></item>"
    content = b"<rss version='2.0'><channel>" + b"".join(item % number for number in range(100_000))
    started = time.monotonic()
    entries = read_feed(content, BASE)
    assert len(entries) == MOST_ENTRIES
    assert time.monotonic() - started < 20


def test_sitemaps_of_pages_news_and_sitemaps_packed_or_cut() -> None:
    pages = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc> https://koran.example/lama </loc><lastmod>2026-10-01</lastmod></url>
    <url><loc>https://koran.example/baru</loc><news:news><news:publication_date>2026-11-20T08:00:00+07:00
    </news:publication_date><news:title>Cakupan naik</news:title></news:news></url></urlset>"""
    new = Entry("https://koran.example/baru", "Cakupan naik", "2026-11-20T01:00:00+00:00", None)
    old = Entry("https://koran.example/lama", None, None, "2026-10-01T00:00:00+00:00")
    assert read_sitemap(pages).entries == (new, old)
    assert read_sitemap(gzip.compress(pages)).entries == (new, old)
    assert read_sitemap(pages[: pages.index(b"</news:news>")]).entries == (new, old)
    index = b"<sitemapindex><sitemap><loc>https://koran.example/s1.xml</loc></sitemap></sitemapindex>"
    assert [each.link for each in read_sitemap(index).sitemaps] == ["https://koran.example/s1.xml"]
    with pytest.raises(UnreadableListError, match="unpacks to more"):
        read_sitemap(gzip.compress(bytes(60_000_000), 1))


def test_a_listing_gives_the_links_that_fit() -> None:
    page = b"""<div class="iklan"><a href="/iklan">Diskon</a></div>
    <article><h3><a href="/berita/1">Jamsostek</a></h3></article>
    <article><a href="/berita/2" title="UCJ"><img></a></article>"""
    assert [(each.link, each.title) for each in read_listing(page, "article")] == [
        ("/berita/1", "Jamsostek"),
        ("/berita/2", "UCJ"),
    ]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<form><input type=password></form>", "login"),
        ('<title>Sebentar</title><div class="g-recaptcha"></div>', "captcha"),
        ("<title>Just a moment...</title><p>tunggu</p>", "error page"),
        ("<p>tidak ada apa-apa</p>", "no links that fit"),
    ],
)
def test_a_page_that_is_no_list_is_described(page: str, words: str) -> None:
    with pytest.raises(UnreadableListError, match=words):
        read_listing(page.encode(), "article a")


def test_a_web_page_in_the_place_of_a_feed_is_called_so() -> None:
    page = b"<!DOCTYPE html><html><title>Masuk</title><input type=password></html>"
    assert describe_content(page) == " but a web page: it asks for a login"
    assert describe_content(b"<rss/>") == ""


@pytest.mark.parametrize(
    "variant",
    [
        "http://koran.example/berita/123/ucj",
        "https://www.koran.example/berita/123/ucj/",
        "https://m.koran.example/berita/123/ucj?utm_source=x&fbclid=y",
        "https://koran.example/berita/123/ucj/amp",
        "https://koran.example/berita/123/ucj?page=all",
        "https://koran.example/berita/123/ucj#komentar",
        "HTTPS://KORAN.example:443/berita/123/ucj?page=2",
    ],
)
def test_variants_of_an_address_are_one(variant: str) -> None:
    assert article_key(variant) == "koran.example/berita/123/ucj"


@pytest.mark.parametrize("other", ["https://koran.example/berita/124/ucj", "https://koran.example/berita/123/ucj?id=7"])
def test_other_articles_are_others(other: str) -> None:
    assert article_key(other) != "koran.example/berita/123/ucj"


@pytest.mark.parametrize(
    "link", ["mailto:a@b", "javascript:void(0)", "/", "#", "https://iklan.example/x", "http://[", "file:///a"]
)
def test_links_that_are_no_articles_of_the_site(link: str) -> None:
    assert locate(Entry(link), BASE, ()) is None


def test_links_of_the_site_and_of_named_hosts() -> None:
    for link in ("/a", "a", "//kalbar.koran.example/a", "https://mitra.example/a"):
        assert locate(Entry(link), BASE, ("mitra.example",)) is not None


@pytest.mark.parametrize(
    ("title", "address", "fits"),
    [
        ("Peserta BPJS Ketenagakerjaan naik", "https://k.example/1", True),
        (None, "https://k.example/1/bpjs-ketenagakerjaan-naik", True),
        ("Target UCJ 2026", "https://k.example/1", True),
        ("Kucing ucjx", "https://k.example/ucjx", False),
        ("BPJS Kesehatan naik", "https://k.example/bpjs-kesehatan", False),
        (None, "https://ucj.example/1", False),
    ],
)
def test_the_topic_is_in_whole_words_of_title_or_path(title: str | None, address: str, fits: bool) -> None:
    assert Topic(["BPJS Ketenagakerjaan", "UCJ"]).fits(title, address) is fits
