"""Says which period a number is about: stated with it, else carried on from earlier figures of its kind, else "now"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.answers import NO_PERIOD, PeriodAnswer, quote_evidence
from tasks.extract.clues import CluedPattern
from tasks.extract.decisions import Decision
from tasks.extract.details import segment_of
from tasks.extract.lexicon import Mark
from tasks.extract.numbers import Figure
from tasks.extract.periods import PeriodMention
from tasks.extract.reading import Reading, within
from tasks.extract.scene import Surroundings
from tasks.extract.sentences import Sentence
from tasks.records import Evidence, Observation

_BEHIND = re.compile(
    r"(?:[^.;\d]{0,100}?[, ])?\(?"
    r"(?:pada|per|sejak|dari|hingga|sampai(?:\sdengan)?|di|untuk|selama|sepanjang|akhir|periode|posisi|s/d|dalam|data|apbd|anggaran|"
    r"ujung|penghujung|tutup|rpjmd|rpjmn)"
    r"\s(?:akhir\s|awal\s|ujung\s|tahun\s|bulan\s|tanggal\s|data\s|rpjmd\s|rpjmn\s)*$|\s\(?(?:tahun\s|bulan\s)?$",
)
_COMPARED = CluedPattern(
    "dibanding ketimbang daripada terhadap",
    r"\b(?:dibanding(?:kan)?|ketimbang|daripada|terhadap)(?:\sdengan)?\s(?:\w+\s){0,4}$",
)
# "(Agustus 2023)." ends a sentence.
_LAST_CHARACTERS = 3
_AS_OF = CluedPattern(
    "posisi per hingga sampai data sepanjang selama",
    r"\b(?:posisi|per|hingga|sampai|data|sepanjang|selama)\s(?:akhir\s|dengan\s|tahun\s|bulan\s|data\s)*$",
)
_DATA = CluedPattern(
    "semua seluruh keduanya ketiganya keempatnya demikian itu ini tersebut tadi",
    r"(?:\b(?:semua|seluruh)\s(?:data|angka|klaim|pembayaran)|\b(?:semuanya|seluruhnya|keduanya|ketiganya|keempatnya)|\bdemikian\s(?:data|catatan|menurut\sdata)|"
    r"\b(?:data|angka|jumlah|capaian|persentase|hitungan|klaim|pembayaran|pencairan|nilai)\s(?:itu|ini|tersebut|tadi))\b"
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
    r"\s(?:yang|hanya|cuma|baru|sempat|sebesar|sebanyak|tercatat|masih|mencapai|berjumlah|berada|di|angka|sekitar|kisaran|"
    r"\s|,|\()*$",
)
_EARLIER = CluedPattern(
    "sebelumnya dibanding ketimbang daripada semula dulu",
    r"\b(?:sebelumnya|dibanding(?:kan)?|ketimbang|daripada|semula|dulu)\b",
)
_SINCE = CluedPattern("sejak mulai semenjak", r"\b(?:sejak|mulai|dimulai|semenjak)\s(?:\w+\s)?$")
_SINCE_HERE = re.compile(r"(?:sejak|mulai)\b")
# "dari 38 persen pada 2023 menjadi 41 persen": the period belongs to the number before it.
_BECOMES = re.compile(
    r",?\s(?:(?:naik|meningkat|bertambah|tumbuh|turun|menurun|berkurang)\s)?menjadi\s(?:[a-z]+\s){0,2}"
)
# "42,5 persen pada 2027, dan 50 persen pada 2029"
_NEXT_MEMBER = re.compile(r"(?:,|;)?\s(?:dan|serta|lalu|kemudian)\s(?:\w+\s){0,1}")
# A count and its amount or share, in either order.
_PAIRED = re.compile(r"\s?(?:[\w/-]+\s){0,4}?(?:dengan|senilai|sebesar|atau|untuk|bagi|kepada)\s(?:[\w/-]+\s){0,4}?")
# " pada 2023" right behind a figure is its period, whatever stands before it.
_RIGHT_BEHIND = 9
_LOOK_BACK = 40
# A day without "per" or "hingga" is that of an event, no date that figures refer to.
_DAY_LENGTH = 10
_AIMED_AT = ("coverage_target", "participants_target", "budget")
# Of a rank or a target the sentence says the time wherever it likes: "28,5 persen dalam target UCJ 2025".
_STATED_ANYWHERE = ("rank", "coverage_target", "participants_target")
_NOT_AS_OF = ("statement", "years")
_NOT_CARRIED = ("publication", "day of the event", "a year before")
# Figures of one family share the period that was last stated for one of them.
_FAMILIES = {
    "coverage_rate": "coverage", "coverage_change": "coverage", "participants": "coverage", "rank": "coverage",
    "eligible_workers": "coverage", "uncovered_workers": "coverage", "employers": "coverage",
    "claims_count": "claims", "benefit_paid": "claims", "budget": "support", "assisted_workers": "support",
    "coverage_target": "target", "participants_target": "target",
}  # fmt: skip
# A target's period goes no further than the next sentence: "target 2026 42 persen. Itu setara 184 ribu peserta".
_NEXT_SENTENCE_ONLY = "target"


# Sentences over which a group of workers still shares the period of the whole.
_GROUP_REACH = 1
# Figures of all workers of a region.
_OF_THE_WHOLE = ("coverage_rate", "coverage_change", "rank")


class CarriedPeriods:
    """The periods that earlier sentences leave to later ones, by family of metrics."""

    def __init__(self) -> None:
        self._by_family: dict[str, PeriodAnswer] = {}
        self._just_said: dict[str, PeriodAnswer] = {}
        self._whole_until: dict[str, int] = {}
        self._sentence = 0

    def of(self, metric: str, *, is_group: bool) -> PeriodAnswer:
        """The period that a figure of a metric inherits; targets and contributions inherit none from afar.

        A group of workers has no part in the period of the region's rate: "875 honorer" behind "38,54 persen pada
        September" some sentences before is not of September, but in a list of participants it is.
        """
        family = _FAMILIES.get(metric)
        if family is None or (is_group and self._sentence > self._whole_until.get(family, self._sentence)):
            return NO_PERIOD
        if family == _NEXT_SENTENCE_ONLY:
            return self._just_said.get(family, NO_PERIOD)
        answer = self._just_said.get(family) or self._by_family.get(family, NO_PERIOD)
        # The money for those who are to be covered is of the same year.
        if metric == "budget" and answer.iso is None:
            return self._just_said.get(_NEXT_SENTENCE_ONLY, NO_PERIOD)
        return answer

    def leave(self, reading: Reading, sentence: Sentence, found: Sequence[tuple[str, PeriodAnswer]]) -> None:
        """Takes over what a sentence states: its figures' periods, else a period that it only names."""
        self._sentence += 1
        self._just_said = {}
        taken: set[str] = set()
        for metric, answer in found:
            family = _FAMILIES.get(metric)
            if family is None or answer.iso is None or answer.evidence is None:
                continue
            if metric == "eligible_workers" and family in self._by_family:
                continue
            if answer.evidence.basis in _NOT_CARRIED or family == _NEXT_SENTENCE_ONLY:
                self._just_said[family] = answer
            elif (family not in taken or self._is_later(family, answer)) and not _is_aside(reading, sentence, answer):
                taken.add(family)
                self._whole_until.pop(family, None)
                if metric in _OF_THE_WHOLE:
                    self._whole_until[family] = self._sentence + _GROUP_REACH
                evidence = replace(answer.evidence, basis="carried from an earlier figure")
                self._by_family[family] = PeriodAnswer(answer.iso, evidence)
        if not found:
            self._leave_named(reading, sentence)

    def _is_later(self, family: str, answer: PeriodAnswer) -> bool:
        """Of the years that one sentence compares the latest is the one that the next sentences go on with."""
        return family == "support" and (answer.iso or "") > (self._by_family[family].iso or "")

    def _leave_named(self, reading: Reading, sentence: Sentence) -> None:
        """A sentence without figures sets the time of what follows: "Sepanjang 2024 kepesertaan berkembang"."""
        for mention in within(reading.periods, sentence.start, sentence.end):
            if mention.iso is None or mention.kind not in ("period", "year", "month"):
                continue
            if _is_of_a_life(reading.lowered, sentence, mention):
                continue
            is_event = len(mention.iso) == _DAY_LENGTH and not _AS_OF.search(
                reading.lowered, sentence.start, mention.start
            )
            if not is_event and not _is_start(reading.lowered, mention.start, mention.iso):
                answer = _answer(reading, "stated in a sentence before", mention)
                self._by_family = dict.fromkeys(_FAMILIES.values(), answer)
                self._whole_until = {}


