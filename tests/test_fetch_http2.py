"""HTTP/2 where the server speaks it: many answers over few connections, with the same limits."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived
from test_fetch_faults import HOST, certificate, fetch


class Http2Site:
    """Answers /padat with a bomb, and everything else with a short page."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        tls.set_alpn_protocols(["h2"])
        self.tls = tls
        self.port = 0
        self.connections = 0
        self.asked: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        connection = H2Connection(H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, RequestReceived) and event.stream_id is not None:
                    headers = dict(event.headers or [])
                    self._answer(connection, event.stream_id, headers[b":path"].decode())
            writer.write(connection.data_to_send())
        writer.close()

    def _answer(self, connection: H2Connection, stream: int, path: str) -> None:
        self.asked.append(path)
        head = [(":status", "404" if path == "/robots.txt" else "200"), ("content-type", "text/html")]
        body = b"<p>isi</p>"
        if path == "/padat":
            head.append(("content-encoding", "gzip"))
            body = gzip.compress(bytes(10_000_000))
        connection.send_headers(stream, head)
        connection.send_data(stream, body, end_stream=True)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Http2Site, ssl.SSLContext]]:
    server, client = certificate(tmp_path, timedelta(days=1))
    site, ready, loop = Http2Site(server), threading.Event(), asyncio.new_event_loop()

    async def listen() -> None:
        listener = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=site.tls)
        site.port = listener.sockets[0].getsockname()[1]
        ready.set()

    thread = threading.Thread(target=lambda: (loop.run_until_complete(listen()), loop.run_forever()), daemon=True)
    thread.start()
    assert ready.wait(10)
    yield site, client
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def test_answers_come_over_http2_within_the_limits(site: tuple[Http2Site, ssl.SSLContext]) -> None:
    server, client = site
    address = f"https://{HOST}:{server.port}"
    answers = fetch(*(f"{address}/{number}" for number in range(20)), f"{address}/padat", trust=client)
    assert [each.content for each in answers[:20]] == [b"<p>isi</p>"] * 20
    assert answers[20].failure
    assert answers[20].failure.kind == "too_large"
    assert sorted(server.asked) == sorted(["/robots.txt", "/padat", *(f"/{number}" for number in range(20))])
    assert server.connections <= 2
