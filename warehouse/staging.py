"""Turns documents into rows of the tables of the warehouse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from tasks.identity import document_id, observation_id
from tasks.records import (
    Agreement,
    CorrectionMatch,
    Document,
    Evidence,
    NumberMention,
    Observation,
    Regulation,
    Rejection,
)
from tasks.snapshots import snapshot_path
from warehouse.admission import Admitted
from warehouse.arrow import Row
from warehouse.identifiers import METADATA, Described, digest
from warehouse.rules import is_exact

_SNAPSHOTS = Path("snapshots")
_ARTICLE = (
    "title",
    "published_at",
    "published_raw",
    "published_basis",
    "authors",
    "publisher",
    "url",
    "language",
)
_DECODING = ("encoding", "encoding_basis", "method")
_FIGURE = ("metric", "value", "value_max", "unit", "of", "per", "region_code", "region_name", "region_level")
_WORDS = ("segment", "segment_text", "programs", "qualifier", "ordinal", "sentence", "sentence_start", "rule")
_QUOTE = ("quote", "quote_start", "quote_end")


def utc_time(iso: str) -> datetime:
    """A time as the warehouse keeps it: in UTC without saying so, and taken as UTC if it has no offset."""
    time = datetime.fromisoformat(iso)
    return time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time


def snapshot_rows(documents: Iterable[Document]) -> list[Row]:
    """One row for each source and content, with the first time that the batch received it."""
    rows: dict[tuple[str, str], Row] = {}
    for document in sorted(documents, key=lambda each: utc_time(each.snapshot.retrieved_at)):
        snapshot = document.snapshot
        row = {
            "source": snapshot.source,
            "sha256": snapshot.sha256,
            "retrieved_at": utc_time(snapshot.retrieved_at),
            "media_type": snapshot.media_type,
            "charset": snapshot.charset,
            "size": len(snapshot.content),
            "path": snapshot_path(_SNAPSHOTS, snapshot.sha256).as_posix(),
        }
        rows.setdefault((snapshot.source, snapshot.sha256), row)
    return list(rows.values())


def document_rows(described: Iterable[Described], basis: str) -> list[Row]:
    """One row a document; ``basis`` is the digest of whatever else decides what is kept of it."""
    return [
        {
            "document_id": each.document_id,
            "source": each.document.snapshot.source,
            "version_id": each.version_id,
            "content_digest": each.content_digest,
            "snapshot_sha256": each.document.snapshot.sha256,
            "retrieved_at": utc_time(each.document.snapshot.retrieved_at),
            "basis": basis,
        }
        for each in described
    ]


def rejection_rows(rejections: Iterable[Rejection]) -> list[Row]:
    """One row a reason; the same reason twice is one."""
    rows: dict[str, Row] = {}
    for rejection in rejections:
        words = {
            name: getattr(rejection, name).encode("utf-8", "backslashreplace").decode()
            for name in ("source", "stage", "kind", "reason", "remedy")
        }
        identifier = digest("rejection", *(words[name] for name in ("source", "stage", "kind", "reason")))
        rows[identifier] = {
            "rejection_id": identifier,
            "document_id": document_id(rejection.source),
            **words,
            "snapshot_sha256": rejection.snapshot_sha256,
        }
    return list(rows.values())


def version_row(described: Described) -> Row:
    """What an article says."""
    article = described.document.article
    event_date = described.document.extraction.event_date
    return {
        "version_id": described.version_id,
        "document_id": described.document_id,
        "text": article.text,
        "text_sha256": described.text_sha256,
        **{name: getattr(article, name) for name in METADATA},
        "event_date": date.fromisoformat(event_date) if event_date else None,
        "snapshot_sha256": article.snapshot_sha256,
    }


def content_rows(document: str, admitted: Admitted) -> dict[str, list[Row]]:
    """What a document states: rows by the table that they go into."""
    return {
        "core.removed_texts": [
            {
                "removed_id": key,
                "document_id": document,
                "kind": each.kind,
                "rule": each.rule,
                "text": each.text,
            }
            for key, each in admitted.removed.items()
        ],
        "core.observations": [_observation_row(document, *item) for item in admitted.observations.items()],
        "core.number_mentions": [_number_row(document, *item) for item in admitted.numbers.items()],
        "core.agreements": [_agreement_row(document, *item) for item in admitted.agreements.items()],
        "core.regulations": [_regulation_row(document, *item) for item in admitted.regulations.items()],
        "core.correction_matches": [
            _match_row(document, key, each, admitted) for key, each in admitted.corrections.items()
        ],
    }


def _observation_row(document: str, identifier: str, observation: Observation) -> Row:
    return {
        "observation_id": identifier,
        "document_id": document,
        **{name: getattr(observation, name) for name in (*_FIGURE, *_QUOTE, *_WORDS)},
        **_evidence_columns("region", observation.region_evidence),
        "period": observation.period,
        **_evidence_columns("period", observation.period_evidence),
    }


def _evidence_columns(name: str, evidence: Evidence | None) -> Row:
    return {
        f"{name}_basis": evidence.basis if evidence else None,
        f"{name}_text": evidence.text if evidence else None,
        f"{name}_text_start": evidence.start if evidence else None,
        f"{name}_text_end": evidence.end if evidence else None,
    }


def _number_row(document: str, identifier: str, number: NumberMention) -> Row:
    """A number with more digits than a figure has, such as that of an account, goes in without its value."""
    return {
        "mention_id": identifier,
        "document_id": document,
        "text": number.text,
        "text_start": number.start,
        "text_end": number.end,
        "value": number.value if number.value is not None and is_exact(number.value) else None,
        "role": number.role,
        "explanation": number.explanation,
    }


def _agreement_row(document: str, identifier: str, agreement: Agreement) -> Row:
    names = ("kind", "date", "region_code", "parties", *_QUOTE)
    return {
        "agreement_id": identifier,
        "document_id": document,
        **{name: getattr(agreement, name) for name in names},
    }


def _regulation_row(document: str, identifier: str, regulation: Regulation) -> Row:
    names = ("kind", "number", "year", "region_code", *_QUOTE)
    return {
        "regulation_id": identifier,
        "document_id": document,
        **{name: getattr(regulation, name) for name in names},
    }


def _match_row(document: str, identifier: str, match: CorrectionMatch, admitted: Admitted) -> Row:
    """What a correction matched, with the observation that it became, if that went in."""
    observation = observation_id(document, match.observation) if match.observation else None
    return {
        "match_id": identifier,
        "document_id": document,
        "correction_id": match.correction_id,
        "metric": match.metric,
        "value": match.value if is_exact(match.value) else None,
        **{name: getattr(match, name) for name in _QUOTE},
        "observation_id": observation if observation in admitted.observations else None,
    }