def _answer(reading: Reading, basis: str, mention: PeriodMention) -> PeriodAnswer:
    return PeriodAnswer(mention.iso, quote_evidence(reading.text, basis, mention.start, mention.end))


def period_of(reading: Reading, decision: Decision, carried: CarriedPeriods) -> PeriodAnswer:
    """The period of a number: stated with it, else in its sentence, else carried on, else "now"."""
    metric = decision.metric or ""
    for basis, mention in _stated(reading, decision):
        if mention.kind == "shift":
            return _year_before(carried.of(metric, is_group=False), _answer(reading, "a year before", mention).evidence)
        answer = _answer(reading, "publication" if mention.kind == "now" else basis, mention)
        if metric in _AIMED_AT:
            return _not_past(reading, mention, answer)
        return _until_now(reading, answer) if _FAMILIES.get(metric) == "claims" else answer
    if _FAMILIES.get(metric) == "claims" and (handed_over := _on_event_day(reading, decision.surroundings.sentence)):
        return handed_over
    inherited = carried.of(metric, is_group=segment_of(decision, reading.text)[0] is not None)
    if inherited.iso and not _is_new_act(decision) and not _is_to_come(reading, decision, inherited):
        return inherited
    if _FAMILIES.get(metric) == "claims" and (told := _on_event_day(reading, reading.marks)):
        return told
    return _as_of_now(reading, decision)


