"""Each way in which a server can misbehave, with the real client: named, bounded in time, and nothing lost."""

from __future__ import annotations

import asyncio
import datetime
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import faults
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from local_site import LocalSite, Page, running

from tasks.fetch import Answer, Fetcher, Limits, Politeness, Wanted
from tasks.fetch.guard import is_public

HOST = "kabar.localhost"
LIMITS = Limits(
    size=100_000, connect_seconds=2, read_seconds=0.5, total_seconds=1, attempts=2, backoff=0.01, longest_wait=2
)


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with running(LocalSite()) as site:
        yield site


def fetch(
    *addresses: str, trust: ssl.SSLContext | None = None, limits: Limits = LIMITS, **validators: str
) -> list[Answer]:
    """What a fetcher with no delay makes of the addresses, all at once."""

    async def run() -> list[Answer]:
        polite = Politeness(connections=2, delay=0)
        async with Fetcher("test", limits=limits, default=polite, allowed=[".localhost"], trust=trust) as fetcher:
            wanted = [Wanted(address=address, source_id="s", **validators) for address in addresses]
            return await asyncio.gather(*map(fetcher.fetch, wanted))

    return asyncio.run(run())


def kind_of(answer: Answer) -> str | None:
    return answer.failure.kind if answer.failure else None


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.reset(), "reset"),
        (faults.drip(), "slow"),
        (faults.silence(), "slow"),
        (faults.endless(), "too_large"),
        (faults.gzip_bomb(), "too_large"),
        (faults.gzip_bomb("deflate"), "too_large"),
        (faults.long_length(), "protocol"),
        (faults.short_gzip(), "damaged"),
        (faults.bad_chunks(), "protocol"),
        (faults.large_head(), "protocol"),
        (faults.nonsense(), "protocol"),
        (faults.informing(), "slow"),
        (faults.statuses((500, "")), "status"),
        (faults.statuses((429, "")), "busy"),
        (faults.statuses((429, "Retry-After: 3600\r\n")), "busy"),
        (faults.statuses((304, "")), "unexpected_304"),
        (faults.statuses((401, "")), "status"),
        (faults.statuses((404, "")), "gone"),
        (faults.statuses((410, "")), "gone"),
        (faults.redirect("file:///etc/passwd"), "scheme"),
        (faults.redirect("ftp://kabar.localhost/"), "scheme"),
        (faults.redirect("http://user:word@kabar.localhost/"), "address"),
        (faults.redirect("http://[::1"), "address"),
        (faults.redirect("http://127.0.0.1:9/"), "private"),
        (faults.redirect("http://169.254.169.254/latest/meta-data"), "private"),
        (faults.redirect("/page"), "redirect_loop"),
        (Page(b"%PDF", "application/pdf"), "media_type"),
        (Page(b"x", headers={"Content-Encoding": "br"}), "damaged"),
    ],
)
def test_a_fault_is_named_and_bounded(site: LocalSite, fault: object, kind: str) -> None:
    address = site.add(HOST, "/page", fault)  # type: ignore[arg-type]
    good = site.add(HOST, "/good", "<p>isi</p>")
    started = time.monotonic()
    bad, fine = fetch(address, good)
    assert kind_of(bad) == kind
    assert time.monotonic() - started < 4
    assert bad.failure
    assert bad.failure.reason
    assert bad.requests
    assert bad.requests[-1].error_kind
    assert bad.content == b""
    assert fine.failure is None or fine.failure.kind == "host_closed"


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_no_answer_of_broken_bytes_hangs_or_breaks_the_client(site: LocalSite, first: int) -> None:
    """Answers that are damaged in many ways are named or read, and the host's next page is right."""
    hosts = {seed: f"h{seed}.localhost" for seed in range(first, first + 40)}
    broken = [site.add(host, "/a", faults.mutated(seed)) for seed, host in hosts.items()]
    good = [site.add(host, "/b", f"<p>{host}</p>") for host in hosts.values()]
    answers = fetch(*broken, *good, limits=replace(LIMITS, read_seconds=5, total_seconds=10))
    kinds = {kind_of(each) for each in answers[: len(hosts)]}
    assert {None, "protocol"} <= kinds
    assert "slow" not in kinds
    assert all(each.requests for each in answers)
    assert [each.content.decode() for each in answers[len(hosts) :]] == [f"<p>{host}</p>" for host in hosts.values()]


def fetch_in_turn(*addresses: str) -> list[Answer]:
    """What a fetcher makes of the addresses, one after the other over one connection where that lasts."""

    async def run() -> list[Answer]:
        polite = Politeness(connections=1, delay=0)
        async with Fetcher("test", limits=LIMITS, default=polite, allowed=[".localhost"]) as fetcher:
            answers = []
            for address in addresses:
                answers.append(await fetcher.fetch(Wanted(address=address, source_id="s")))
                await asyncio.sleep(0.15)
            return answers

    return asyncio.run(run())


