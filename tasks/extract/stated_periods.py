"""Periods that the sentence of a number states for it, and those that a sentence states of the figures before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasks.extract.answers import NO_PERIOD, PeriodAnswer, quote_evidence
from tasks.extract.clues import CluedPattern
from tasks.extract.decisions import Decision
from tasks.extract.numbers import Figure
from tasks.extract.periods import PeriodMention
from tasks.extract.reading import Reading, within
from tasks.extract.scene import Surroundings
from tasks.extract.sentences import Sentence
from tasks.records import Observation

_BEHIND = re.compile(
    r"(?:[^.;\d]{0,100}?[, ])?\(?"
    r"(?:pada|per|sejak|dari|hingga|sampai(?:\sdengan)?|di|untuk|selama|sepanjang|akhir|periode|posisi|s/d|dalam|data|apbd|anggaran|"
    r"ujung|penghujung|tutup|rpjmd|rpjmn)"
    r"\s(?:tahap\s(?:\d|[ivx]{1,4})\s)?(?:akhir\s|awal\s|ujung\s|tahun\s|bulan\s|tanggal\s|data\s|rpjmd\s|rpjmn\s)*$|"
    r"\s\(?(?:tahun\s|bulan\s)?$|(?:\s[a-z]+){1,2}\stahun\s$",
)
_COMPARED = CluedPattern(
    "dibanding ketimbang daripada terhadap dari",
    r"\b(?:(?:dibanding(?:kan)?|ketimbang|daripada|terhadap)(?:\sdengan)?\s(?:\w+\s){0,4}|"
    r"(?:naik|meningkat|melonjak|tumbuh|bertambah|turun|menurun|merosot|berkurang|menyusut)\sdari\s(?:[a-z]+\s){0,3})$",
)
_IN = re.compile(r"\b(?:pada|di|dalam|selama|sepanjang|untuk)\s(?:akhir\s|bulan\s|tahun\s)*$")
# "(Agustus 2023)." ends a sentence.
_LAST_CHARACTERS = 3
AS_OF = CluedPattern(
    "posisi per pertanggal hingga sampai data sepanjang selama",
    r"\b(?:posisi|per|pertanggal|hingga|sampai|data|sepanjang|selama)\s(?:akhir\s|dengan\s|tahun\s|bulan\s|data\s)*$",
)
_DATA = CluedPattern(
    "datanya semua seluruh keduanya ketiganya keempatnya demikian itu ini tersebut tadi",
    r"(?:\b(?:semua|seluruh)\s(?:data|angka|klaim|pembayaran)|\b(?:semuanya|seluruhnya|keduanya|ketiganya|keempatnya)|\bdemikian\s(?:data|catatan|menurut\sdata)|"
    r"\b(?:data|angka|jumlah|capaian|persentase|hitungan|klaim|pembayaran|pencairan|nilai)\s(?:itu|ini|tersebut|tadi)|"
    r"\bdatanya|\bdata\s(?:[\w/—–-]+\s){1,5}(?:ini|itu|tersebut)|^\W*itu(?=\s(?:per(?:tanggal)?|hingga|sampai|sejak)))\b"
    r"(?:[^.;\d]{0,60}\s(?:pada|per|hingga|sampai|posisi|kondisi|akhir|dengan|periode|sejak|dihitung))?"
    r"\s(?:akhir\s|bulan\s|tahun\s)*$",
)
# When somebody died or was born is no time of figures.
_OF_A_LIFE = CluedPattern(
    "meninggal wafat tewas gugur berpulang lahir bekerja berdiri hilang korban tertimpa tenggelam terjatuh",
    r"\b(?:meninggal(?:\sdunia)?|wafat|tewas|gugur|berpulang|lahir|kelahiran|bekerja\ssejak|berdiri|hilang|korban|"
    r"tertimpa|tenggelam|terjatuh)\s(?:(?:di|ke|saat|ketika)\s\w+\s|\w+\s)?(?:pada\s|sejak\s)?"
    r"(?:akhir\s|awal\s|bulan\s|tanggal\s|tahun\s)*(?:\w+,\s)?\(?$",
)
_AS_OF_HERE = re.compile(r"(?:posisi|per|hingga|sampai|data)\s")
_STATED_VALUE = re.compile(
    r"[\s,](?:yang|hanya|cuma|baru|sempat|sebesar|sebanyak|tercatat|masih|mencapai|berjumlah|berada|di|angka|sekitar|kisaran|"
    r"sampai|hingga|yaitu|yakni|adalah|senilai|lalu|\w+nya|(?:kala|ketika|saat|waktu)\situ|\s|,|\()*$",
)
# "dari 38 persen pada 2023 menjadi 41 persen": the period belongs to the number before it.
_BECOMES = re.compile(
    r",?\s(?:(?:naik|meningkat|bertambah|tumbuh|turun|menurun|berkurang)\s)?menjadi\s(?:[a-z]+\s){0,2}"
)
# "42,5 persen pada 2027, dan 50 persen pada 2029"
_NEXT_MEMBER = re.compile(r"(?:,|;)?\s(?:dan|serta|lalu|kemudian)\s(?:\w+\s){0,1}")
# A count and its amount or share, in either order.
_PAIRED = re.compile(r"\s?(?:[\w/-]+\s){0,4}?(?:dengan|senilai|sebesar|atau|untuk|bagi|kepada)\s(?:[\w/-]+\s){0,4}?")
# " pada 2023" right behind a figure is its period, whatever stands before it.
_RIGHT_BEHIND = 13
_LOOK_BACK = 40
# Of a rank or a target the sentence says the time wherever it likes: "28,5 persen dalam target UCJ 2025".
_STATED_ANYWHERE = ("rank", "coverage_target", "participants_target")
_NOT_AS_OF = ("statement", "years")
# Figures of one family share the period that was last stated for one of them.
FAMILIES = {
    "coverage_rate": "coverage", "coverage_change": "coverage", "participants": "coverage", "rank": "coverage",
    "eligible_workers": "coverage", "uncovered_workers": "coverage", "employers": "coverage",
    "claims_count": "claims", "benefit_paid": "claims", "budget": "support", "assisted_workers": "support",
    "coverage_target": "target", "participants_target": "target",
}  # fmt: skip


def answer_of(reading: Reading, basis: str, mention: PeriodMention) -> PeriodAnswer:
    """The answer that a mention gives; ``basis`` says how it goes with the number."""
    return PeriodAnswer(mention.iso, quote_evidence(reading.text, basis, mention.start, mention.end))


def stated_periods(reading: Reading, decision: Decision) -> Iterator[tuple[str, PeriodMention]]:
    """Periods of the sentence that can go with a number, the best first."""
    around, sentence, text, figure = decision.surroundings, decision.sentence, reading.lowered, decision.figure
    if cell := reading.tables.cell_at(figure.start):
        headed = within(reading.periods, cell.head_start, cell.head_end)
        yield from (("stated in the head of the column", mention) for mention in headed if mention.iso)
    mentions = [
        mention
        for mention in reading.inside(sentence).periods
        if (mention.iso or mention.kind in ("shift", "now"))
        and mention.kind not in _NOT_AS_OF
        and not is_of_a_life(text, sentence, mention)
        and not _is_compared(text, sentence.start, mention, figure.start, around.previous_figure)
    ]
    phrase_start = around.phrase_start
    next_start = around.next_figure.start if around.next_figure else sentence.end
    before = [mention for mention in mentions if mention.end <= figure.start]
    behind = [
        mention
        for mention in mentions
        if figure.end <= mention.start < min(next_start, around.clause[1])
        and _BEHIND.fullmatch(text, figure.end, mention.start)
    ]
    last_figure = next_start if around.next_figure else figure.end
    trailing = [m for m in mentions if m.start >= last_figure and _holds_for_all(reading, sentence, m)]
    yield from (("stated behind the figure", m) for m in behind[:1] if _is_right_behind(text, around, m))
    own = [m for m in before if m.start >= phrase_start]
    if own and _is_of_previous(text, around, own[-1]):
        before = before[: -len(own)]
        own = []
        behind += [m for m in mentions if m.start >= figure.end]
    yield from (("stated before the figure", m) for m in own[-1:])
    yield from (("stated behind the figure", m) for m in behind[:1])
    yield from (("stated behind the figure", m) for m in _behind_its_pair(text, around, mentions))
    yield from (("stated in the sentence", m) for m in before[-1:])
    if decision.metric in _STATED_ANYWHERE:
        trailing += [m for m in mentions if m.start >= figure.end]
    yield from (("stated at the end of the sentence", m) for m in trailing[-1:])
    if around.next_figure is None:
        yield from (("the only period of the sentence", m) for m in _only(reading, sentence, mentions))


def _only(reading: Reading, sentence: Sentence, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The last words of a sentence where they are the only period that it names: "4.000 petani terdaftar pada 2022"."""
    told = [mention for mention in mentions if mention.iso and mention.kind in ("period", "year", "month", "relative")]
    is_last = len(told) == 1 and sentence.end - told[0].end <= _LAST_CHARACTERS
    return told if is_last and _IN.search(reading.lowered, sentence.start, told[0].start) else []


