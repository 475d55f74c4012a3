"""A refresh against the local site: everything once, then nothing, then what changed, and never less than before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import duckdb
import faults
import pytest
from kabar import Publisher, article, write_sources
from local_site import LocalSite, Page
from refreshing import content, describe, publishers, refresh, replay, rows, totals

from warehouse.read import trace

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.usefixtures("prefect", "loopback")


def test_first_run_takes_all_second_asks_nothing_third_takes_what_changed(site: LocalSite, tmp_path: Path) -> None:
    published = publishers(site)
    site.pages["c.localhost", "/robots.txt"] = site.pages["www.c.localhost", "/robots.txt"]
    for (host, path), page in list(site.pages.items()):
        if host == "www.c.localhost":
            site.pages["c.localhost", path] = page
    file, data = describe(tmp_path, published), tmp_path / "data"

    first = refresh(data, file)
    assert totals(first) == Counter(found=12, new=12)
    assert not first.summary.has_failures
    taken = Counter(path for path in site.paths() if path.startswith("/berita"))
    assert set(taken.values()) == {1}
    assert len(taken) == 12
    assert not any("sepak" in path for path in taken)
    assert rows(data, "SELECT count(*) AS n FROM observations WHERE metric = 'coverage_rate'") == [{"n": 12}]
    before, sent = content(data), site.sent

    site.forget()
    second = refresh(data, file)
    assert totals(second) == Counter()
    assert all(each.is_conditional for each in site.asked if each.path not in {"/robots.txt", "/feed"})
    assert not [path for path in site.paths() if path.startswith("/berita")]
    assert (
        site.sent < sent * 0.02 + 400
    )  # robots.txt and the index of sitemaps, which have no size worth a request less
    assert content(data) == before
    assert rows(data, "SELECT sum(documents_read) AS n FROM runs") == [{"n": 12}]

    site.forget()
    for number in (0, 1):
        published[number].publish(2, "77,70", when="2026-11-21")
        published[number].relist()
    third = refresh(data, file)
    assert totals(third) == Counter(changed=2)
    asked = [each for each in site.asked if each.path.startswith("/berita")]
    assert {each.path for each in asked} == {published[0].path(2), published[1].path(2)}
    assert all(each.is_conditional for each in asked)
    assert rows(data, "SELECT count(*) AS n FROM observations WHERE value = 77.7") == [{"n": 2}]
    assert len(content(data)) == 12


def test_a_page_that_is_gone_keeps_what_it_gave(site: LocalSite, tmp_path: Path) -> None:
    (published, *_) = publishers(site)
    file, data = describe(tmp_path, [published]), tmp_path / "data"
    refresh(data, file)
    before = content(data)
    published.publish(1, when="2026-11-21")
    site.add(published.host, published.path(1), Page(b"", status=410))
    published.relist()
    second = refresh(data, file)
    assert totals(second) == Counter(gone=1)
    assert content(data) == before
    assert rows(data, "SELECT state FROM raw.addresses WHERE state = 'gone'") == [{"state": "gone"}]
    assert refresh(data, file).reports[0].requests <= 2


def test_a_source_that_fails_is_named_and_stops_no_other(site: LocalSite, tmp_path: Path) -> None:
    (published, *_) = publishers(site)
    bad = {
        "html": Page(b"<!DOCTYPE html><html><title>Masuk</title><input type=password></html>"),
        "kosong": Page(b"<rss version='2.0'><channel></channel></rss>", "text/xml"),
        "bom": Page(b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "a">]><rss/>', "text/xml"),
        "putar": Page(b"", "text/xml"),
        "putus": faults.reset(),
        "lambat": Page(b"", status=503),
        "habis": Page(b"", status=404),
    }
    described = []
    for name, page in bad.items():
        host = f"{name}.localhost"
        kind = "sitemaps" if name == "putar" else "feeds"
        address = site.add(host, "/f", page)
        described.append(f'  - {{id: {name}, name: X, delay: 0, {kind}: ["{address}"]}}\n')
    loop = f"<sitemapindex><sitemap><loc>{site.address('putar.localhost', '/f')}</loc></sitemap></sitemapindex>"
    site.add("putar.localhost", "/f", Page(loop.encode(), "text/xml"))
    described.append('  - {id: mati, name: X, delay: 0, feeds: ["http://mati.localhost:9/f"]}\n')
    described.append('  - {id: tanpa-nama, name: X, delay: 0, feeds: ["http://tidak-ada.invalid/f"]}\n')
    done = refresh(tmp_path / "data", describe(tmp_path, [published], *described))
    assert totals(done)["new"] == 4
    named = {failure.reason.partition(":")[0] for failure in done.summary.failures}
    assert named == {*bad, "mati", "tanpa-nama"}
    assert [each["status"] for each in rows(tmp_path / "data", "FROM runs")] == ["done with failures"]


def test_variants_of_an_article_are_one_and_long_ones_are_whole(site: LocalSite, tmp_path: Path) -> None:
    own = site.address("a.localhost", "/berita/9001/jamsostek-panjang")
    page = article("Jamsostek panjang", "41,20", "Kabupaten Sambas", own, '<a href="?page=all">Semua</a>')
    whole = article("Jamsostek panjang", "41,20", "Kabupaten Sambas", own, "<p>Bagian kedua dari berita ini.</p>")
    site.add("a.localhost", "/berita/9001/jamsostek-panjang", page)
    site.add("a.localhost", "/berita/9001/jamsostek-panjang?page=all", whole)
    site.add("a.localhost", "/read/9001/jamsostek-panjang", page)
    links = [own, own + "?utm_source=x", own + "/amp", site.address("a.localhost", "/read/9001/jamsostek-panjang")]
    listing = site.add("a.localhost", "/tag", "".join(f'<h3><a href="{link}">UCJ</a></h3>' for link in links))
    line = f'  - {{id: a, name: A, delay: 0, listings: [{{address: "{listing}", links: "h3 a", on_topic: true}}]}}\n'
    data = tmp_path / "data"
    done = refresh(data, write_sources(tmp_path / "s.yml", line))
    assert totals(done) == Counter(found=2, new=1, variants=1)
    (document,) = rows(data, "SELECT source, text FROM documents")
    assert document["source"] == own
    assert "Bagian kedua" in document["text"]


def test_a_page_that_became_an_error_page_does_not_replace_the_article(site: LocalSite, tmp_path: Path) -> None:
    (published, *_) = publishers(site)
    file, data = describe(tmp_path, [published]), tmp_path / "data"
    refresh(data, file)
    before = content(data)
    published.publish(1, when="2026-11-21")
    site.add(published.host, published.path(1), "<html><title>Just a moment...</title><p>Tunggu</p></html>")
    published.relist()
    second = refresh(data, file)
    assert second.summary.has_failures
    assert content(data) == before


def test_bounds_hold_and_the_rest_comes_next_time(site: LocalSite, tmp_path: Path) -> None:
    published = Publisher(site, "a.localhost", "feed", 7)
    file, data = write_sources(tmp_path / "s.yml", published.describe("a", at_most=5)), tmp_path / "data"
    assert totals(refresh(data, file)) == Counter(found=7, new=5)
    assert totals(refresh(data, file)) == Counter(new=2)
    few = write_sources(tmp_path / "few.yml", published.describe("a", at_least=50))
    (failure,) = refresh(data, few).summary.failures
    assert failure.kind == "too_few"


def test_every_request_is_a_row(site: LocalSite, tmp_path: Path) -> None:
    published = publishers(site)
    site.add("a.localhost", "/berita/1/jamsostek-lama", Page(b"", status=500))
    published[0].lines.append(("/rahasia/jamsostek", "Jamsostek", "2026-11-20T08:00:00+07:00"))
    published[0].relist()
    data = tmp_path / "data"
    refresh(data, describe(tmp_path, published[:2]))
    asked = rows(data, "SELECT * FROM raw.requests WHERE status IS NOT NULL")
    assert len(asked) == len(site.asked)
    assert sum(each["bytes"] for each in asked) == site.sent
    assert rows(data, "SELECT robots FROM raw.requests WHERE address LIKE '%/rahasia/%'") == [{"robots": "disallowed"}]
    assert rows(data, "SELECT DISTINCT purpose FROM raw.requests ORDER BY 1") == [
        {"purpose": purpose} for purpose in ("article", "feed", "robots", "sitemap")
    ]


def test_views_say_what_happened_to_each_source_and_address(site: LocalSite, tmp_path: Path) -> None:
    published = publishers(site)
    site.add("a.localhost", "/berita/1/jamsostek-lama", Page(b"", status=500))
    published[0].lines.append(("/rahasia/jamsostek", "Jamsostek", "2026-11-20T08:00:00+07:00"))
    published[0].relist()
    data = tmp_path / "data"
    refresh(data, describe(tmp_path, published[:2]))
    shown = rows(data, "SELECT address, state, document_id, last_status, last_error_kind FROM addresses")
    assert len(shown) == rows(data, "SELECT count(*) AS n FROM raw.addresses")[0]["n"]
    taken = [each for each in shown if each["state"] == "taken" and each["document_id"]]
    assert len(taken) == rows(data, "SELECT count(*) AS n FROM documents")[0]["n"]
    assert {(each["last_status"], each["last_error_kind"]) for each in taken} == {(200, None)}
    (forbidden,) = [each for each in shown if "/rahasia/" in each["address"]]
    assert (forbidden["document_id"], forbidden["last_status"]) == (None, None)
    assert forbidden["last_error_kind"]
    sources = {each["source_id"]: each for each in rows(data, "FROM sources ORDER BY source_id")}
    asked = rows(data, "SELECT source_id, count(*) AS n, count(error_kind) AS bad FROM raw.requests GROUP BY ALL")
    assert {each["source_id"]: (each["n"], each["bad"]) for each in asked} == {
        name: (each["last_run_requests"], each["last_run_failed_requests"]) for name, each in sources.items()
    }
    assert sum(each["documents"] for each in sources.values()) == len(taken)
    assert sum(each["observations"] for each in sources.values()) == len(rows(data, "FROM observations"))
    lineage = rows(data, "SELECT requested_address, source, http_status FROM lineage")
    assert lineage
    assert all(each["requested_address"] == each["source"] and each["http_status"] == 200 for each in lineage)
    found = trace(data / "cakupan.duckdb", rows(data, "SELECT observation_id FROM lineage")[0]["observation_id"])
    assert (found.requested_address, found.http_status) == (found.source, 200)


def test_killed_in_the_middle_and_run_again_every_article_is_there_once(site: LocalSite, tmp_path: Path) -> None:
    published = Publisher(site, "a.localhost", "feed", 16)
    site.latency = 0.1
    file, data = write_sources(tmp_path / "s.yml", published.describe("a")), tmp_path / "data"
    command = [Path(sys.executable).with_name("cakupan"), "refresh", "--file", file, "--warehouse", data]
    data.mkdir()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    deadline = time.monotonic() + 60
    while len(site.asked) < 8 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert 8 <= len(site.asked) < 18
    site.latency = 0
    done = refresh(data, file)
    assert totals(done)["new"] == 16
    assert len(content(data)) == 16
    assert rows(data, "SELECT count(*) AS n FROM observations") == [{"n": 16}]
    assert totals(refresh(data, file)) == Counter()


def archived(data: Path) -> dict[str, bytes]:
    """The bodies that the one archive of a run holds, by address."""
    from warcio.archiveiterator import ArchiveIterator

    (path,) = (data / "archive").iterdir()
    with path.open("rb") as stream:
        return {
            each.rec_headers["WARC-Target-URI"]: each.content_stream().read()
            for each in ArchiveIterator(stream)
            if each.rec_type == "response"
        }


def test_an_archive_holds_what_came_over_the_line(site: LocalSite, tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    (published, *_) = publishers(site)
    data = tmp_path / "data"
    refresh(data, describe(tmp_path, [published]), archive=True)
    pages = archived(data)
    (path,) = (data / "archive").iterdir()
    with path.open("rb") as stream:
        records = [(each.rec_type, each.rec_headers["WARC-Target-URI"], each) for each in ArchiveIterator(stream)]
    assert set(pages) == {each["source"] for each in content(data)}
    address = site.address("a.localhost", published.path(2))
    assert pages[address] == site.pages["a.localhost", published.path(2)].body  # type: ignore[union-attr]
    (request,) = (each for kind, of, each in records if kind == "request" and of == address)
    assert request.http_headers.protocol == "GET"
    assert request.http_headers.statusline == f"{published.path(2)} HTTP/1.1"
    assert Counter(kind for kind, _, _ in records) == Counter(response=4, request=4)


def test_without_a_contact_nobody_is_asked(site: LocalSite, tmp_path: Path) -> None:
    from tasks.errors import UsageError

    file = write_sources(tmp_path / "s.yml", Publisher(site, "a.localhost", "feed", 1).describe("a"))
    file.write_text(file.read_text().replace("contact: uji@contoh.example\n", ""))
    with pytest.raises(UsageError, match="reach you"):
        refresh(tmp_path / "data", file)
    assert not site.asked


def test_a_check_tries_lists_and_newest_article_and_names_what_fails(site: LocalSite, tmp_path: Path) -> None:
    (published, *_) = publishers(site)
    broken = site.add("rusak.localhost", "/f", "<html><title>Masuk</title><input type=password></html>")
    lines = [published.describe("baik"), f'  - {{id: rusak, name: R, delay: 0, feeds: ["{broken}"]}}\n']
    command = [Path(sys.executable).with_name("cakupan"), "sources", "check"]
    file = ["--file", str(write_sources(tmp_path / "s.yml", *lines))]
    done = subprocess.run([*command, *file], capture_output=True, text=True)
    assert done.returncode == 1
    assert "rusak: is no feed but a web page: it asks for a login" in done.stderr
    (line,) = (each for each in done.stdout.splitlines() if each.startswith("baik"))
    assert line.split()[1:4] == ["8", "4", "1"]
    assert "Cakupan Jamsostek" in line
    good = subprocess.run([*command, "baik", *file], capture_output=True, text=True)
    assert (good.returncode, good.stderr) == (0, "")
    assert not (tmp_path / "data").exists()


def test_an_article_on_several_pages_is_one_document(site: LocalSite, tmp_path: Path) -> None:
    """Page 1 names page 2, only page 2 names page 3; what each page repeats stands in the text once."""
    path = "/berita/9001/jamsostek-panjang"
    own = site.address("a.localhost", path)
    told = "Kepala dinas menyebut pekerja di desa nelayan, petani, dan pedagang pasar juga didaftarkan bertahap."
    site.add("a.localhost", path, article("UCJ", "41,20", "Kota Pontianak", own, f'<a href="{path}?page=2">2</a>'))
    further = {
        2: f'<p>Peserta aktif di Kabupaten Sambas mencapai 12.345 orang. {told}</p><a href="{path}?page=3">3</a>',
        3: "<p>Penutup singkat dari redaksi.</p>",
    }
    for number, extra in further.items():
        page = article("UCJ", "41,20", "Kota Pontianak", own, extra)
        site.add("a.localhost", f"{path}?page={number}", page)
    listing = site.add("a.localhost", "/tag", f'<h3><a href="{own}">UCJ</a></h3>')
    line = f'  - {{id: a, name: A, delay: 0, listings: [{{address: "{listing}", links: "h3 a", on_topic: true}}]}}\n'
    file, data = write_sources(tmp_path / "s.yml", line), tmp_path / "data"
    assert totals(refresh(data, file, archive=True)) == Counter(found=1, new=1)
    assert len(archived(data)) == 3
    (document,) = rows(data, "SELECT source, text FROM documents")
    assert document["source"] == own
    lines = document["text"].split("\n")
    assert [line.split()[0] for line in lines] == ["Cakupan", "Pemerintah", "Peserta", "Penutup"]
    assert "12.345" in document["text"]
    assert rows(data, "SELECT media_type FROM raw.snapshots") == [{"media_type": "multipart/related"}]

    replayed = replay(data)
    assert (replayed.documents, replayed.changes, replayed.failures) == (1, [], [])

    site.forget()
    asked_again(data)
    assert totals(refresh(data, file)) == Counter(unchanged=1)
    (again,) = (each for each in site.asked if each.path == path)
    assert again.is_conditional

    asked_again(data)
    site.add("a.localhost", path, article("UCJ", "42,30", "Kota Pontianak", own, f'<a href="{path}?page=2">2</a>'))
    site.add("a.localhost", f"{path}?page=2", Page(b"", status=403))
    broken = refresh(data, file)
    assert totals(broken) == Counter(failed=1)
    assert "has a further page" in broken.summary.failures[0].reason
    assert rows(data, "SELECT source, text FROM documents") == [document]


def asked_again(data: Path) -> None:
    """Makes all addresses due, as if their time had come."""
    with duckdb.connect(data / "cakupan-work.duckdb") as connection:
        connection.execute("UPDATE raw.addresses SET due_at = found_at WHERE kind = 'article'")
