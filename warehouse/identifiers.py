"""Identifiers and digests: what makes a thing the same thing, and what tells two states of it apart.

Like those of :mod:`tasks.identity`, identifiers come from words, and for words that come again from how often
they came before; never from the place in the text or from what a rule made of the words.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tasks.identity import document_id
from tasks.records import Document

METADATA = (
    "title",
    "published_at",
    "published_raw",
    "published_basis",
    "authors",
    "publisher",
    "url",
    "language",
    "encoding",
    "encoding_basis",
    "method",
)
"""What is kept of an article beside its text and its source."""

_LENGTH = 16
_HALF_CHARACTER = r"\ud"

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A document with its identifier and the digests of its text, its version and all that is kept of it.

    ``may_be_torn`` is false when certainly no word of its extraction holds half of a character pair.
    """

    document: Document
    document_id: str
    version_id: str
    text_sha256: str
    content_digest: str
    may_be_torn: bool


def describe(document: Document, basis: str) -> Described:
    """Digests of a document; ``basis`` is whatever else decides what is kept of it."""
    article, extraction = document.article, document.extraction
    identifier = document_id(article.source)
    text_sha256 = hashlib.sha256(article.text.encode()).hexdigest()
    metadata = [getattr(article, name) for name in METADATA]
    version = digest("version", identifier, text_sha256, repr(metadata), repr(extraction.event_date))
    content = repr(extraction)
    # Other advertisements around the same article are no news, unless a figure was taken from one of them.
    stated = {each.sentence for each in extraction.observations}
    doubted = sorted((each.kind, each.text) for each in article.removed if each.text in stated)
    return Described(
        document=document,
        document_id=identifier,
        version_id=version,
        text_sha256=text_sha256,
        content_digest=digest("content", basis, version, content, repr(doubted)),
        may_be_torn=may_be_torn(content),
    )


def may_be_torn(written: str) -> bool:
    """Whether a record may hold half of a character pair, by how ``repr`` writes it: false is certain."""
    return _HALF_CHARACTER in written


def digest(*parts: str) -> str:
    """First 16 hex digits of the SHA-256 of the parts, separated so that no two lists run together."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_LENGTH]


def identify(
    kind: str, document: str, items: Iterable[Item], words: Callable[[Item], tuple[str, ...]]
) -> Iterator[tuple[str, Item]]:
    """Each item of a document with its identifier: its words, and how many items before have the same."""
    seen: Counter[tuple[str, ...]] = Counter()
    for item in items:
        key = words(item)
        yield digest(kind, document, *key, str(seen[key])), item
        seen[key] += 1
