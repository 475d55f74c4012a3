"""Numbers that are never figures: phone numbers, clock times, codes, addresses, ages, exchange of letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DECOYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("time of day", re.compile(r"\b\d{1,2}[.:]\d{2}(?:[.:]\d{2})?\s?(?:WIB|WITA|WIT)\b|\b(?:pukul|jam)\s\d{1,2}[.:]\d{2}\b", re.IGNORECASE)),
    ("phone number", re.compile(r"(?:\+62|\b0)8\d{2}[-\s]?\d{3,4}[-\s]?\d{3,5}\b|\b(?:call center|telepon|telp\.?|wa|whatsapp)\s(?:di\s)?(?:nomor\s)?\d{3,14}\b", re.IGNORECASE)),
    ("code", re.compile(r"\b[A-Z]{1,4}-\d+(?:/[\w.]+)+|\b\d+(?:\.\d+)*/[A-Z\d][\w.]*(?:/[\w.]+)+|\b(?!Rp)[A-Z]{1,6}-?\d+[A-Z]*\b|\bCovid-19\b")),
    ("age", re.compile(r"(?<=\()\d{1,2}(?=\))|\b(?:usia|umur|berusia|berumur)\s\d{1,3}(?:\s?[-–]\s?\d{1,3})?(?:\stahun)?|\b\d{1,3}\stahun\b(?=\ske\satas)", re.IGNORECASE)),
    ("letter or article number", re.compile(r"\b(?:nomor|no\.?|pasal|ayat)\s?\(?\d[\d.]*+(?:/[\w.]+)*", re.IGNORECASE)),
    ("list number", re.compile(r"^\d{1,2}[.)](?=\s)", re.MULTILINE)),
    ("ordinal", re.compile(r"\b(?:ke-\d+|HUT\ske[- ]?\d+|edisi\s\d+|kelas\s[IVX\d]+|koto\s[IVX]+)\b", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoy:
    """Digits at ``text[start:end]`` that are no figure, and what they are."""

    start: int
    end: int
    kind: str


def find_decoys(text: str) -> list[Decoy]:
    """All decoys; they may overlap."""
    return [Decoy(*match.span(), kind) for kind, pattern in _DECOYS for match in pattern.finditer(text)]
