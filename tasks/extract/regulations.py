"""Finds the regulations that an article names: kind, number, year and whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONG_KINDS = {
    "peraturan daerah": "Perda",
    "peraturan gubernur": "Pergub",
    "peraturan bupati": "Perbup",
    "peraturan wali kota": "Perwali",
    "peraturan walikota": "Perwali",
    "peraturan pemerintah": "PP",
    "peraturan presiden": "Perpres",
    "instruksi presiden": "Inpres",
    "keputusan presiden": "Keppres",
    "peraturan menteri ketenagakerjaan": "Permenaker",
    "peraturan menteri dalam negeri": "Permendagri",
    "peraturan menteri keuangan": "PMK",
    "undang-undang": "UU",
    "undang undang": "UU",
    "peraturan desa": "Perdes",
    "peraturan kejaksaan": "Peraturan Kejaksaan",
    "keputusan gubernur": "Keputusan Gubernur",
    "keputusan bupati": "Keputusan Bupati",
    "instruksi gubernur": "Instruksi Gubernur",
    "instruksi bupati": "Instruksi Bupati",
    "surat edaran": "Surat Edaran",
    "keputusan kpu": "Keputusan KPU",
}
_SHORT_KINDS = (
    "Perdasus", "Perdasi", "Perda", "Pergub", "Perbup", "Perwali", "Perwako", "Perwal", "Perpres", "Permenaker",
    "Permendagri", "Permen", "Inpres", "Keppres", "Kepmendagri", "Kepmenaker", "Qanun", "Perdes", "PMK", "Ingub",
    "Inbup", "UU", "PP", "SE",
)  # fmt: skip
#: Kinds that the whole country is bound by.
_NATIONAL = frozenset({
    "UU", "PP", "Perpres", "Inpres", "Keppres", "Permenaker", "Permendagri", "Permen", "PMK", "Kepmendagri",
    "Kepmenaker", "Peraturan Kejaksaan", "Keputusan KPU",
})  # fmt: skip

_KIND = "|".join(sorted([*_SHORT_KINDS, *(re.escape(kind) for kind in _LONG_KINDS)], key=len, reverse=True))
_REGULATION = re.compile(
    rf"\b(?P<kind>{_KIND})\b(?P<between>[^.;\d\n]{{0,60}}?)\b(?:nomor|no\.?|nomer)\s?(?P<number>\d{{1,4}}[A-Z]?)"
    rf"(?:\s?(?:tahun|th\.?|thn\.?|/)\s?(?P<year>(?:19|20)\d\d))?"
    rf"|\b(?P<kind_plain>{_KIND})\s(?P<number_plain>\d{{1,3}})(?:\s?(?:tahun|/)\s?)(?P<year_plain>(?:19|20)\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RegulationMention:
    """A regulation at ``text[start:end]``; ``is_national`` says that no region issued it."""

    start: int
    end: int
    kind: str
    number: str
    year: int | None
    is_national: bool


def find_regulations(text: str) -> list[RegulationMention]:
    """Regulations with a number, in order."""
    mentions = []
    for match in _REGULATION.finditer(text):
        written = (match["kind"] or match["kind_plain"]).lower()
        kind = _LONG_KINDS.get(written) or next(short for short in _SHORT_KINDS if short.lower() == written)
        year = match["year"] or match["year_plain"]
        mentions.append(
            RegulationMention(
                start=match.start(),
                end=match.end(),
                kind=kind,
                number=(match["number"] or match["number_plain"]).lstrip("0") or "0",
                year=int(year) if year else None,
                is_national=kind in _NATIONAL,
            )
        )
    return mentions
