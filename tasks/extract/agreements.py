"""Finds agreements between an administration and the agency: kind, date, parties and region.

An article names one agreement many times ("nota kesepakatan tersebut", "MoU ini"): mentions of one kind are one
agreement, and what one mention leaves open another may state. An agreement with fewer than two parties, or that is
only wished for, is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.answers import RegionAnswer
from tasks.extract.reading import Reading
from tasks.extract.sentences import Sentence
from tasks.records import Agreement

_SIGNING = re.compile(
    r"\b(?:penandatanganan|menandatangani|ditandatangani|meneken|diteken|teken|tandatangani|memperpanjang|diperpanjang|"
    r"perpanjangan|penandatangan)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:akan|segera|rencana|berencana|bakal|diharapkan\sada|perlu\sada|menyusul)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_NAME = r"(?:\s(?:[A-Z][\w'’-]+))"
_PARTY = re.compile(
    r"(?P<fund>(?:Kantor\s(?:Cabang|Wilayah)\s)?(?:BPJS\sKetenagakerjaan|BPJAMSOSTEK|BPJamsostek|Jamsostek)"
    rf"(?:\s\(?(?:BPJamsostek|BPJAMSOSTEK)\)?)?(?:\s(?P<office>[Cc]abang|Kanwil|[Kk]antor\s[Cc]abang|Wilayah))?(?P<seat>{_NAME}{{1,3}})?)"
    r"|(?P<government>(?:Pemerintah\s(?:Kabupaten|Kota|Provinsi|Daerah)|Pemkab|Pemkot|Pemko|Pemprov|Pemda)"
    rf"(?:\s\([A-Z][\w]+\))?(?P<place>{_NAME}{{1,3}}))"
    r"|(?P<other>(?:Kejaksaan\s(?:Negeri|Tinggi)|Kejari|Kejati|Dinas|Kantor\sWilayah|Kanwil|Universitas|PT|Bank|Baznas|Kwarcab|KPU|Bawaslu|KONI|Disnaker)"
    rf"{_NAME}{{1,4}})"
)
_SHORT = {
    "pemerintah kabupaten": "Pemkab",
    "pemerintah kota": "Pemkot",
    "pemerintah provinsi": "Pemprov",
    "pemerintah daerah": "Pemda",
    "pemko": "Pemkot",
}


@dataclass(slots=True)
class _Found:
    """An agreement as it comes together from its mentions."""

    kind: str
    start: int
    end: int
    date: str | None
    parties: tuple[str, ...]
    complete: bool = False


def find_agreements(reading: Reading, main: RegionAnswer) -> list[Agreement]:
    """Agreements of an article in order of their first mention, one of a kind and date."""
    found: list[_Found] = []
    starts = [sentence.start for sentence in reading.sentences]
    for mark in reading.marks:
        kind = mark.agreement
        if kind is None:
            continue
        sentence = reading.sentences[max(bisect_right(starts, mark.start) - 1, 0)]
        if mark.end <= sentence.end and not _PLANNED.search(reading.lowered, sentence.start, mark.start):
            _merge(found, _read(reading, sentence, kind, mark.start, mark.end))
    return [
        Agreement(
            kind=item.kind,
            date=item.date,
            region_code=main.code,
            parties=item.parties,
            quote=reading.text[item.start : item.end],
            quote_start=item.start,
            quote_end=item.end,
        )
        for item in found
        if len(item.parties) >= 2
    ]


def _read(reading: Reading, sentence: Sentence, kind: str, start: int, end: int) -> _Found:
    parties, last = _parties(reading.text, sentence)
    date = _date(reading, sentence, end)
    return _Found(kind, start, max(end, last) if len(parties) >= 2 else end, date, parties)


def _merge(found: list[_Found], new: _Found) -> None:
    """Adds a mention to the agreement of its kind, unless both state a date and these differ."""
    for known in found:
        if known.kind == new.kind and (known.date is None or new.date is None or known.date == new.date):
            known.date = known.date or new.date
            if len(new.parties) >= 2 and (len(known.parties) < 2 or _detail(new.parties) > _detail(known.parties)):
                known.parties = new.parties
                known.start, known.end = new.start, new.end
            return
    found.append(new)


def _detail(parties: Sequence[str]) -> int:
    return sum(len(party.split()) for party in parties) if len(parties) == 2 else 0


def _parties(text: str, sentence: Sentence) -> tuple[tuple[str, ...], int]:
    """The two sides that a sentence names, and where the last of them ends."""
    sides: dict[str, tuple[str, int]] = {}
    for match in _PARTY.finditer(text, sentence.start, sentence.end):
        side = "fund" if match["fund"] else "government" if match["government"] else "other"
        name = _short_name(match[0])
        if side not in sides or len(name) > len(sides[side][0]):
            sides[side] = (name, match.end())
    if "fund" not in sides or len(sides) < 2:
        return (), sentence.start
    partner = sides.get("government") or sides["other"]
    ordered = sorted([sides["fund"], partner], key=lambda side: side[1])
    return tuple(name for name, _ in ordered), ordered[-1][1]


def _short_name(name: str) -> str:
    """The everyday form: "Pemerintah Kabupaten (Pemkab) Bungo" is "Pemkab Bungo"."""
    plain = re.sub(r"\s\([^)]*\)", "", name)
    for long, short in _SHORT.items():
        if plain.lower().startswith(long + " "):
            return short + plain[len(long) :]
    office = re.fullmatch(r"Kantor (Cabang|Wilayah) (BPJS Ketenagakerjaan|BPJAMSOSTEK|BPJamsostek)( .+)?", plain)
    return f"{office[2]} {office[1]}{office[3] or ''}" if office else re.sub(r"\bcabang\b", "Cabang", plain)


def _date(reading: Reading, sentence: Sentence, after: int) -> str | None:
    """The date in the sentence, else of the event where the sentence speaks of the signing."""
    dates = [m for m in reading.inside(sentence).periods if m.iso and len(m.iso) == 10]
    behind = [m for m in dates if m.start >= after]
    if behind:
        return behind[0].iso
    if _SIGNING.search(reading.text, sentence.start, sentence.end):
        return dates[0].iso if dates else reading.event_day.isoformat() if reading.event_day else None
    return None
