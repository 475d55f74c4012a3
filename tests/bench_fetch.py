"""How fast articles are fetched, beside trafilatura's downloader and a bare httpx client, in the same run.

The site runs in a process of its own: 1,000 articles on 20 hosts, no delay, two connections a host. They take turns,
and the best of several rounds counts for each. Sites on the web answer after 50 ms and more; there the connections
decide. Answers without any wait show what each client computes: a request costs the site 0.1 ms, less than any of
them. Where a way takes many more seconds than those of a processor although nothing waits, the machine was busy.

Trafilatura on more threads than it takes by itself opens any number of connections to a host; it is shown, and
nothing is promised about it.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent / "site"))
from kabar import article
from local_site import LocalSite, Page, running

HOSTS, ARTICLES, CONNECTIONS = 20, 1_000, 2
FASTER_THAN_TRAFILATURA, SLOWER_THAN_HTTPX = 2.0, 1.3
ROBOTS = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\nDisallow: /*?s=\n"


class Run(NamedTuple):
    """What one way took: seconds, those of a processor, and the most connections that a host had."""

    seconds: float
    processor: float
    connections: int


def serve(pipe: Connection, latency: float) -> None:
    """The site; sends its addresses, and when asked the most connections that a host had."""
    site = LocalSite(latency=latency)
    with running(site):
        filler = "<p>" + "kata demi kata tentang peserta di daerah. " * 400 + "</p>"
        for number in range(HOSTS):
            site.add(f"h{number}.localhost", "/robots.txt", Page(ROBOTS.encode(), "text/plain"))
        addresses = []
        for number in range(ARTICLES):
            host, path = f"h{number % HOSTS}.localhost", f"/berita/{number}"
            page = article(f"Jamsostek {number}", "40,10", "Kota Pontianak", site.address(host, path), filler)
            addresses.append(site.add(host, path, page))
        pipe.send(addresses)
        pipe.recv()
        pipe.send(max(site.most_connections.values()))


async def fetch_with_cakupan(addresses: list[str]) -> int:
    """The project's own way, with robots.txt, turns, limits and a record of each request."""
    from tasks.fetch import Fetcher, Politeness, Wanted

    polite = Politeness(connections=CONNECTIONS, delay=0)
    async with Fetcher("bench", default=polite, allowed=[".localhost"]) as fetcher:
        wanted = [Wanted(address=address, source_id="bench") for address in addresses]
        return sum(bool(each.content) for each in await asyncio.gather(*map(fetcher.fetch, wanted)))


async def fetch_with_httpx(addresses: list[str]) -> int:
    """A bare client with as many connections in all, and nothing else; not more waiting than it can serve."""
    import httpx

    limits = httpx.Limits(max_connections=HOSTS * CONNECTIONS, max_keepalive_connections=HOSTS * CONNECTIONS)
    places = asyncio.Semaphore(HOSTS * CONNECTIONS)
    async with httpx.AsyncClient(limits=limits, timeout=60, trust_env=False) as client:

        async def get(address: str) -> bool:
            async with places:
                return bool((await client.get(address)).content)

        return sum(await asyncio.gather(*map(get, addresses)))


def fetch_with_trafilatura(addresses: list[str], threads: int | None = None) -> int:
    """Its own downloader for lists of addresses, without a pause; with its own number of threads unless told."""
    from courlan import UrlStore
    from trafilatura.downloads import buffered_downloads, load_download_buffer
    from trafilatura.settings import DEFAULT_CONFIG, PARALLEL_CORES

    DEFAULT_CONFIG["DEFAULT"]["SSRF_PROTECTION"] = "off"  # else it does not ask loopback
    store, done = UrlStore(), 0
    store.add_urls(addresses)
    while not store.done:
        batch, store = load_download_buffer(store, sleep_time=0)
        if not batch:
            break
        done += sum(bool(page) for _, page in buffered_downloads(batch, threads or PARALLEL_CORES))
    return done


def resolve_localhost() -> None:
    """Lets the other two find names under localhost, which not every system's resolver knows."""
    ask = socket.getaddrinfo

    def answer(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return ask("127.0.0.1" if isinstance(name, str) and name.endswith(".localhost") else host, *rest, **more)

    socket.getaddrinfo = answer


def timed(name: str, work: Callable[[list[str]], int], latency: float) -> Run:
    """One way, on a site of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=[theirs, latency], daemon=True)
    process.start()
    addresses = ours.recv()
    started, computed = time.perf_counter(), time.process_time()
    done = work(addresses)
    seconds, processor = time.perf_counter() - started, time.process_time() - computed
    ours.send(True)
    connections = ours.recv()
    process.join()
    if done != ARTICLES:
        sys.exit(f"{name} brought {done} of {ARTICLES} articles")
    return Run(seconds, processor, connections)


def measure(latency: float, rounds: int) -> bool:
    """Writes the best times at one latency; gives whether the promises hold."""
    ways: dict[str, Callable[[list[str]], int]] = {
        "cakupan": lambda addresses: asyncio.run(fetch_with_cakupan(addresses)),
        "httpx": lambda addresses: asyncio.run(fetch_with_httpx(addresses)),
        "trafilatura": fetch_with_trafilatura,
        "trafilatura on 40 threads": lambda addresses: fetch_with_trafilatura(addresses, HOSTS * CONNECTIONS),
    }
    measured: dict[str, list[Run]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            measured[name].append(timed(name, work, latency))
    best = {name: min(run.seconds for run in runs) for name, runs in measured.items()}
    processor = {name: min(run.processor for run in runs) for name, runs in measured.items()}
    connections = max(run.connections for run in measured["cakupan"])
    faster, slower = best["trafilatura"] / best["cakupan"], best["cakupan"] / best["httpx"]
    times = "".join(f"  {name}: {best[name]:.2f} s, {processor[name]:.2f} s of a processor\n" for name in ways)
    sys.stdout.write(
        f"answers after {latency * 1000:.0f} ms\n{times}"
        f"  {faster:.1f} times as fast as trafilatura (promised {FASTER_THAN_TRAFILATURA})\n"
        f"  {slower:.2f} times as long as bare httpx (promised at most {SLOWER_THAN_HTTPX})\n"
        f"  at most {connections} connections a host (promised {CONNECTIONS})\n"
    )
    return faster >= FASTER_THAN_TRAFILATURA and slower <= SLOWER_THAN_HTTPX and connections <= CONNECTIONS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8, help="rounds without any wait; a quarter as many with one")
    rounds = parser.parse_args().rounds
    resolve_localhost()
    held = [measure(0.05, max(1, rounds // 4)), measure(0.0, rounds)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
