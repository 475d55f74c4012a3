"""Says which period a number is of: stated with it, the day of a hand-over, carried on, told soon after, or by now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.answers import NO_PERIOD, PeriodAnswer, quote_evidence
from tasks.extract.carried_periods import NEXT_SENTENCE_ONLY, CarriedPeriods, is_start
from tasks.extract.decisions import Decision
from tasks.extract.details import segment_of
from tasks.extract.lexicon import Mark
from tasks.extract.periods import YEAR_LENGTH, PeriodMention
from tasks.extract.reading import Reading
from tasks.extract.sentences import Sentence
from tasks.extract.stated_periods import AS_OF, FAMILIES, answer_of, stated_periods
from tasks.extract.told_periods import in_another_year
from tasks.records import Evidence

_AIMED_AT = ("coverage_target", "participants_target", "budget")
# Sentences behind a number in which its period may be told.
_PUBLIC = ("budget", "assisted_workers", "participants_target")
_BUDGET_BEFORE = re.compile(
    r"\b(?:r?apbd|apbn|apbdes|anggaran|dbhcht|dbh(?:\ssawit)?)(?:\s\w+)?\s(?:tahun\s)?(?:anggaran\s)?$"
)
_BUDGET_REACH = 45
_LATER_SENTENCES = 4
_TOLD_LATER = ("period", "month", "year", "relative")
_CLAIMS = frozenset({"paid_out", "claim", "case_noun"})
_DATA = re.compile(r"\bdata(?:nya)?\b")
_FROM_WHEN = ("per ", "hingga ", "sampai ")
# A target or tariff has a time of its own or none.
_OF_LATER = ("coverage", "claims", "support")


def period_of(reading: Reading, decision: Decision, carried: CarriedPeriods) -> PeriodAnswer:
    """The period of a number, or none: the first that its article offers, in the order in which a reader looks."""
    return next((answer for answer in _answers(reading, decision, carried) if answer.iso or answer.evidence), NO_PERIOD)


def _answers(reading: Reading, decision: Decision, carried: CarriedPeriods) -> Iterator[PeriodAnswer]:
    family = FAMILIES.get(decision.metric or "")
    yield from _stated(reading, decision, carried, family)
    yield from _handed_over(reading, decision.surroundings.sentence, family)
    yield from _inherited(reading, decision, carried)
    yield from _handed_over(reading, reading.marks, family)
    yield from _told_later(reading, decision, family)
    yield _as_of_now(reading, decision)
    yield from _of_the_budget(reading, decision)
    yield from _only_year(reading, decision)


def _of_the_budget(reading: Reading, decision: Decision) -> Iterator[PeriodAnswer]:
    """The only year whose budget the article names: "dibiayai APBD 2024", for what public money pays."""
    if decision.metric not in _PUBLIC:
        return
    years = [
        mention
        for mention in reading.periods
        if mention.iso
        and len(mention.iso) == YEAR_LENGTH
        and _BUDGET_BEFORE.search(reading.lowered, max(0, mention.start - _BUDGET_REACH), mention.start)
    ]
    if len({mention.iso for mention in years}) == 1:
        yield answer_of(reading, "the budget's year", years[0])


def _only_year(reading: Reading, decision: Decision) -> Iterator[PeriodAnswer]:
    """The year of all that the article names and tells of, for what public money pays and for what is aimed at."""
    if decision.metric not in _PUBLIC and decision.metric not in _AIMED_AT:
        return
    named = [each for each in reading.periods if each.iso and each.kind in ("period", "month", "year", "relative")]
    years = {end[:YEAR_LENGTH] for each in named for end in (each.iso or "").split("/")}
    told = {reading.anchor.isoformat()[:YEAR_LENGTH]} if reading.anchor else set()
    if named and len(years | told) == 1:
        yield replace(answer_of(reading, "the only year of the article", named[0]), iso=years.pop())


def _stated(
    reading: Reading, decision: Decision, carried: CarriedPeriods, family: str | None
) -> Iterator[PeriodAnswer]:
    """Periods of its own sentence."""
    metric = decision.metric or ""
    for basis, mention in stated_periods(reading, decision):
        if mention.kind == "shift":
            evidence = answer_of(reading, "a year before", mention).evidence
            yield _same_span(carried.of(metric, is_group=False), mention.iso, evidence)
            continue
        answer = answer_of(reading, "publication" if mention.kind == "now" else basis, mention)
        if metric in _AIMED_AT:
            yield _not_past(reading, mention, answer)
        else:
            yield _until_now(reading, answer) if family == "claims" else answer


def _handed_over(reading: Reading, marks: Sequence[Mark], family: str | None) -> Iterator[PeriodAnswer]:
    """The day of the event, where one of the marks says that benefits were handed over there."""
    if family == "claims" and (told := _on_event_day(reading, marks)):
        yield told


def _inherited(reading: Reading, decision: Decision, carried: CarriedPeriods) -> Iterator[PeriodAnswer]:
    """The period that earlier figures leave."""
    inherited = carried.of(decision.metric or "", is_group=segment_of(decision, reading.text)[0] is not None)
    if not (_is_new_act(decision) or _is_to_come(reading, decision, inherited)):
        yield inherited


def _told_later(reading: Reading, decision: Decision, family: str | None) -> Iterator[PeriodAnswer]:
    """The first period of the next sentences, where it is said to be that of data: "Data itu posisi Desember 2020"."""
    if family not in _OF_LATER:
        return
    index = next(i for i, each in enumerate(reading.sentences) if each.start == decision.sentence.start)
    for sentence in reading.sentences[index + 1 : index + 1 + _LATER_SENTENCES]:
        mentions = reading.inside(sentence).periods
        first = next((mention for mention in mentions if mention.iso and mention.kind in _TOLD_LATER), None)
        if first and _is_of_data(reading, sentence, first) and _is_of_family(reading, sentence, family):
            answer = answer_of(reading, "stated in a later sentence", first)
            if not _is_to_come(reading, decision, answer):
                yield answer
            return


def _is_of_family(reading: Reading, sentence: Sentence, family: str | None) -> bool:
    """Whether the figures of a sentence, if it has any, are claims where claims are asked for, and not otherwise."""
    inside = reading.inside(sentence)
    is_claims = any(mark.tags & _CLAIMS for mark in inside.marks)
    return not inside.figures or is_claims == (family == "claims")


def _is_of_data(reading: Reading, sentence: Sentence, mention: PeriodMention) -> bool:
    """Whether a period says until when something was counted: "per 31 Oktober", "data posisi Desember 2020"."""
    before = reading.lowered[sentence.start : mention.start]
    is_as_of = AS_OF.search(reading.lowered, sentence.start, mention.start) is not None
    return is_as_of or _DATA.search(before) is not None or reading.lowered.startswith(_FROM_WHEN, mention.start)


def _is_to_come(reading: Reading, decision: Decision, inherited: PeriodAnswer) -> bool:
    """Whether a period has not begun: a level of today is not of the year that a plan before it names."""
    is_level = FAMILIES.get(decision.metric or "") == "coverage" or decision.metric == "assisted_workers"
    if not (is_level and reading.anchor and inherited.iso):
        return False
    begin = inherited.iso.partition("/")[0]
    return begin > reading.anchor.isoformat()[: len(begin)]


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
    if not (answer.iso and start is not None and reading.anchor and is_start(reading.lowered, start, answer.iso)):
        return answer
    today = reading.anchor.isoformat()
    return replace(answer, iso=f"{answer.iso}/{today}") if answer.iso <= today[: len(answer.iso)] else NO_PERIOD


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
    if FAMILIES.get(decision.metric or "") == "claims":
        return False
    tags = {tag for mark in (*around.clause_before, *around.clause_after) for tag in mark.tags}
    return around.previous_figure is None and "covering_act" in tags and "same_period" not in tags


def _as_of_now(reading: Reading, decision: Decision) -> PeriodAnswer:
    """The day of the statement, where the clause says that something is so by now: "sudah", "baru", "masih"."""
    around = decision.surroundings
    if reading.anchor is None or FAMILIES.get(decision.metric or "") in (None, NEXT_SENTENCE_ONLY):
        return NO_PERIOD
    for mark in (*around.clause_before, *around.clause_after):
        if "present" in mark.tags:
            evidence = quote_evidence(reading.text, "publication", mark.start, mark.end)
            return PeriodAnswer(reading.anchor.isoformat(), evidence)
    return NO_PERIOD


def _same_span(answer: PeriodAnswer, year: str | None, evidence: Evidence | None) -> PeriodAnswer:
    """The same period in another year, the one before where none is named."""
    if not answer.iso:
        return PeriodAnswer(year, evidence)
    moved = int(year) - int(answer.iso[:4]) if year else -1
    return PeriodAnswer("/".join(in_another_year(end, moved) for end in answer.iso.split("/")), evidence)
