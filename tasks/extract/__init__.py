"""Extraction: from clean article text to observations, agreements and regulations."""

from __future__ import annotations

from tasks.extract.observations import build_observations
from tasks.extract.reading import read_article
from tasks.records import Article, Extraction


def extract(article: Article) -> Extraction:
    """Everything that an article states; deterministic, offline, never raises on any text."""
    reading = read_article(article)
    observations, numbers = build_observations(reading)
    return Extraction(
        observations=tuple(observations),
        numbers=tuple(sorted([*numbers, *reading.explained], key=lambda number: number.start)),
        event_date=reading.event_day.isoformat() if reading.event_day else None,
    )