def _is_to_come(reading: Reading, decision: Decision, inherited: PeriodAnswer) -> bool:
    """Whether an inherited period has not begun: a level of today is not of the year that a plan before it names."""
    is_level = _FAMILIES.get(decision.metric or "") == "coverage"
    return bool(is_level and reading.anchor and inherited.iso and int(inherited.iso[:4]) > reading.anchor.year)


def _not_past(reading: Reading, mention: PeriodMention, answer: PeriodAnswer) -> PeriodAnswer:
    """A month without a year lies ahead where something is aimed at: "50 persen pada Desember"."""
    anchor, iso = reading.anchor, answer.iso
    if anchor is None or iso is None or mention.kind != "month" or iso >= anchor.isoformat()[:7]:
        return answer
    is_named = re.search(r"\d|tahun|lalu", reading.lowered[mention.start : mention.end])
    return answer if is_named else replace(answer, iso=f"{int(iso[:4]) + 1:04d}{iso[4:]}")


def _until_now(reading: Reading, answer: PeriodAnswer) -> PeriodAnswer:
    """What was paid since a time was paid from then to the day of the statement."""
    start = answer.evidence.start if answer.evidence else None
    if answer.iso and start is not None and reading.anchor and _is_start(reading.lowered, start, answer.iso):
        return replace(answer, iso=f"{answer.iso}/{reading.anchor.isoformat()}")
    return answer


def _on_event_day(reading: Reading, marks: Sequence[Mark]) -> PeriodAnswer | None:
    """The day of the event, where one of the marks says that benefits were handed over there."""
    for mark in marks:
        if "event_word" in mark.tags and reading.event_day:
            evidence = quote_evidence(reading.text, "day of the event", mark.start, mark.end)
            return PeriodAnswer(reading.event_day.isoformat(), evidence)
    return None


def _is_new_act(decision: Decision) -> bool:
    """Whether the number is what somebody says to have done, not what the figures before go on with."""
    around = decision.surroundings
    if _FAMILIES.get(decision.metric or "") == "claims":
        return False
    tags = {tag for mark in (*around.clause_before, *around.clause_after) for tag in mark.tags}
    return around.previous_figure is None and "covering_act" in tags and "same_period" not in tags


def _as_of_now(reading: Reading, decision: Decision) -> PeriodAnswer:
    """The day of the statement, where the clause says that something is so by now: "sudah", "baru", "masih"."""
    around = decision.surroundings
    if reading.anchor is None or _FAMILIES.get(decision.metric or "") in (None, _NEXT_SENTENCE_ONLY):
        return NO_PERIOD
    for mark in (*around.clause_before, *around.clause_after):
        if "present" in mark.tags:
            evidence = quote_evidence(reading.text, "publication", mark.start, mark.end)
            return PeriodAnswer(reading.anchor.isoformat(), evidence)
    return NO_PERIOD


