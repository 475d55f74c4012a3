"""What is known of how well the code reads: scores on annotated pages and articles, by version of the code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from warehouse.arrow import Row, staged
from warehouse.failures import explain_failures
from warehouse.schema import transaction
from warehouse.staging import utc_time
from warehouse.statements import statement
from warehouse.store import Warehouse

_SIX_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A measured share from 0 to 1 of a subject such as a metric, and the lowest that a change may have."""

    subject: str
    measure: str
    score: float
    floor: float | None


def save_scores(
    warehouse: Warehouse, *, part: str, version: str, gold_sha256: str, measured_at: str, scores: Iterable[Score]
) -> None:
    """Enters what was measured of a part (clean, extract) in a version, in place of an earlier measurement of the same.

    ``measured_at`` is ISO 8601. Raises :class:`tasks.errors.WarehouseError` when it cannot be written.
    """
    rows: list[Row] = [
        {
            "part": part,
            "version": version,
            "gold_sha256": gold_sha256,
            "subject": each.subject,
            "measure": each.measure,
            "score": _share(each.score),
            "floor": None if each.floor is None else _share(each.floor),
            "measured_at": utc_time(measured_at),
        }
        for each in scores
    ]
    connection = warehouse.connection
    with explain_failures(warehouse.path), transaction(connection), staged(connection, {"core.quality": rows}):
        connection.execute(statement("save_scores"))


def _share(value: float) -> Decimal:
    return Decimal(value).quantize(_SIX_PLACES)
