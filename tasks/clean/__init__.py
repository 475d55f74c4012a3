"""Cleaning: from the bytes of a page or file to the article, and what was removed and why.

:func:`clean` is a pure function: the same bytes give the same answer, in any order and any process.
"""

from __future__ import annotations

import re

from tasks.clean.bylines import authors_of
from tasks.clean.decode import SIZE_LIMIT, Decoded, decode
from tasks.clean.html_page import clean_page
from tasks.clean.lines import count_words
from tasks.clean.plain_text import clean_text
from tasks.records import Article, Rejection, Snapshot

__all__ = ["clean"]

_TAGS = re.compile(r"<(?:!doctype|html|head|body|meta|div|p|script|article|span|br|a|title)\b", re.IGNORECASE)
_SNIFFED = 65536
_LEAST_WORDS = 20


def clean(snapshot: Snapshot) -> Article | Rejection:
    """The article of a snapshot, or why there is none. Never raises, whatever the bytes are."""
    if len(snapshot.content) > SIZE_LIMIT:
        reason = f"is {len(snapshot.content):,} bytes, more than the {SIZE_LIMIT:,} of the longest article"
        return _reject(snapshot, "too large", reason, "split the file into one article each")
    decoded = decode(snapshot.content, snapshot.charset)
    if not isinstance(decoded, Decoded):
        return _reject(snapshot, decoded.kind, decoded.reason, "save it as UTF-8 text or HTML")
    if not decoded.text.strip():
        return _reject(snapshot, "empty", "holds no text", "fetch or save it again")
    article = (
        _from_html(snapshot, decoded) if looks_like_html(decoded.text) else _from_text(snapshot, decoded)
    )
    if count_words(article.text) < _LEAST_WORDS:
        return _reject(snapshot, "too short", "holds no article", "check that the page is an article")
    return article


def looks_like_html(text: str) -> bool:
    """Whether a text is a page: several tags near its start, or a document tag."""
    head = text[:_SNIFFED]
    return (
        re.search(r"<(?:!doctype html|html)\b", head, re.IGNORECASE) is not None
        or len(_TAGS.findall(head)) >= 3
    )


def _from_html(snapshot: Snapshot, decoded: Decoded) -> Article:
    page = clean_page(decoded.text)
    return Article(
        source=snapshot.source,
        snapshot_sha256=snapshot.sha256,
        text="\n".join(page.lines.kept),
        title=page.title,
        published_at=page.published,
        published_raw=page.published_raw,
        published_basis="page data" if page.published else None,
        url=page.url,
        language="id",
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
        method="html",
        removed=page.lines.removed,
    )


def _from_text(snapshot: Snapshot, decoded: Decoded) -> Article:
    cleaned = clean_text(decoded.text)
    stamp = cleaned.header.published()
    authors = tuple(dict.fromkeys(name for line in cleaned.header.bylines for name in authors_of(line)))
    return Article(
        source=snapshot.source,
        snapshot_sha256=snapshot.sha256,
        text="\n".join(cleaned.kept),
        title=cleaned.header.title,
        published_at=stamp.value if stamp else None,
        published_raw=stamp.raw if stamp else None,
        published_basis="header line" if stamp else None,
        authors=authors,
        language="id",
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
        method="text",
        removed=cleaned.removed,
    )


def _reject(snapshot: Snapshot, kind: str, reason: str, remedy: str) -> Rejection:
    return Rejection(
        source=snapshot.source,
        stage="clean",
        kind=kind,
        reason=reason,
        remedy=remedy,
        snapshot_sha256=snapshot.sha256,
    )
