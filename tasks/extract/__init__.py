"""Extraction: from clean article text to observations, agreements and regulations.

The records that go from one of its modules to the next are made by the hundred for an article. They are not frozen,
which would make each three times as expensive; nothing changes them all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.agreements import find_agreements
from tasks.extract.answers import RegionAnswer
from tasks.extract.judging import Judge, weigh
from tasks.extract.main_region import main_region
from tasks.extract.observations import build_observations
from tasks.extract.reading import Reading, read_article
from tasks.extract.regions import COUNTRY, regions
from tasks.records import Article, Extraction, Regulation


def extract(article: Article, judge: Judge = weigh) -> Extraction:
    """Everything that an article states; deterministic, offline, never raises on any text.

    Another judge than that of the seed is for measuring.
    """
    reading = read_article(article)
    main = main_region(reading)
    observations, numbers = build_observations(reading, main, judge)
    return Extraction(
        observations=tuple(observations),
        agreements=tuple(find_agreements(reading, main)),
        regulations=tuple(_regulations(reading, main)),
        numbers=tuple(sorted([*numbers, *reading.explained], key=lambda number: number.start)),
        event_date=reading.event_day.isoformat() if reading.event_day else None,
    )


def _regulations(reading: Reading, main: RegionAnswer) -> Sequence[Regulation]:
    """Each regulation once, with the region that issued it."""
    found: dict[tuple[str, str, int | None], Regulation] = {}
    for mention in reading.regulations:
        region = COUNTRY if mention.is_national else _issuer(mention.kind, main)
        regulation = Regulation(
            kind=mention.kind,
            number=mention.number,
            year=mention.year,
            region_code=region,
            quote=reading.text[mention.start : mention.end],
            quote_start=mention.start,
            quote_end=mention.end,
        )
        found.setdefault((mention.kind, mention.number, mention.year), regulation)
    return list(found.values())


def _issuer(kind: str, main: RegionAnswer) -> str | None:
    """The region of a regional regulation: the article's, its province for a governor's."""
    if main.code is None or kind not in ("Pergub", "Keputusan Gubernur", "Instruksi Gubernur", "Ingub"):
        return main.code
    return regions()[main.code].province_code
