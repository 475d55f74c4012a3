"""Freshness: regions that nothing was heard of for long, and papers that suddenly yield nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tasks.check.words import make_finding
from tasks.records import Finding

STALE_MONTHS = 12
"""Months without a figure after which a region is reported."""

SILENT_DOCUMENTS = 5
"""Articles in a row without a figure after which a source that used to have some is reported."""

_USUAL_SHARE = 0.5
"""Share of a source's earlier articles that had figures, so that silence is not usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionNews:
    """The newest day that a figure of a region is about, and the observation that says so."""

    region_code: str
    region_name: str
    newest: date
    observation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNews:
    """How many figures the articles of a source gave, oldest first.

    ``set_aside`` counts its pages that could not be read since its newest content came.
    """

    publisher: str
    figures: tuple[int, ...]
    set_aside: int = 0


def find_stale(regions: Iterable[RegionNews], sources: Iterable[SourceNews], today: date) -> Iterator[Finding]:
    """What has grown old by ``today``, which is the day of the newest snapshot rather than that of the clock."""
    for region in sorted(regions, key=lambda each: each.region_code):
        months = (today.year - region.newest.year) * 12 + today.month - region.newest.month
        if months > STALE_MONTHS:
            yield _report_region(region, months)
    for source in sorted(sources, key=lambda each: each.publisher):
        silence = _silence(source)
        if silence:
            message = f"{source.publisher}: {silence}, while earlier ones did; look whether its pages have changed."
            yield make_finding(
                "freshness",
                "silent source",
                "warning",
                message,
                (),
                subject=(source.publisher,),
                publisher=source.publisher,
            )


def _report_region(region: RegionNews, months: int) -> Finding:
    message = (
        f"{region.region_name}: no figure for {months} months; the newest is of {region.newest.isoformat()} "
        f"(observation {region.observation_id})."
    )
    found = make_finding(
        "freshness",
        "stale region",
        "info",
        message,
        (),
        subject=(region.region_code,),
        region_code=region.region_code,
    )
    return replace(found, observation_ids=(region.observation_id,))


def _silence(source: SourceNews) -> str | None:
    """What a source that used to give figures does not give any more, if so."""
    newest, before = source.figures[-SILENT_DOCUMENTS:], source.figures[:-SILENT_DOCUMENTS]
    if source.set_aside >= SILENT_DOCUMENTS and _is_fruitful(source.figures):
        return f"none of the {source.set_aside} pages since its newest article could be read"
    if not any(newest) and _is_fruitful(before):
        return f"none of its newest {SILENT_DOCUMENTS} articles gave a figure"
    return None


def _is_fruitful(figures: Sequence[int]) -> bool:
    """Figures in at least half of so many articles that this is usual."""
    return len(figures) >= SILENT_DOCUMENTS and sum(map(bool, figures)) >= _USUAL_SHARE * len(figures)
