"""A refresh where articles and lists are broken, slow or too large: named, bounded, and nothing else is lost."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

import faults
import pytest
from kabar import Publisher, article, write_sources
from local_site import LocalSite, Page
from refreshing import content, describe, publishers, refresh, rows, totals

from tasks.fetch import Limits

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.usefixtures("prefect", "loopback")


def test_faults_of_articles_are_named_take_little_time_and_lose_nothing(
    site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Limits(size=50_000, read_seconds=0.5, total_seconds=1, attempts=2, backoff=0.01, longest_wait=1)
    monkeypatch.setattr("flows.asking.Limits", lambda: small)
    bad = {
        "reset": faults.reset(),
        "drip": faults.drip(),
        "endless": faults.endless(),
        "bomb": faults.gzip_bomb(),
        "length": faults.long_length(),
        "chunks": faults.bad_chunks(),
        "circle": faults.redirect("/feed2"),
        "inside": faults.redirect("http://127.0.0.1:9/"),
        "file": faults.redirect("file:///etc/passwd"),
        "busy": faults.statuses((429, "")),
        "later": faults.statuses((429, "Retry-After: 900\r\n")),
        "broken": faults.statuses((500, "")),
        "picture": Page(b"\x89PNG", "image/png"),
        "cut": Page(b"<html><head><title>Putus di te"),
    }
    published = {name: Publisher(site, f"{name}.localhost", "feed", 1) for name in ("good", *bad)}
    file = write_sources(tmp_path / "s.yml", *(each.describe(name) for name, each in published.items()))
    data = tmp_path / "data"
    assert totals(refresh(data, file))["new"] == len(published)
    before = content(data)
    for name, each in published.items():
        each.publish(0, when="2026-11-21")
        if name in bad:
            site.add(each.host, each.path(0), bad[name])
        if name == "circle":
            site.add(each.host, "/feed2", faults.redirect(each.path(0)))
        each.relist()
    started = time.monotonic()
    done = refresh(data, file)
    assert time.monotonic() - started < 30
    reports = {each.source_id: each for each in done.reports}
    assert {name for name, report in reports.items() if report.failed} == set(bad)
    assert {urlsplit(failure.source).hostname for failure in done.summary.failures} == {
        f"{name}.localhost" for name in bad
    }
    assert content(data) == before


def test_articles_that_cannot_be_had_are_named_and_the_others_come(
    site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults of articles that are asked for the first time; one that heals and one in a wrong charset are taken."""
    monkeypatch.setattr("flows.asking.Limits", lambda: Limits(read_seconds=0.5, total_seconds=1, backoff=0.01))
    path = "/berita/9001/jamsostek"
    own = site.address("aneh.localhost", path)
    page = article("UCJ naik di Café Nelayan", "41,20", "Kota Pontianak", own)
    odd = Page(page.replace("utf-8", "iso-8859-1").encode(), "text/html; charset=iso-8859-1")
    site.add("aneh.localhost", path, odd)
    site.add("pulih.localhost", path, faults.first_fails(page.replace("aneh.", "pulih.")))
    site.add("tanpa-salinan.localhost", path, faults.statuses((304, "")))
    site.add("dilarang.localhost", "/robots.txt", Page(b"User-agent: *\nDisallow: /berita", "text/plain"))
    bad = {
        "mati": f"http://mati.localhost:9{path}",
        "tanpa-nama": f"http://tidak-ada.invalid{path}",
        "tanpa-salinan": site.address("tanpa-salinan.localhost", path),
        "dilarang": site.address("dilarang.localhost", path),
        "dalam": f"http://127.0.0.1:{site.port}{path}",
    }
    good = {"aneh": own, "pulih": site.address("pulih.localhost", path)}
    lines = [
        f'  - {{id: {name}, name: X, delay: 0, addresses: ["{address}"]}}\n' for name, address in (bad | good).items()
    ]
    done = refresh(tmp_path / "data", write_sources(tmp_path / "s.yml", *lines))
    named = {failure.reason.partition(":")[0]: failure.kind for failure in done.summary.failures}
    assert named == {
        "mati": "robots_unreachable",
        "tanpa-nama": "dns",
        "tanpa-salinan": "unexpected_304",
        "dilarang": "robots_disallowed",
        "dalam": "private",
    }
    titles = rows(tmp_path / "data", "SELECT DISTINCT title FROM documents")
    assert titles == [{"title": "UCJ naik di Café Nelayan"}]
    assert len(content(tmp_path / "data")) == len(good)


def test_a_list_that_breaks_the_code_is_named_and_its_requests_are_kept(
    site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **more: object) -> None:
        raise RecursionError("too deep")

    (published, other, _) = publishers(site)
    monkeypatch.setattr("tasks.discover.feeds.feedparser.parse", fail)
    done = refresh(tmp_path / "data", describe(tmp_path, [published, other]))
    (failure,) = done.summary.failures
    assert (failure.kind, failure.source) == ("defect", site.address("a.localhost", "/feed"))
    assert "RecursionError: too deep" in failure.reason
    assert totals(done)["new"] == 4
    asked = rows(tmp_path / "data", "SELECT address FROM raw.requests WHERE source_id = 's0' ORDER BY requested_at")
    assert [urlsplit(each["address"]).path for each in asked] == ["/robots.txt", "/feed"]


def test_lists_that_are_too_long_are_read_in_part_or_named(site: LocalSite, tmp_path: Path) -> None:
    """A feed with 100,000 entries; a sitemap of 7 MB, as large publishers have, which is no fault."""
    for host in ("panjang.localhost", "peta.localhost"):
        own = site.address(host, "/berita/9001/jamsostek")
        site.add(host, "/berita/9001/jamsostek", article("Jamsostek", "41,20", "Kota Pontianak", own))
    entry = "<item><link>/b/%d</link></item>"
    first = "<item><link>/berita/9001/jamsostek</link></item>"
    feed = f"<rss version='2.0'><channel>{first}" + "".join(entry % number for number in range(100_000))
    site.add("panjang.localhost", "/feed", Page(feed.encode(), "text/xml"))
    site.add("sarat.localhost", "/feed", Page(feed.encode() + b" " * 5_000_000, "text/xml", packed=True))
    urls = "".join(
        f"<url><loc>{site.address('peta.localhost', f'/sepak-bola/{number}')}</loc>"
        f"<lastmod>2026-11-01T08:00:00+07:00</lastmod></url>"
        for number in range(60_000)
    )
    newest = site.address("peta.localhost", "/berita/9001/jamsostek")
    urls += f"<url><loc>{newest}</loc><lastmod>2026-11-20T08:00:00+07:00</lastmod></url>"
    site.add("peta.localhost", "/peta.xml", Page(f"<urlset>{urls}</urlset>".encode(), "text/xml"))
    lines = [
        f'  - {{id: panjang, name: X, delay: 0, feeds: ["{site.address("panjang.localhost", "/feed")}"]}}\n',
        f'  - {{id: sarat, name: X, delay: 0, feeds: ["{site.address("sarat.localhost", "/feed")}"]}}\n',
        f'  - {{id: peta, name: X, delay: 0, sitemaps: ["{site.address("peta.localhost", "/peta.xml")}"]}}\n',
    ]
    started = time.monotonic()
    done = refresh(tmp_path / "data", write_sources(tmp_path / "s.yml", *lines))
    assert time.monotonic() - started < 60
    assert {each.source_id: each.new for each in done.reports} == {"panjang": 1, "sarat": 0, "peta": 1}
    (failure,) = done.summary.failures
    assert failure.kind == "too_large"
