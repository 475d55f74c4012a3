"""Brings one batch of documents into the warehouse: staged as Arrow, merged in one transaction.

What a batch does to a table is first written down row by row, each with its action (``next_rows``), and then
merged. The counts come from the former and must agree with what MERGE says it did, so that they are exact or
the whole batch fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import duckdb

from tasks.errors import WarehouseError
from tasks.records import Document, LoadCounts, Rejection
from tasks.versions import admission_version
from warehouse.admission import Admitted, admit_rows, refuse_document
from warehouse.arrow import Row, staged, staged_name
from warehouse.identifiers import Described, describe, digest
from warehouse.reference import Reference
from warehouse.schema import schema_version, transaction
from warehouse.staging import (
    content_rows,
    document_rows,
    rejection_rows,
    snapshot_rows,
    utc_time,
    version_row,
)
from warehouse.statements import single, statement

_CONTENTS = {
    "core.removed_texts": "removed_id",
    "core.observations": "observation_id",
    "core.number_mentions": "mention_id",
    "core.agreements": "agreement_id",
    "core.regulations": "regulation_id",
    "core.correction_matches": "match_id",
}
"""Tables of what documents state, each with its identifier."""

_PLACES = ("_start", "_end")


def load_batch(
    connection: duckdb.DuckDBPyConnection,
    reference: Reference,
    run_id: str,
    documents: Sequence[Document],
    rejections: Sequence[Rejection],
) -> LoadCounts:
    """Loads documents and what was set aside before them: all of it or, when this raises, nothing."""
    basis = _basis(connection, reference, run_id)
    answers = [refuse_document(document) for document in documents]
    fit = [document for document, refusal in zip(documents, answers, strict=True) if refusal is None]
    refused = [*rejections, *(refusal for refusal in answers if refusal is not None)]
    described = [describe(document, basis) for document in newest_documents(fit)]
    documents_staged = document_rows(described, digest_basis(connection, reference, run_id))
    with staged(connection, {"raw.snapshots": snapshot_rows(fit), "core.documents": documents_staged}):
        states, to_compare = _classify(connection, run_id)
        contents = [(each, admit_rows(each, reference)) for each in described if each.document_id in to_compare]
        set_aside = [rejection for _, admitted in contents for rejection in admitted.rejections]
        tables = {**_content_tables(contents), "core.rejections": rejection_rows([*refused, *set_aside])}
        with staged(connection, tables), transaction(connection):
            observations = _merge_batch(connection, run_id, anything_new=bool(contents))
    quarantined = len({rejection.source for rejection in refused})
    return _counts(len(fit), states, quarantined, observations, len(set_aside))


def _counts(fit: int, states: Counter[str], quarantined: int, observations: Counter[str], set_aside: int) -> LoadCounts:
    """Counts from documents that fit, these by state, those set aside, observations by action, rows."""
    return LoadCounts(
        documents_read=fit + quarantined,
        documents_new=states["new"],
        documents_changed=states["changed"],
        documents_unchanged=fit - states["new"] - states["changed"],
        documents_quarantined=quarantined,
        observations_added=observations["added"] + observations["reopened"],
        observations_changed=observations["changed"],
        observations_moved=observations["moved"],
        observations_unchanged=observations["unchanged"],
        observations_gone=observations["gone"],
        rows_quarantined=set_aside,
    )


def digest_basis(connection: duckdb.DuckDBPyConnection, reference: Reference, run_id: str) -> str:
    """Digest of what decides beside its bytes how a document is kept."""
    return digest("basis", _basis(connection, reference, run_id))


def _basis(connection: duckdb.DuckDBPyConnection, reference: Reference, run_id: str) -> str:
    """What decides beside a document how it is kept: versions of code, rules of admission, reference tables, schema."""
    run = connection.execute(statement("find_run"), {"run_id": run_id}).fetchall()
    if not run:
        raise WarehouseError(run_id, "is not a run of this warehouse", "start the run before loading")
    return repr((run, reference.sha256, schema_version(), admission_version()))


def newest_documents(documents: Iterable[Document]) -> list[Document]:
    """One document a source: of several snapshots the one received last, whatever their order."""
    newest: dict[str, Document] = {}
    for document in documents:
        known = newest.setdefault(document.snapshot.source, document)
        if known is not document and _age(document) > _age(known):
            newest[document.snapshot.source] = document
    return list(newest.values())


def _age(document: Document) -> tuple[object, ...]:
    """Orders snapshots of a document in time; the last parts only decide between equal times."""
    return utc_time(document.snapshot.retrieved_at), document.snapshot.sha256, repr(document.extraction)


def _classify(connection: duckdb.DuckDBPyConnection, run_id: str) -> tuple[Counter[str], set[str]]:
    """How many documents are new, changed, unchanged or superseded, and whose content has to be compared."""
    connection.execute(statement("classify_documents"), {"run_id": run_id})
    rows = connection.execute(statement("list_batch")).fetchall()
    states = Counter(state for _, state, _ in rows)
    return states, {document for document, state, same in rows if state != "superseded" and not same}


def _content_tables(contents: Sequence[tuple[Described, Admitted]]) -> dict[str, list[Row]]:
    """Rows of all documents by the table that they go into."""
    tables: dict[str, list[Row]] = {name: [] for name in _CONTENTS}
    for described, admitted in contents:
        for name, rows in content_rows(described.document_id, admitted).items():
            tables[name].extend(rows)
    tables["core.document_versions"] = [version_row(described) for described, _ in contents]
    return tables


def _merge_batch(connection: duckdb.DuckDBPyConnection, run_id: str, *, anything_new: bool) -> Counter[str]:
    """Merges all tables, documents last: the others ask for their former state. Counts observations."""
    _merge(connection, run_id, "next_snapshots", "raw.snapshots", "source, sha256")
    observations: Counter[str] = Counter()
    if anything_new:
        _merge(connection, run_id, "next_versions", "core.document_versions", "version_id")
        counted = {name: _merge_contents(connection, run_id, name, key) for name, key in _CONTENTS.items()}
        observations = counted["core.observations"]
    _merge(connection, run_id, "next_rejections", "core.rejections", "rejection_id")
    _merge(connection, run_id, "next_documents", "core.documents", "document_id")
    current = single(connection, statement("count_current"))
    written = ("added", "reopened", "changed", "moved")
    observations["unchanged"] = current - sum(observations[action] for action in written)
    return observations


def _merge_contents(connection: duckdb.DuckDBPyConnection, run_id: str, table: str, key: str) -> Counter[str]:
    """Merges what documents state into one table; counts rows by action."""
    names = {"table": table, "key": key, "staged": staged_name(table), **listed_columns(connection, table)}
    connection.execute(statement("next_rows").format(**names), {"run_id": run_id})
    if table == "core.observations":
        connection.execute(statement("keep_history"), {"run_id": run_id})
    return write_rows(connection, table, key)


def listed_columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """Columns of the rows that are staged for a table, as SQL lists them: all, and those that say no place."""
    columns = [str(name) for name in connection.table(staged_name(table)).columns]
    return {
        "columns": _listed(columns),
        "columns_but_place": _listed(name for name in columns if not name.endswith(_PLACES)),
    }


def _merge(connection: duckdb.DuckDBPyConnection, run_id: str, name: str, table: str, key: str) -> None:
    connection.execute(statement(name), {"run_id": run_id})
    write_rows(connection, table, key)


def write_rows(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> Counter[str]:
    """Merges the rows that were written down and counts them by action; raises when MERGE does not do just that."""
    planned = Counter(dict(connection.execute(statement("count_actions")).fetchall()))
    merge = statement("merge_rows").format(table=table, key=key)
    done = len(connection.execute(merge).fetchall())
    if done != planned.total():
        raise WarehouseError(
            table,
            f"{done} rows were merged instead of {planned.total()}",
            "report it; nothing of the batch went in",
        )
    return planned


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