def period_of_data(reading: Reading, sentence: Sentence) -> PeriodAnswer:
    """The period that a sentence without figures gives to those told before it: "Semua data sampai akhir Agustus"."""
    for mention in reading.inside(sentence).periods:
        is_stated = mention.iso is not None and mention.kind in ("period", "month", "year")
        if is_stated and _DATA.search(reading.lowered, sentence.start, mention.start):
            return answer_of(reading, "stated of the data told before", mention)
    return NO_PERIOD


def is_of_told_data(observation: Observation) -> bool:
    """Whether a figure's period can still be that of the data: of coverage or claims, and not stated with it."""
    evidence = observation.period_evidence
    is_open = evidence is None or evidence.basis in ("publication", "day of the event")
    return is_open and FAMILIES.get(observation.metric) in ("coverage", "claims")


def is_of_a_life(text: str, sentence: Sentence, mention: PeriodMention) -> bool:
    """Whether a period is when one person died or was born; a span of time is that of all who are counted."""
    return "/" not in (mention.iso or "") and _OF_A_LIFE.search(text, sentence.start, mention.start) is not None


def _holds_for_all(reading: Reading, sentence: Sentence, mention: PeriodMention) -> bool:
    """Whether a period at the end of a sentence is that of all its figures: "..., dihitung sejak Mei sampai Juli"."""
    if _AS_OF_HERE.match(reading.lowered, mention.start) or "/" in (mention.iso or ""):
        return True
    if reading.lowered[mention.start - 1] == "(" and sentence.end - mention.end <= _LAST_CHARACTERS:
        return True
    return AS_OF.search(reading.lowered, sentence.start, mention.start) is not None


