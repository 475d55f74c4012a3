"""Refreshes of the local site, and what they leave."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from calling import call
from kabar import Publisher, write_sources
from local_site import LocalSite


def refresh(data: Path, file: Path, **more: Any) -> Any:
    from flows.refresh import refresh as flow

    data.mkdir(exist_ok=True)
    return call(flow(warehouse=str(data), file=str(file), **more))


def replay(data: Path) -> Any:
    from flows.replay import replay as flow

    return call(flow(warehouse=str(data)))


def rows(data: Path, sql: str) -> list[dict[str, Any]]:
    from warehouse.read import query

    found: list[dict[str, Any]] = query(data / "cakupan.duckdb", sql).to_pylist()
    return found


def totals(done: Any) -> Counter[str]:
    names = ("found", "new", "changed", "unchanged", "gone", "variants", "failed")
    return Counter({name: sum(getattr(each, name) for each in done.reports) for name in names})


def content(data: Path) -> list[dict[str, Any]]:
    """What readers see of the articles, without the runs."""
    return rows(data, "SELECT source, text_sha256, snapshot_sha256 FROM documents ORDER BY ALL")


def publishers(site: LocalSite, articles: int = 4) -> list[Publisher]:
    kinds = {"a.localhost": "feed", "b.localhost": "sitemap", "www.c.localhost": "listing"}
    return [Publisher(site, host, kind, articles) for host, kind in kinds.items()]


def describe(folder: Path, published: list[Publisher], *more: str) -> Path:
    lines = [each.describe(f"s{number}") for number, each in enumerate(published)]
    return write_sources(folder / "sources.yml", *lines, *more)
