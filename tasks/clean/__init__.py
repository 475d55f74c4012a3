"""Cleaning: from the bytes of a page or file to the article, and what was removed and why.

:func:`clean` is a pure function: the same bytes give the same answer, in any order and any process.
"""

from __future__ import annotations

import re
from functools import partial

from tasks.clean.bylines import read_byline
from tasks.clean.decode import SIZE_LIMIT, Decoded, decode
from tasks.clean.languages import detect_language
from tasks.clean.lines import count_words
from tasks.clean.multipage import clean_pages, split_pages
from tasks.clean.page import clean_page
from tasks.clean.plain_text import clean_text
from tasks.clean.refusals import Refusal, refuse_by_length, refuse_by_rule, refuse_markup, refuse_text
from tasks.records import Article, Rejection, Snapshot

__all__ = ["clean", "refuse_foreign"]

_TAGS = re.compile(r"<(?:!doctype|html|head|body|meta|div|p|script|article|span|br|a|title)\b", re.IGNORECASE)
_SNIFFED = 65536


def clean(snapshot: Snapshot) -> Article | Rejection:
    """The article of a snapshot, or why there is none. Never raises, whatever the bytes are.

    An article in another language is an article; :func:`refuse_foreign` tells whether it is one.
    """
    pages = split_pages(snapshot.content)
    if not pages:
        return _clean_page(snapshot)
    article = clean_pages(snapshot, pages, partial(_clean_page, is_part=True))
    if isinstance(article, Article):
        refusal = refuse_by_length(count_words(article.text))
        return _reject(snapshot, refusal.kind, refusal.reason, refusal.remedy) if refusal else article
    return article


def _clean_page(snapshot: Snapshot, *, is_part: bool = False) -> Article | Rejection:
    """The same for one page or file; a part of an article may be short."""
    if len(snapshot.content) > SIZE_LIMIT:
        reason = f"is {len(snapshot.content):,} bytes, more than the {SIZE_LIMIT:,} of the longest article"
        return _reject(snapshot, "too large", reason, "split the file into one article each")
    decoded = decode(snapshot.content, snapshot.charset)
    if not isinstance(decoded, Decoded):
        return _reject(snapshot, decoded.kind, decoded.reason, "save it as UTF-8 text or HTML")
    if not decoded.text or decoded.text.isspace():
        return _reject(snapshot, "empty", "holds no text", "fetch or save it again")
    is_page = looks_like_html(decoded.text)
    refusal = refuse_markup(decoded.text) if is_page else refuse_text(decoded.text)
    if refusal is not None:
        return _reject(snapshot, refusal.kind, refusal.reason, refusal.remedy)
    return _from_html(snapshot, decoded, is_part=is_part) if is_page else _from_text(snapshot, decoded)


def refuse_foreign(article: Article) -> Rejection | None:
    """Why an article is not one of this warehouse's: it is in another language than Indonesian or Malay."""
    if article.language in {None, "id", "ms"}:
        return None
    refusal = Refusal("not Indonesian", f"is in another language ({article.language})")
    return Rejection(
        source=article.source,
        stage="clean",
        kind=refusal.kind,
        reason=refusal.reason,
        remedy=refusal.remedy,
        snapshot_sha256=article.snapshot_sha256,
    )


def looks_like_html(text: str) -> bool:
    """Whether a text is a page: several tags near its start, or a document tag."""
    head = text[:_SNIFFED]
    return (
        re.search(r"<(?:!doctype html|html|rss|feed|urlset)\b", head, re.IGNORECASE) is not None
        or len(_TAGS.findall(head)) >= 3
    )


def _from_html(snapshot: Snapshot, decoded: Decoded, *, is_part: bool) -> Article | Rejection:
    page = clean_page(decoded.text, snapshot.source)
    if page.refusal is not None and not (is_part and page.refusal.kind == "too short"):
        return _reject(snapshot, page.refusal.kind, page.refusal.reason, page.refusal.remedy)
    return Article(
        source=snapshot.source,
        snapshot_sha256=snapshot.sha256,
        text="\n".join(page.lines.kept),
        title=page.title,
        published_at=page.publication.value if page.publication else None,
        published_raw=page.publication.raw if page.publication else None,
        published_basis=page.publication.basis if page.publication else None,
        authors=page.authors,
        publisher=page.publisher,
        url=page.address,
        language=page.language,
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
        method=page.method,
        removed=page.removed,
        next_pages=page.next_pages,
    )


def _from_text(snapshot: Snapshot, decoded: Decoded) -> Article | Rejection:
    cleaned = clean_text(decoded.text)
    words = sum(count_words(line) for line in cleaned.kept)
    texts = {"title": cleaned.header.title, "text": "\n".join(cleaned.kept)}
    refusal = refuse_by_rule(words, texts) or refuse_by_length(words)
    if refusal is not None:
        return _reject(snapshot, refusal.kind, refusal.reason, refusal.remedy)
    stamp = cleaned.header.published()
    authors = tuple(dict.fromkeys(name for line in cleaned.header.bylines for name in read_byline(line).authors))
    return Article(
        source=snapshot.source,
        snapshot_sha256=snapshot.sha256,
        text="\n".join(cleaned.kept),
        title=cleaned.header.title,
        published_at=stamp.value if stamp else None,
        published_raw=stamp.raw if stamp else None,
        published_basis="header line" if stamp else None,
        authors=authors,
        language=detect_language("\n".join(cleaned.kept)),
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
