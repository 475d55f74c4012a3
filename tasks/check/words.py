"""How findings are put into words, and how they are identified."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal

from tasks.check.figures import Figure
from tasks.records import Finding

_LONGEST_SENTENCE = 240
_UNITS = {"percent": " percent", "percentage_point": " points", "IDR": " rupiah", "rank": ""}


def amount(value: Decimal, unit: str = "") -> str:
    """A number with thousands marked and its unit in words: ``40.86 percent``, ``79,077 (person)``."""
    digits = f"{value:,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits + _UNITS.get(unit, "")


def about(figure: Figure) -> str:
    """Whom and what a figure is about: ``Kabupaten Bungo, participants, formal, 2024-12-31``."""
    metric = figure.metric.replace("_", " ")
    parts = (figure.region_name or "no region", metric, figure.segment, figure.period)
    return ", ".join(part for part in parts if part)


def cite(*figures: Figure) -> str:
    """The sentences of figures in quotation marks, each once, with who printed it and the observations in it."""
    stated: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        stated.setdefault((figure.document_id, figure.sentence), []).append(figure)
    return " / ".join(_cite_sentence(together) for together in stated.values())


def _cite_sentence(figures: list[Figure]) -> str:
    sentence = " ".join(figures[0].sentence.split()).strip('“”"')
    if len(sentence) > _LONGEST_SENTENCE:
        sentence = f"{sentence[:_LONGEST_SENTENCE].rstrip()}…"
    identifiers = list(dict.fromkeys(figure.observation_id for figure in figures))
    name = "observation" if len(identifiers) == 1 else "observations"
    return f"“{sentence}” ({figures[0].publisher or 'no publisher'}, {name} {', '.join(identifiers)})"


def make_finding(
    kind: str,
    rule: str,
    severity: str,
    message: str,
    figures: Iterable[Figure],
    *,
    subject: Iterable[object],
    region_code: str | None = None,
    publisher: str | None = None,
    reckoning: tuple[Decimal, Decimal, Decimal] | None = None,
) -> Finding:
    """A finding that stays the same thing as long as its rule and subject are the same.

    ``reckoning`` is what was stated, what was computed, and what rounding allows between them.
    """
    words = "\x1f".join([kind, rule, *map(str, subject)])
    stated, computed, tolerance = reckoning or (None, None, None)
    return Finding(
        finding_id=hashlib.sha256(words.encode()).hexdigest()[:16],
        kind=kind,
        rule=rule,
        severity=severity,
        message=message,
        observation_ids=tuple(sorted({figure.observation_id for figure in figures})),
        region_code=region_code,
        publisher=publisher,
        stated=stated,
        computed=computed,
        tolerance=tolerance,
    )