@pytest.mark.parametrize(
    "fault", [faults.short_length(), faults.short_length(0.05), faults.unasked(), faults.until_end()]
)
def test_no_page_gets_what_was_left_on_the_connection(site: LocalSite, fault: object) -> None:
    """Bytes behind an answer, and a connection that the host has ended since, cost the next page nothing."""
    odd = site.add(HOST, "/odd", fault)  # type: ignore[arg-type]
    good = site.add(HOST, "/good", "<p>halaman lain</p>")
    answers = fetch_in_turn(odd, good, good)
    assert [each.content for each in answers] == [b"<p>isi</p>", b"<p>halaman lain</p>", b"<p>halaman lain</p>"]
    assert [each.status for each in answers] == [200, 200, 200]


def test_a_connection_is_used_again(site: LocalSite) -> None:
    good = site.add(HOST, "/good", "<p>isi</p>")
    unchanged = site.add(HOST, "/304", Page(status=304, headers={"ETag": '"a"'}, etag=False))
    missing = site.add(HOST, "/404", Page(b"tidak ada", status=404))
    fetch_in_turn(good, unchanged, missing, good)
    assert len(site.paths()) == 4
    assert site.connections[HOST] == 1


def test_no_fault_asks_inside_the_own_network(site: LocalSite) -> None:
    """The site itself listens on 127.0.0.1: a redirect there by number is refused, by an allowed name it is not."""
    site.add(HOST, "/in", faults.redirect(lambda: f"http://127.0.0.1:{site.port}/secret"))
    site.add(HOST, "/on", faults.redirect(lambda: site.address("lain.localhost", "/isi")))
    site.add("127.0.0.1", "/secret", "<p>rahasia</p>")
    site.add("lain.localhost", "/isi", "<p>isi</p>")
    inside, onward = fetch(site.address(HOST, "/in"), site.address(HOST, "/on"))
    assert inside.failure
    assert "not on the public internet" in inside.failure.reason
    assert onward.content == b"<p>isi</p>"
    assert onward.address == site.address("lain.localhost", "/isi")
    assert {each.host for each in site.asked} == {HOST, "lain.localhost"}


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1"),  # noqa: S104
        *("fe80::1", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1"),
        *("fe80::1%eth0", "255.255.255.255", "2130706433", "::"),
    ],
)
def test_no_private_address_is_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "103.10.200.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are(ip: str) -> None:
    assert is_public(ip)


