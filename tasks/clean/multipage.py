"""Articles on several pages: kept as one snapshot, cleaned page by page, and joined.

The snapshot is a MIME message of type multipart/related (RFC 2557, as browsers save pages), each page as it came
with its address and charset. The same pages always give the same bytes.
"""

from __future__ import annotations

import re
from base64 import encodebytes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from urllib.parse import quote

from tasks.records import Article, Rejection, Snapshot

MOST_PAGES = 20
"""Pages of an article that are read."""

_BEGINNING = b"MIME-Version: 1.0\nContent-Type: multipart/related; "
_BOUNDARY = "halaman-berikut-cakupan"
"""No line of base64 has a hyphen, so that this stands in no page."""

_CHARSET = re.compile(r"[A-Za-z0-9_.:-]{1,40}")
_SAFE = "%/:=&?~#+!$,;'@()*[]"
"""What stays as it is in an address, as in a browser."""


@dataclass(frozen=True, slots=True)
class Part:
    """One page as it came."""

    address: str
    content: bytes
    charset: str | None


def join_pages(parts: Sequence[Part]) -> bytes:
    """One message with all pages, in their order.

    Written by hand rather than by the email package, so that no version of Python gives other bytes.
    """
    pages = [
        b"\n".join(
            (
                f"--{_BOUNDARY}".encode(),
                f"Content-Type: text/html{_parameter(part.charset)}".encode(),
                f"Content-Location: {quote(part.address, safe=_SAFE)}".encode(),
                b"Content-Transfer-Encoding: base64",
                b"",
                encodebytes(part.content),
            )
        )
        for part in parts
    ]
    head = _BEGINNING + f'type="text/html"; boundary="{_BOUNDARY}"\n\n'.encode()
    return head + b"".join(pages) + f"--{_BOUNDARY}--\n".encode()


def _parameter(charset: str | None) -> str:
    """A charset behind a media type, if it is a name and nothing else."""
    return f'; charset="{charset}"' if charset and _CHARSET.fullmatch(charset) else ""


def split_pages(content: bytes) -> list[Part]:
    """The pages of a message that :func:`join_pages` made; none for anything else. Never raises."""
    if not content.startswith(_BEGINNING):
        return []
    payload = message_from_bytes(content).get_payload()
    pages = payload if isinstance(payload, list) else []
    return [part for page in pages[: MOST_PAGES + 1] if (part := _read_part(page)) is not None]


def clean_pages(
    snapshot: Snapshot, parts: Sequence[Part], clean: Callable[[Snapshot], Article | Rejection]
) -> Article | Rejection:
    """The article of the first page with the text of the others; lines that an earlier page has are left out.

    ``clean`` reads one page, however short. A page that is refused refuses the article, because half of one would
    pass for the whole; only a list of articles, as behind numbers that count something else, is passed over.
    """
    pages: list[Article] = []
    for number, part in enumerate(parts, 1):
        read = clean(replace(snapshot, content=part.content, charset=part.charset))
        if isinstance(read, Article):
            pages.append(read)
        elif number == 1 or read.kind != "list page":
            return replace(read, reason=f"{read.reason} (page {number} of {len(parts)})")
    lines: list[str] = []
    for page in pages:
        before = set(lines)
        lines += [line for line in page.text.split("\n") if line and line not in before]
    kept = set(lines)
    removed = dict.fromkeys(item for page in pages for item in page.removed if item.text not in kept)
    return replace(pages[0], text="\n".join(lines), removed=tuple(removed))


def _read_part(page: object) -> Part | None:
    if not isinstance(page, Message) or page.is_multipart():
        return None
    content = page.get_payload(decode=True)
    charset = page.get_param("charset")
    if not isinstance(content, bytes):
        return None
    return Part(str(page["Content-Location"] or ""), content, charset if isinstance(charset, str) else None)