def _is_of_previous(text: str, around: Surroundings, mention: PeriodMention) -> bool:
    """Whether a period between two numbers is that of the first: "dari 38 persen pada 2023 menjadi 41 persen"."""
    previous = around.previous_figure
    if previous is None or "," in text[previous.end : mention.start]:
        return False
    between = (mention.end, around.figure.start)
    return any(pattern.fullmatch(text, *between) for pattern in (_BECOMES, _NEXT_MEMBER))


def _behind_its_pair(text: str, around: Surroundings, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The period behind the amount that a count comes with: "43.217 klaim dengan dana Rp570 miliar pada 2019"."""
    figure, paired = around.figure, around.next_figure
    if paired is None or paired.end > around.clause[1] or not _PAIRED.fullmatch(text, figure.end, paired.start):
        return []
    behind = [m for m in mentions if paired.end <= m.start < around.clause[1]]
    return [m for m in behind[:1] if _BEHIND.fullmatch(text, paired.end, m.start)]


def _is_right_behind(text: str, around: Surroundings, mention: PeriodMention) -> bool:
    """Whether nothing but a preposition stands between the number and the period."""
    end = around.noun.end if around.noun else around.figure.end
    return mention.start - end <= _RIGHT_BEHIND and "," not in text[end : mention.start]


def _is_compared(
    text: str, sentence_start: int, mention: PeriodMention, figure_start: int, previous: Figure | None
) -> bool:
    """Whether the period is only compared with: "meningkat dibanding tahun sebelumnya" says nothing of its own.

    "dibanding 2023 yang 38,12 persen" does: there the period stands right before its own figure.
    """
    if mention.kind == "shift":
        return mention.start > figure_start
    if not _COMPARED.search(text, max(sentence_start, mention.start - _LOOK_BACK), mention.start):
        return False
    own = mention.end <= figure_start and (previous is None or previous.end <= mention.start)
    return not (own and _STATED_VALUE.match(text, mention.end, figure_start))
