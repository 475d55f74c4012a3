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
    """How many figures the articles of a source gave, oldest first."""

    publisher: str
    figures: tuple[int, ...]


def find_stale(regions: Iterable[RegionNews], sources: Iterable[SourceNews], today: date) -> Iterator[Finding]:
    """What has grown old by ``today``, which is the day of the newest snapshot rather than that of the clock."""
    for region in sorted(regions, key=lambda each: each.region_code):
        months = (today.year - region.newest.year) * 12 + today.month - region.newest.month
        if months > STALE_MONTHS:
            yield _report_region(region, months)
    for source in sorted(sources, key=lambda each: each.publisher):
        if _fell_silent(source.figures):
            message = (
                f"{source.publisher}: none of its newest {SILENT_DOCUMENTS} articles gave a figure, while earlier "
                "ones did; look whether its pages have changed."
            )
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


def _fell_silent(figures: Sequence[int]) -> bool:
    """Silence now, and figures in at least half of the articles before."""
    newest, before = figures[-SILENT_DOCUMENTS:], figures[:-SILENT_DOCUMENTS]
    if len(before) < SILENT_DOCUMENTS or any(newest):
        return False
    return sum(count > 0 for count in before) >= _USUAL_SHARE * len(before)