def _stated(reading: Reading, decision: Decision) -> Iterator[tuple[str, PeriodMention]]:
    """Periods of the sentence that can go with a number, the best first."""
    around, sentence, text, figure = decision.surroundings, decision.sentence, reading.lowered, decision.figure
    if cell := reading.tables.cell_at(figure.start):
        headed = within(reading.periods, cell.head_start, cell.head_end)
        yield from (("stated in the head of the column", mention) for mention in headed if mention.iso)
    mentions = [
        mention
        for mention in within(reading.periods, sentence.start, sentence.end)
        if (mention.iso or mention.kind == "shift")
        and mention.kind not in _NOT_AS_OF
        and not _is_of_a_life(text, sentence, mention)
        and not _is_compared(text, sentence.start, mention, figure.start, around.previous_figure)
    ]
    phrase_start = max(around.previous_figure.end if around.previous_figure else 0, around.clause[0])
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
        own = []
        behind += [m for m in mentions if m.start >= figure.end]
    yield from (("stated before the figure", m) for m in own[-1:])
    yield from (("stated behind the figure", m) for m in behind[:1])
    yield from (("stated behind the figure", m) for m in _behind_its_pair(text, around, mentions))
    yield from (("stated in the sentence", m) for m in before[-1:])
    if decision.metric in _STATED_ANYWHERE:
        trailing += [m for m in mentions if m.start >= figure.end]
    yield from (("stated at the end of the sentence", m) for m in trailing[-1:])


def period_of_data(reading: Reading, sentence: Sentence) -> PeriodAnswer:
    """The period that a sentence without figures gives to those told before it: "Semua data sampai akhir Agustus"."""
    for mention in within(reading.periods, sentence.start, sentence.end):
        is_stated = mention.iso is not None and mention.kind in ("period", "month", "year")
        if is_stated and _DATA.search(reading.lowered, sentence.start, mention.start):
            return _answer(reading, "stated of the data told before", mention)
    return NO_PERIOD


def is_of_told_data(observation: Observation) -> bool:
    """Whether a figure's period can still be that of the data: of coverage or claims, and not stated with it."""
    evidence = observation.period_evidence
    is_open = evidence is None or evidence.basis in ("publication", "day of the event")
    return is_open and _FAMILIES.get(observation.metric) in ("coverage", "claims")


def _is_of_a_life(text: str, sentence: Sentence, mention: PeriodMention) -> bool:
    """Whether a period is when one person died or was born; a span of time is that of all who are counted."""
    return "/" not in (mention.iso or "") and _OF_A_LIFE.search(text, sentence.start, mention.start) is not None


def _holds_for_all(reading: Reading, sentence: Sentence, mention: PeriodMention) -> bool:
    """Whether a period at the end of a sentence is that of all its figures: "..., dihitung sejak Mei sampai Juli"."""
    if _AS_OF_HERE.match(reading.lowered, mention.start) or "/" in (mention.iso or ""):
        return True
    if reading.lowered[mention.start - 1] == "(" and sentence.end - mention.end <= _LAST_CHARACTERS:
        return True
    return _AS_OF.search(reading.lowered, sentence.start, mention.start) is not None


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


def _year_before(answer: PeriodAnswer, evidence: Evidence | None) -> PeriodAnswer:
    """The same period one year earlier."""
    if not answer.iso:
        return NO_PERIOD
    iso = "/".join(f"{int(end[:4]) - 1:04d}{end[4:]}" for end in answer.iso.split("/"))
    return PeriodAnswer(iso, evidence)


def _is_aside(reading: Reading, sentence: Sentence, answer: PeriodAnswer) -> bool:
    """Whether the period is only since when, or that of an earlier value to compare with."""
    start = (answer.evidence.start if answer.evidence else None) or 0
    looks_back = sentence.start <= start and _EARLIER.search(reading.lowered, sentence.start, start)
    return bool(looks_back) or _is_start(reading.lowered, start, answer.iso)


def _is_start(text: str, position: int, iso: str | None) -> bool:
    """Whether the period there only says since when: "sejak Desember 2021", but not "sejak Januari hingga Juni"."""
    if "/" in (iso or ""):
        return False
    return bool(_SINCE.search(text, max(0, position - 20), position) or _SINCE_HERE.match(text, position))
