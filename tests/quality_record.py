"""Keeps what was measured in the warehouse of the settings, beside the rows that the same version of the code wrote.

Where there is no warehouse nothing is kept: the floors in the repository hold without one.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from quality_floors import Figures, Part, read_floors

from flows.run import take_turn
from tasks.errors import CakupanError
from tasks.settings import Settings, read_settings
from tasks.versions import cleaner_version, extractor_version
from warehouse.publish import publish
from warehouse.quality import Score, save_scores
from warehouse.store import open_warehouse

VERSIONS = {"clean": cleaner_version, "extract": extractor_version}


def record_figures(part: Part, measured: Figures, gold: str) -> None:
    """Enters the figures of a part and publishes them; a warehouse that cannot be written is named and no failure."""
    settings = read_settings()
    if not settings.warehouse.is_file():
        return
    try:
        with take_turn(settings):
            _record(settings, part, measured, gold)
    except CakupanError as error:
        sys.stderr.write(f"{error}\n")
    else:
        sys.stdout.write(f"kept in {settings.published}: from quality where version = '{VERSIONS[part.name]()}'\n")


def _record(settings: Settings, part: Part, measured: Figures, gold: str) -> None:
    floors = read_floors(part)
    scores = [
        Score(subject=subject, measure=measure, score=value, floor=floors.get(subject, {}).get(measure))
        for subject, measures in measured.items()
        for measure, value in measures.items()
    ]
    with open_warehouse(settings.warehouse) as warehouse:
        save_scores(
            warehouse,
            part=part.name,
            version=VERSIONS[part.name](),
            gold_sha256=gold,
            measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
            scores=scores,
        )
        publish(warehouse, settings.published)
