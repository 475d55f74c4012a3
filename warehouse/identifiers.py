"""Identifiers of what the warehouse keeps beside documents and observations.

Like those of :mod:`tasks.identity` they hold what makes a thing the same thing: the words, and for words that
come again how often they came before; never the place in the text or what a rule made of the words.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_LENGTH = 16

Item = TypeVar("Item")


def digest(*parts: str) -> str:
    """First 16 hex digits of the SHA-256 of the parts, separated so that no two lists run together."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_LENGTH]


def identify(
    kind: str, document: str, items: Iterable[Item], words: Callable[[Item], tuple[str, ...]]
) -> Iterator[tuple[str, Item]]:
    """Each item of a document with its identifier: its words, and how many items before have the same."""
    seen: Counter[tuple[str, ...]] = Counter()
    for item in items:
        key = words(item)
        yield digest(kind, document, *key, str(seen[key])), item
        seen[key] += 1
