"""Finds words again in a text that has changed, by quote, prefix, suffix and position (W3C annotation selectors)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

CONTEXT = 32
"""Characters before and after a quote that help to tell equal quotes apart."""

_MOST_PLACES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where words stand now: ``exact`` at their old span, ``reanchored`` elsewhere, or ``lost`` and without a span."""

    status: str
    start: int | None = None
    end: int | None = None


def find_again(quote: str, prefix: str, suffix: str, start: int, text: str) -> Anchor:
    """The place of a quote in a text; ``start`` is where it stood before, ``prefix`` and ``suffix`` what was around it.

    Of several equal quotes it is the one with more of its surroundings, then the one nearest to the old place.
    """
    end = start + len(quote)
    if quote and text[start:end] == quote:
        return Anchor(status="exact", start=start, end=end)
    places = _places(quote, text)
    if not places:
        return Anchor(status="lost")
    best = min(places, key=lambda place: (-_surroundings(text, place, len(quote), prefix, suffix), abs(place - start)))
    return Anchor(status="reanchored", start=best, end=best + len(quote))


def _places(quote: str, text: str) -> list[int]:
    places: list[int] = []
    place = text.find(quote) if quote else -1
    while place >= 0 and len(places) < _MOST_PLACES:
        places.append(place)
        place = text.find(quote, place + 1)
    return places


def _surroundings(text: str, place: int, length: int, prefix: str, suffix: str) -> int:
    """How many characters next to a place are those that were next to the quote before."""
    before = text[max(0, place - len(prefix)) : place]
    after = text[place + length : place + length + len(suffix)]
    return _common(before[::-1], prefix[::-1]) + _common(after, suffix)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    number = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        number += 1
    return number
