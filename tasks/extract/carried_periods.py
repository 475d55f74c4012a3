"""The periods that earlier sentences leave to the figures of later ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.answers import NO_PERIOD, PeriodAnswer
from tasks.extract.clues import CluedPattern
from tasks.extract.periods import DAY_LENGTH, YEAR_LENGTH
from tasks.extract.reading import Reading
from tasks.extract.sentences import Sentence
from tasks.extract.stated_periods import AS_OF, FAMILIES, answer_of, is_of_a_life

_EARLIER = CluedPattern(
    "sebelumnya dibanding ketimbang daripada semula dulu halnya berbeda",
    r"\b(?:sebelumnya|dibanding(?:kan)?|ketimbang|daripada|semula|dulu|lain\shalnya|berbeda)\b",
)
_SINCE = CluedPattern("sejak mulai semenjak", r"\b(?:sejak|mulai|dimulai|semenjak)\s(?:\w+\s)?$")
_SINCE_HERE = re.compile(r"(?:sejak|mulai)\b")
_COMPARED_WITH = "a year before"
_NOT_CARRIED = ("publication", "day of the event", "the only year of the article")
# A target's period goes no further than the next sentence: "target 2026 42 persen. Itu setara 184 ribu peserta".
NEXT_SENTENCE_ONLY = "target"


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
        family = FAMILIES.get(metric)
        if family is None or (is_group and self._sentence > self._whole_until.get(family, self._sentence)):
            return NO_PERIOD
        if family == NEXT_SENTENCE_ONLY:
            return self._just_said.get(family, NO_PERIOD)
        answer = self._just_said.get(family) or self._by_family.get(family, NO_PERIOD)
        # The money for those who are to be covered is of the same year.
        if metric == "budget" and answer.iso is None:
            return self._just_said.get(NEXT_SENTENCE_ONLY, NO_PERIOD)
        return answer

    def leave(self, reading: Reading, sentence: Sentence, found: Sequence[tuple[str, PeriodAnswer]]) -> None:
        """Takes over what a sentence states: its figures' periods, else a period that it only names."""
        self._sentence += 1
        self._just_said = {}
        taken: set[str] = set()
        for metric, answer in found:
            family = FAMILIES.get(metric)
            if family is None or answer.iso is None or answer.evidence is None:
                continue
            if answer.evidence.basis == _COMPARED_WITH:
                continue
            if metric == "eligible_workers" and family in self._by_family:
                continue
            if self._is_vaguer(family, answer):
                continue
            is_short = answer.evidence.basis in _NOT_CARRIED or family == NEXT_SENTENCE_ONLY
            if is_short or self._is_of_earlier_year(family, answer):
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

    def _is_of_earlier_year(self, family: str, answer: PeriodAnswer) -> bool:
        """Whether a figure looks back: what a sentence says of an earlier year the article does not go on with."""
        carried = self._by_family.get(family, NO_PERIOD).iso or ""
        return (answer.iso or "")[:YEAR_LENGTH] < carried[:YEAR_LENGTH]

    def _is_vaguer(self, family: str, answer: PeriodAnswer) -> bool:
        """Whether only the year is named of what more exact words were said of: "tahun ini" behind "semester I"."""
        carried = self._by_family.get(family, NO_PERIOD).iso or ""
        return len(answer.iso or "") == YEAR_LENGTH < len(carried) and carried.startswith(answer.iso or "")

    def _is_later(self, family: str, answer: PeriodAnswer) -> bool:
        """Of the years that one sentence compares the latest is the one that the next sentences go on with."""
        return family == "support" and (answer.iso or "") > (self._by_family[family].iso or "")

    def _leave_named(self, reading: Reading, sentence: Sentence) -> None:
        """A sentence without figures sets the time of what follows: "Sepanjang 2024 kepesertaan berkembang"."""
        for mention in reading.inside(sentence).periods:
            if mention.iso is None or mention.kind not in ("period", "year", "month"):
                continue
            if is_of_a_life(reading.lowered, sentence, mention):
                continue
            is_event = len(mention.iso) == DAY_LENGTH and not AS_OF.search(
                reading.lowered, sentence.start, mention.start
            )
            looks_back = _EARLIER.search(reading.lowered, sentence.start, mention.start)
            if not (is_event or looks_back or is_start(reading.lowered, mention.start, mention.iso)):
                answer = answer_of(reading, "stated in a sentence before", mention)
                self._by_family = dict.fromkeys(FAMILIES.values(), answer)
                self._whole_until = {}


def _is_aside(reading: Reading, sentence: Sentence, answer: PeriodAnswer) -> bool:
    """Whether the period is only since when, or that of an earlier value to compare with."""
    start = (answer.evidence.start if answer.evidence else None) or 0
    looks_back = sentence.start <= start and _EARLIER.search(reading.lowered, sentence.start, start)
    return bool(looks_back) or is_start(reading.lowered, start, answer.iso)


def is_start(text: str, position: int, iso: str | None) -> bool:
    """Whether the period there only says since when: "sejak Desember 2021", but not "sejak Januari hingga Juni"."""
    if "/" in (iso or ""):
        return False
    return bool(_SINCE.search(text, max(0, position - 20), position) or _SINCE_HERE.match(text, position))
