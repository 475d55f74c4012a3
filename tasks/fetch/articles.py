"""Fetches articles: what a page says about its own address, and the other pages of a long one."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tasks.clean.addresses import canonical_address, find_next_pages
from tasks.clean.decode import Decoded, decode
from tasks.clean.multipage import MOST_PAGES, Part, join_pages
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


_NO_PAGE = frozenset({"gone", "robots_disallowed"})
"""Failures of a further page that say that there is none for us: the article is what the others show."""

_NUMBER_IN_QUERY = re.compile(r"&(?:page|halaman|hal|p|paged)=(\d{1,4})\b")
_NUMBER_IN_PATH = re.compile(r"/(\d{1,4})/?$")


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

    def snapshot(self, source: str) -> Snapshot:
        """What came, as the document ``source``: its page, the page that shows all of it, or its pages in one."""
        pages = [page for page in self.pages if page.content]
        whole = [page for page in pages if _is_whole(page.wanted.address)]
        if whole or not pages:
            return _snapshot(whole[0] if whole else self.answer, source)
        parts = [Part(page.wanted.address, page.content, page.charset) for page in (self.answer, *pages)]
        content = join_pages(parts)
        digest = hashlib.sha256(content).hexdigest()
        joined = _snapshot(self.answer, source)
        return replace(joined, content=content, sha256=digest, media_type="multipart/related", charset=None)

    def first_page(self) -> Snapshot:
        """The page that was asked first: the next request names its validators, so that it must be stored as well."""
        return _snapshot(self.answer, self.answer.wanted.address)


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
    """One article with all its pages; where one of them fails, the article fails, to be asked again later."""
    answer = await fetcher.fetch(wanted)
    if not answer.content or answer.sha256 == known.sha256:
        return Fetched(known, answer, known.document_source or known.address)
    own_address, further = await asyncio.to_thread(read_identity, answer)
    pages = await _fetch_pages(fetcher, wanted, own_address, further)
    for page in pages:
        failure = page.failure
        if failure is not None and failure.kind not in _NO_PAGE:
            failure = replace(failure, reason=f"has a further page, {page.wanted.address}, that {failure.reason}")
            answer = replace(answer, failure=failure, content=b"", sha256=None)
    return Fetched(known, answer, own_address, tuple(pages))


async def _fetch_pages(fetcher: Fetcher, wanted: Wanted, own_address: str, further: Sequence[str]) -> list[Answer]:
    """The further pages of an article, and those that only they name, in their order."""
    pages: dict[str, Answer] = {}
    waiting = list(further)
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.pop(0)
        if address in pages:
            continue
        page = await fetcher.fetch(Wanted(address=address, source_id=wanted.source_id))
        pages[address] = page
        if page.content and not _is_whole(address):
            waiting += await asyncio.to_thread(read_further_pages, page, own_address)
    return sorted(pages.values(), key=lambda page: _page_number(page.wanted.address))


def read_identity(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """The address that a page calls its own, if it can be believed, and those of the article's other pages."""
    markup = _read_markup(answer)
    if markup is None:
        return answer.wanted.address, ()
    head = read_head(LexborHTMLParser(markup))
    stated = canonical_address(head, answer.address)
    own = stated if stated and _is_same_article(stated, answer.address) else answer.wanted.address
    return own, find_next_pages(markup, head, own)


def read_further_pages(answer: Answer, own_address: str) -> tuple[str, ...]:
    """The addresses of other pages that one page of the article ``own_address`` names."""
    markup = _read_markup(answer)
    return find_next_pages(markup, read_head(LexborHTMLParser(markup)), own_address) if markup else ()


def _read_markup(answer: Answer) -> str | None:
    """The text of a page that can be parsed."""
    decoded = decode(answer.content, answer.charset)
    return decoded.text if isinstance(decoded, Decoded) and refuse_markup(decoded.text) is None else None


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


def _page_number(address: str) -> int:
    """The number of a page, from a parameter of its address or the end of its path."""
    parts = urlsplit(address)
    found = _NUMBER_IN_QUERY.search(f"&{parts.query}") or _NUMBER_IN_PATH.search(parts.path)
    return int(found.group(1)) if found else 0


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
