"""Floors of quality: what was once measured may be bettered, never silently be lost.

``gold/floors.json`` holds for each part of the project (extract, clean) the lowest allowed figures and the hash of the
annotated files that they were measured on. Floors go up by ``--raise``. One goes down only when a dated paragraph
of DECISIONS.md names it with its new value, so that the reason outlives the change.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests" / "gold" / "floors.json"
DECISIONS = ROOT / "DECISIONS.md"
DIGITS = 3

Figures = Mapping[str, Mapping[str, float]]
"""Measured shares from 0 to 1: row of the table, such as a metric, then measure, such as "recall"."""

_DATED_PARAGRAPH = re.compile(r"^\*\*\d{4}-\d\d-\d\d\b.*?(?=\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A part of the project with floors: its name in the file, and the command that measures it."""

    name: str
    command: str
    floors: Path = FLOORS
    decisions: Path = DECISIONS


def hash_files(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents of files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def list_shortfalls(part: Part, measured: Figures, gold: str) -> list[str]:
    """One line for each figure under its floor or without one, and for annotations that the floors do not know."""
    recorded_gold, floors = _read(part)
    if recorded_gold != gold:
        return [f"the annotated files are not those of {part.floors.name}: record them with {part.command} --raise"]
    lines = []
    for row, measure, floor in _flat(floors):
        value = measured.get(row, {}).get(measure)
        if value is None:
            lines.append(f"{row} {measure} has the floor {floor} and is no longer measured")
        elif value < floor:
            lines.append(f"{row} {measure} is {value:.4f}, under its floor {floor}")
    for row, measure, _ in _flat(measured):
        if measure not in floors.get(row, {}):
            lines.append(f"{row} {measure} has no floor: record it with {part.command} --raise")
    return lines


def read_floors(part: Part) -> Figures:
    """The recorded floors of a part."""
    return _read(part)[1]


def raise_floors(part: Part, measured: Figures, gold: str) -> list[str]:
    """Records what is measured where it is above the floors, and the hash of the annotations.

    Gives one line for each floor that would go down without a decision, and then writes nothing.
    """
    _, old = _read(part)
    decided = _DATED_PARAGRAPH.findall(part.decisions.read_text(encoding="utf-8"))
    floors: dict[str, dict[str, float]] = {}
    refusals = []
    for row, measure in dict.fromkeys((row, measure) for row, measure, _ in (*_flat(old), *_flat(measured))):
        value = measured.get(row, {}).get(measure)
        floor, known = _round_down(value or 0.0), old.get(row, {}).get(measure, 0.0)
        words = f"{part.name}.{row}.{measure} {floor:.{DIGITS}f}"
        if floor < known and not any(words in paragraph for paragraph in decided):
            refusals.append(
                f"{row} {measure} would go down from {known} to {floor}: say why in a paragraph of"
                f' {part.decisions.name} that begins with "**" and the date, and has the words "{words}"'
            )
        if value is not None:
            floors.setdefault(row, {})[measure] = floor
    if not refusals:
        _write(part, {"gold_sha256": gold, "floors": floors})
    return refusals


def _flat(figures: Figures) -> Iterator[tuple[str, str, float]]:
    return ((row, measure, value) for row, measures in figures.items() for measure, value in measures.items())


def _round_down(value: float) -> float:
    """A floor must not lie above the figure that it was taken from."""
    steps = 10.0**DIGITS
    return math.floor(round(value * steps, 6)) / steps


def _read(part: Part) -> tuple[str, Figures]:
    """The recorded hash and floors of a part; empty for a part without any."""
    recorded = _read_all(part).get(part.name, {})
    return recorded.get("gold_sha256", ""), recorded.get("floors", {})


def _read_all(part: Part) -> dict[str, dict[str, Any]]:
    return json.loads(part.floors.read_text(encoding="utf-8")) if part.floors.exists() else {}


def _write(part: Part, recorded: dict[str, Any]) -> None:
    content = {**_read_all(part), part.name: recorded}
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True)
    part.floors.write_text(text + "\n", encoding="utf-8")
