"""Whether an article is on the topic, by its title and its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

_BREAK = re.compile(r"[^a-z0-9]+")


class Topic:
    """Phrases of which one must stand in a title or an address, as whole words.

    ``BPJS Ketenagakerjaan`` also fits ``/2026/11/bpjs-ketenagakerjaan-gandeng-desa``.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Case and punctuation make no difference."""
        self._phrases = tuple(f" {_words(phrase)} " for phrase in phrases)

    def fits(self, title: str | None, address: str) -> bool:
        """Whether a title or the path of an address has one of the phrases."""
        parts = urlsplit(address)
        texts = (_words(title or ""), _words(unquote(f"{parts.path} {parts.query}")))
        return any(phrase in f" {text} " for text in texts for phrase in self._phrases)


def _words(text: str) -> str:
    return _BREAK.sub(" ", text[:2000].lower()).strip()
