"""Stable identifiers of documents and observations.

An identifier holds what makes a thing the same thing after a better rule or a corrected value: an observation's
comes from the words that state it, not from where they stand or how they were read.
"""

from __future__ import annotations

import hashlib

from tasks.records import Observation

_LENGTH = 16


def _digest(*parts: str | None) -> str:
    """First 16 hex digits of the SHA-256 of the parts, separated so that no two lists run together."""
    joined = "\x1f".join("" if part is None else part for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def document_id(source: str) -> str:
    """Identifier of the document at an address: 16 hex digits."""
    return _digest("document", source)


def observation_id(document: str, observation: Observation) -> str:
    """Identifier of an observation within a document: sentence, quote, its ordinal, metric and region."""
    return _digest(
        "observation",
        document,
        observation.sentence,
        observation.quote,
        str(observation.ordinal),
        observation.metric,
        observation.region_code,
    )
