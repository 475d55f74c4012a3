"""The order in which documents come, and how they fall into batches, does not change what is kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from warehouse_samples import EDITED_RATE, RATE, WORKERS, contents, document, open_prepared, rows, start, with_all_kinds

from tasks.records import Document

DOCUMENTS = [
    document("a", RATE, retrieved_at="2026-01-05T01:00:00+00:00"),
    document("a", EDITED_RATE, retrieved_at="2026-01-05T02:00:00+00:00"),
    document("a", RATE, WORKERS, retrieved_at="2026-01-05T02:00:00+00:00", page="<p>lain</p>"),
    document("b", WORKERS),
    document("c", RATE, WORKERS),
    document("c", RATE, WORKERS, retrieved_at="2026-01-06T02:00:00+07:00", title="Judul lain"),
    with_all_kinds(),
]

State = dict[str, list[tuple[object, ...]]]


def _load(batches: list[list[Document]]) -> tuple[State, State]:
    """All that is kept, and what is current, after one run with these batches."""
    with tempfile.TemporaryDirectory() as folder, open_prepared(Path(folder)) as warehouse:
        start(warehouse, "r1")
        for batch in batches:
            warehouse.load("r1", batch, [])
        current = {
            view: sorted(rows(warehouse, f"FROM main.{view}"), key=repr)
            for view in ("observations", "agreements", "regulations", "documents", "lineage", "quarantine")
        }
        return contents(warehouse), current


KEPT, CURRENT = _load([DOCUMENTS])


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.permutations(DOCUMENTS))
def test_any_order_in_a_batch_gives_the_same_content(order: list[Document]) -> None:
    assert _load([order])[0] == KEPT


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.permutations(DOCUMENTS), st.integers(min_value=1, max_value=len(DOCUMENTS) - 1))
def test_any_order_over_two_batches_gives_the_same_current_rows(order: list[Document], cut: int) -> None:
    assert _load([order[:cut], order[cut:]])[1] == CURRENT
