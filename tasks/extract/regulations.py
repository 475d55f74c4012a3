"""Finds the regulations that an article names: kind, number, year and whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.extract.clues import WordFinder, digit_runs, matches_at

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
    "undang - undang": "UU",
    "undang – undang": "UU",
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

_BY_WORDS = {**_LONG_KINDS, **{kind.lower(): kind for kind in _SHORT_KINDS}}
_KIND = "|".join(sorted(map(re.escape, _BY_WORDS), key=len, reverse=True))
# The number is found first, then its kind before it: far fewer places to try than the other way round.
_NUMBER = re.compile(
    r"\b(?:nomor|no\.?|nomer)\s?(?P<number>\d{1,4}[a-z]?)\b(?:\s?(?:tahun|th\.?|thn\.?|/)\s?(?P<year>(?:19|20)\d\d))?"
    r"|(?<=\s)(?P<number_plain>\d{1,3})\s?(?:tahun|/)\s?(?P<year_plain>(?:19|20)\d\d)"
)
_NUMBER_WORDS = WordFinder(("no",))
_PLAIN_LENGTH = 3
_KIND_BEFORE = re.compile(rf"\b(?P<kind>{_KIND})\b[^.;\d\n]{{0,60}}$")
_KIND_RIGHT_BEFORE = re.compile(rf"\b(?P<kind>{_KIND})\s$")
_KIND_REACH = 95


@dataclass(frozen=True, slots=True)
class RegulationMention:
    """A regulation at ``text[start:end]``; ``is_national`` says that no region issued it."""

    start: int
    end: int
    kind: str
    number: str
    year: int | None
    is_national: bool


def find_regulations(lowered: str) -> list[RegulationMention]:
    """Regulations with a number in a lower-case text, in order."""
    mentions = []
    digits = (start for start, end in digit_runs(lowered) if end - start <= _PLAIN_LENGTH)
    for match in matches_at(_NUMBER, lowered, sorted([*_NUMBER_WORDS.places(lowered), *digits])):
        before = _KIND_BEFORE if match["number"] else _KIND_RIGHT_BEFORE
        named = before.search(lowered, max(0, match.start() - _KIND_REACH), match.start())
        if named is None:
            continue
        kind = _BY_WORDS[named["kind"]]
        number, year = match["number"] or match["number_plain"], match["year"] or match["year_plain"]
        mentions.append(
            RegulationMention(
                start=named.start(),
                end=match.end(),
                kind=kind,
                number=number.upper().lstrip("0") or "0",
                year=int(year) if year else None,
                is_national=kind in _NATIONAL,
            )
        )
    return mentions