def test_a_name_that_changes_its_mind_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is resolved once; what was checked is what is connected to."""
    answers = iter([["203.0.113.7", "127.0.0.1"], ["127.0.0.1"]])

    async def look_up(host: str, port: int) -> list[str]:
        return next(answers)

    monkeypatch.setattr("tasks.fetch.guard._look_up", look_up)
    (answer,) = fetch("http://rebind.example/")
    assert kind_of(answer) == "private"
    assert answer.failure
    assert "not on the public internet" in answer.failure.reason


def test_a_refused_connection_and_a_name_that_is_none(site: LocalSite) -> None:
    refused, unknown = fetch("http://kabar.localhost:9/a", "http://tidak-ada.invalid/a")
    assert [kind_of(refused), kind_of(unknown)] == ["robots_unreachable", "dns"]
    assert refused.failure
    assert "refuses the connection" in refused.failure.reason
    assert unknown.failure
    assert "no address" in unknown.failure.reason
    assert [each.error_kind for each in refused.requests] == ["refused", "refused", "robots_unreachable"]


def test_a_host_that_speaks_no_tls_is_not_waited_for(site: LocalSite) -> None:
    (answer,) = fetch(site.address(HOST, "/a", "https"))
    assert kind_of(answer) == "robots_unreachable"
    assert {each.error_kind for each in answer.requests[:-1]} == {"slow"}
    assert site.asked == []


def test_what_heals_is_tried_again(site: LocalSite) -> None:
    failing = site.add(HOST, "/500", faults.statuses((500, ""), (200, "")))
    waiting = site.add("sibuk.localhost", "/429", faults.statuses((429, "Retry-After: 1\r\n"), (200, "")))
    started = time.monotonic()
    first, second = fetch(failing, waiting)
    assert [each.status for each in first.requests if each.purpose == "article"] == [500, 200]
    assert [each.status for each in second.requests if each.purpose == "article"] == [429, 200]
    assert second.content == b"<p>isi halaman</p>"
    assert 1 <= time.monotonic() - started < 3


def test_a_host_that_asks_to_wait_long_is_left_alone(site: LocalSite) -> None:
    busy = faults.statuses((429, "Retry-After: 3600\r\n"))
    addresses = [site.add(HOST, f"/{number}", busy) for number in range(10)]
    answers = fetch(*addresses)
    assert {kind_of(each) for each in answers} == {"busy", "host_closed"}
    assert len(site.paths()) <= 2


def test_a_dead_host_costs_a_few_requests(site: LocalSite) -> None:
    addresses = [site.add(HOST, f"/{number}", faults.reset()) for number in range(30)]
    answers = fetch(*addresses)
    assert "host_closed" in {kind_of(each) for each in answers}
    assert len(site.paths()) <= 10


def test_a_copy_that_is_still_right_costs_no_body(site: LocalSite) -> None:
    address = site.add(HOST, "/a", "<p>isi</p>")
    (first,) = fetch(address)
    assert first.etag
    (second,) = fetch(address, etag=first.etag)
    assert second.is_unchanged
    assert second.content == b""
    assert second.requests[-1].conditional
    assert second.requests[-1].bytes == 0


def test_pages_come_unpacked_and_charset_and_truncation_are_left_to_the_reader(site: LocalSite) -> None:
    packed = site.add(HOST, "/packed", Page(b"<p>isi</p>" * 1000, packed=True))
    wrong = site.add(HOST, "/wrong", Page("<p>caf\xe9</p>".encode("latin-1"), "text/html; charset=utf-8"))
    cut = site.add(HOST, "/cut", "<html><body><p>putus di ten")
    first, second, third = fetch(packed, wrong, cut)
    assert first.content == b"<p>isi</p>" * 1000
    assert first.requests[-1].bytes < 500
    assert (second.content, second.charset) == ("<p>caf\xe9</p>".encode("latin-1"), "utf-8")
    assert third.content.endswith(b"ten")


@pytest.mark.parametrize(
    ("robots", "kind"),
    [
        (Page(b"", status=404), None),
        (Page(b"", status=403), None),
        (Page(b"", status=500), "robots_unreachable"),
        (Page(b"", status=429), "robots_unreachable"),
        (faults.silence(), "robots_unreachable"),
        (faults.redirect("/robots.txt"), "robots_unreachable"),
        (Page(b"<html>not found</html>"), None),
        (Page(b"User-agent: *\nDisallow: /", "text/plain"), "robots_disallowed"),
        (Page(b"User-agent: *\nDisallow: /\n\nUser-agent: cakupan\nAllow: /", "text/plain"), None),
        (Page(b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "text/plain"), "robots_disallowed"),
        (Page(b"User-agent: *\nDisallow: /a\n" + b"# padding\n" * 1_000_000, "text/plain"), "robots_disallowed"),
        (Page(b"User-agent: *\nDisallow: /a\n" + b"#\n" * 1_000_000, "text/plain", packed=True), "robots_disallowed"),
    ],
)
def test_robots_decide(site: LocalSite, robots: object, kind: str | None) -> None:
    site.add(HOST, "/robots.txt", robots)  # type: ignore[arg-type]
    first, second = fetch(site.add(HOST, "/a", "<p>isi</p>"), site.add(HOST, "/ab", "<p>isi</p>"))
    assert kind_of(first) == kind_of(second) == kind
    assert site.paths() == ([] if kind else ["/a", "/ab"])
    assert site.paths(robots=True).count("/robots.txt") <= LIMITS.attempts
    assert first.requests[-1].robots == ("allowed" if kind is None else kind.removeprefix("robots_"))


def test_a_crawl_delay_is_kept(site: LocalSite) -> None:
    site.add(HOST, "/robots.txt", Page(b"User-agent: *\nCrawl-delay: 0.3", "text/plain"))
    started = time.monotonic()
    fetch(*(site.add(HOST, f"/{number}", "<p>isi</p>") for number in range(4)))
    assert time.monotonic() - started > 0.3 * 0.75 * 3


def test_never_more_connections_than_allowed_and_no_cookies(site: LocalSite) -> None:
    site.latency = 0.01
    page = Page(b"<p>isi</p>", headers={"Set-Cookie": "id=1; Path=/"})
    answers = fetch(*(site.add(host, f"/{number}", page) for host in (HOST, "b.localhost") for number in range(20)))
    assert all(each.content for each in answers)
    assert set(site.most_connections.values()) == {2}
    assert not any("cookie" in each.headers for each in site.asked)
    assert {each.headers["user-agent"] for each in site.asked} == {"test"}


def certificate(folder: Path, expires: datetime.timedelta) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's side of a certificate for the host."""
    now = datetime.datetime.now(datetime.UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=30))
        .not_valid_after(now + expires)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    path = folder / "server.pem"
    private = serialization.PrivateFormat.PKCS8
    path.write_bytes(pem + key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cadata=pem.decode())


@pytest.mark.parametrize(("days", "reason"), [(30, None), (-1, "certificate has expired")])
def test_a_certificate_must_hold(tmp_path: Path, days: int, reason: str | None) -> None:
    server, client = certificate(tmp_path, datetime.timedelta(days=days))
    with running(LocalSite(), server) as site:
        site.add(HOST, "/a", "<p>isi</p>")
        site.add(HOST, "/endless", faults.endless())
        answer, endless = fetch(
            site.address(HOST, "/a", "https"), site.address(HOST, "/endless", "https"), trust=client
        )
    if reason is None:
        assert answer.content == b"<p>isi</p>"
        assert kind_of(endless) == "too_large"
    else:
        assert answer.failure
        assert reason in answer.failure.reason
        assert answer.content == b""
