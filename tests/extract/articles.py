"""Short articles for tests of extraction."""

from __future__ import annotations

from tasks.extract import extract
from tasks.records import Article, Extraction, Observation


def article(text: str, title: str | None = None, published_at: str | None = None) -> Article:
    """An article of a text."""
    return Article(source="file:///t.txt", snapshot_sha256="0" * 64, text=text, title=title, published_at=published_at)


def read_text(text: str, title: str | None = None, published_at: str | None = None) -> Extraction:
    """What is extracted from a text."""
    return extract(article(text, title, published_at))


def only(text: str, title: str | None = None, published_at: str | None = None) -> Observation:
    """The single observation of a text."""
    (observation,) = read_text(text, title, published_at).observations
    return observation
