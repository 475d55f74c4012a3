"""Fetches articles: what a page says about its own address, and the other pages of a long one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tasks.clean.addresses import canonical_address, find_next_pages
from tasks.clean.decode import Decoded, decode
from tasks.clean.page_head import read_head
from tasks.clean.publishers import site_domain
from tasks.clean.refusals import refuse_markup
from tasks.fetch.fetcher import Fetcher
from tasks.fetch.records import Answer, Request, Wanted
from tasks.fetch.state import KnownAddress
from tasks.records import Snapshot

MOST_BYTES = 48_000_000
"""Content of a batch after which no further page is begun, so that a batch fits into memory."""

_MOST_AT_ONCE = 64
"""Articles of a batch that are on their way at a time, whatever their hosts allow."""

_TELLING = 6
"""Characters of a part of a path that tell one article from another: a number or a slug."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An address with its answer, the address that the page calls its own, and its further pages."""

    known: KnownAddress
    answer: Answer
    own_address: str
    pages: tuple[Answer, ...] = ()

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests that were made for it."""
        return (*self.answer.requests, *(request for page in self.pages for request in page.requests))

    def snapshots(self, source: str) -> list[Snapshot]:
        """What came, as documents: the page under ``source``, further pages under their own addresses."""
        whole = [page for page in self.pages if page.content and _is_whole(page.wanted.address)]
        if whole:
            return [_snapshot(whole[0], source)]
        return [
            _snapshot(self.answer, source),
            *(_snapshot(page, page.wanted.address) for page in self.pages if page.content),
        ]


async def fetch_articles(fetcher: Fetcher, due: Sequence[tuple[KnownAddress, Wanted]]) -> list[Fetched]:
    """Fetches all that fit into a batch; what was not begun is missing from the result."""
    taken = 0
    places = asyncio.Semaphore(_MOST_AT_ONCE)

    async def fetch(known: KnownAddress, wanted: Wanted) -> Fetched | None:
        nonlocal taken
        async with places:
            if taken > MOST_BYTES:
                return None
            fetched = await _fetch_article(fetcher, known, wanted)
            taken += len(fetched.answer.content) + sum(len(page.content) for page in fetched.pages)
            return fetched

    done = await asyncio.gather(*(fetch(known, wanted) for known, wanted in due))
    return [each for each in done if each is not None]


async def _fetch_article(fetcher: Fetcher, known: KnownAddress, wanted: Wanted) -> Fetched:
    answer = await fetcher.fetch(wanted)
    if not answer.content or answer.sha256 == known.sha256:
        return Fetched(known, answer, known.document_source or known.address)
    own_address, next_pages = await asyncio.to_thread(read_identity, answer)
    pages = [await fetcher.fetch(Wanted(address=page, source_id=wanted.source_id)) for page in next_pages]
    return Fetched(known, answer, own_address, tuple(pages))


def read_identity(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """The address that a page calls its own, if it can be believed, and those of the article's other pages."""
    decoded = decode(answer.content, answer.charset)
    if not isinstance(decoded, Decoded) or refuse_markup(decoded.text) is not None:
        return answer.wanted.address, ()
    head = read_head(LexborHTMLParser(decoded.text))
    stated = canonical_address(head, answer.address)
    own = stated if stated and _is_same_article(stated, answer.address) else answer.wanted.address
    return own, find_next_pages(decoded.text, head, own)


def _is_same_article(stated: str, address: str) -> bool:
    """Whether two addresses of one site share a number or a slug.

    Some templates give all pages the canonical address of one: believing them would lose the others.
    """
    return site_domain(stated) == site_domain(address) and bool(_parts(stated) & _parts(address))


def _parts(address: str) -> set[str]:
    parts = urlsplit(address)
    return {part.removesuffix(".html") for part in parts.path.split("/") if len(part) >= _TELLING} | {parts.path}


def _is_whole(address: str) -> bool:
    """Whether an address shows all pages of an article in one."""
    return address.rstrip("/").endswith(("=all", "/all", "=semua", "/semua"))


def _snapshot(answer: Answer, source: str) -> Snapshot:
    if answer.sha256 is None:
        raise ValueError("an answer with content has a digest")
    return Snapshot(
        source=source,
        content=answer.content,
        sha256=answer.sha256,
        retrieved_at=answer.retrieved_at,
        media_type=answer.media_type,
        charset=answer.charset,
    )
