"""Builds the observations of an article from the decisions about its numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from tasks.extract.answers import NO_REGION, PeriodAnswer, RegionAnswer
from tasks.extract.carried_periods import CarriedPeriods
from tasks.extract.decisions import Decision, decide_all
from tasks.extract.details import programs_of, qualifier_of, segment_of
from tasks.extract.judging import Judge, weigh
from tasks.extract.lexicon import Mark
from tasks.extract.period_choice import period_of
from tasks.extract.places import carried_region, further_regions, region_of
from tasks.extract.plausible import METRIC_COLUMNS
from tasks.extract.reading import Reading
from tasks.extract.regions import regions
from tasks.extract.stated_periods import is_of_told_data, period_of_data
from tasks.knowledge import read_seed
from tasks.records import NumberMention, Observation

# "Rp52 juta (masing-masing Rp2 juta)": the words in brackets belong to the next amount.
_PER_REACH = 1
_QUOTE_REACH = 110


@cache
def _units() -> dict[str, str]:
    return {row["metric"]: row["unit"] for row in read_seed("metrics.csv", METRIC_COLUMNS)}


def build_observations(
    reading: Reading, main: RegionAnswer, judge: Judge = weigh
) -> tuple[list[Observation], list[NumberMention]]:
    """Observations in the order of the text, each stated fact once, and what became of every other number."""
    region, periods = NO_REGION, CarriedPeriods()
    observations: list[Observation] = []
    numbers: list[NumberMention] = []
    by_sentence: dict[int, list[Decision]] = {}
    for decision in decide_all(reading, judge):
        by_sentence.setdefault(decision.sentence.start, []).append(decision)
    for sentence in reading.sentences:
        region_answers: list[RegionAnswer] = []
        period_answers: list[tuple[str, PeriodAnswer]] = []
        for decision in by_sentence.get(sentence.start, []):
            numbers.append(_mention(reading.text, decision))
            if decision.metric is None:
                continue
            earlier = region_answers[-1] if region_answers else region
            region_answer = region_of(reading, decision, earlier, main)
            period_answer = period_of(reading, decision, periods)
            decision = _as_target(reading, decision, period_answer)
            region_answers.append(region_answer)
            period_answers.append((decision.metric or "", period_answer))
            for answer in (*further_regions(reading, decision), region_answer):
                observations.append(_observation(reading, decision, answer, period_answer))
        if not region_answers and (told := period_of_data(reading, sentence)).iso:
            observations = [_with_period(each, told) if is_of_told_data(each) else each for each in observations]
        region = carried_region(reading, sentence, region_answers, region)
        periods.leave(reading, sentence, period_answers)
    return _number_ordinals(_drop_repeats(observations)), numbers


def _with_period(observation: Observation, period: PeriodAnswer) -> Observation:
    return replace(observation, period=period.iso, period_evidence=period.evidence)


_PLANNED = {"coverage_rate": "coverage_target", "participants": "participants_target"}


def _as_target(reading: Reading, decision: Decision, period: PeriodAnswer) -> Decision:
    """What is stated for a year that has not begun is planned: coverage of 99.5 percent in 2045 is a target."""
    planned = _PLANNED.get(decision.metric or "")
    if not (planned and period.iso and period.evidence and reading.anchor):
        return decision
    start = period.evidence.start or 0
    # "47,3 persen, masih di bawah target 2026": behind a comma the year is that of something else.
    is_apart = start > decision.figure.end and "," in reading.text[decision.figure.end : start]
    if is_apart or int(period.iso[:4]) <= reading.anchor.year:
        return decision
    return replace(decision, metric=planned, rule_name=f"{decision.rule_name} (in the future)")


def _mention(text: str, decision: Decision) -> NumberMention:
    figure = decision.figure
    role, explanation = _role(decision)
    return NumberMention(
        text=text[figure.start : figure.end],
        start=figure.start,
        end=figure.end,
        value=figure.value,
        role=role,
        explanation=explanation,
    )


def _role(decision: Decision) -> tuple[str, str]:
    """What became of a number, in a word and in a sentence."""
    rule, name = decision.rule, decision.rule_name
    if decision.metric:
        return "observation", rule.explanation if rule else name
    if rule:
        return rule.metric.strip("()"), rule.explanation
    if name:
        return "overruled", f"the words around it speak against it: {name}"
    return "unexplained", "no rule says what it is"


def _observation(reading: Reading, decision: Decision, region: RegionAnswer, period: PeriodAnswer) -> Observation:
    text, sentence, figure = reading.text, decision.sentence, decision.figure
    metric = decision.metric or ""
    start, end = _quote_span(decision)
    group, words = segment_of(decision, text)
    place = regions()[region.code] if region.code else None
    return Observation(
        metric=metric,
        value=_signed(decision),
        value_max=figure.value_max,
        unit=_units()[metric],
        of=decision.of.value if decision.of else None,
        per=_per(decision, metric),
        quote=text[start:end],
        quote_start=start,
        quote_end=end,
        sentence=text[sentence.start : sentence.end],
        sentence_start=sentence.start,
        rule=decision.rule_name,
        region_code=region.code,
        region_name=place.name if place else None,
        region_level=place.level if place else None,
        region_evidence=region.evidence,
        period=period.iso,
        period_evidence=period.evidence,
        segment=group,
        segment_text=words,
        programs=programs_of(decision),
        qualifier=qualifier_of(decision, text),
    )


def _signed(decision: Decision) -> Decimal:
    """The value; a fall of coverage is negative: "turun 0,9 poin"."""
    governing = decision.surroundings.governing
    falls = decision.metric == "coverage_change" and governing and "change_down" in governing.tags
    return -abs(decision.figure.value) if falls else decision.figure.value


def _quote_span(decision: Decision) -> tuple[int, int]:
    """From the words that made the rule apply to the counted noun: short enough to be read at a glance."""
    around, figure = decision.surroundings, decision.figure
    close = [
        mark
        for mark in around.before
        if decision.sentence.start <= mark.start and figure.start - mark.start <= _QUOTE_REACH
    ]
    triggers = decision.rule.triggers if decision.rule else frozenset()
    end = around.noun.end if around.noun else figure.end
    for mark in close:
        if mark.tags & triggers:
            return mark.start, end
    start = next((mark.start for mark in close if _tells(mark)), figure.start)
    behind = [mark for mark in around.after if mark.end - figure.end <= _QUOTE_REACH]
    for mark in behind:
        if mark.tags & triggers:
            return start, max(end, mark.end)
    if start == figure.start and around.noun is None and behind:
        end = behind[0].end
    return start, end


def _tells(mark: Mark) -> bool:
    return not all(tag.startswith(("unit:", "fund_")) for tag in mark.tags)


def _per(decision: Decision, metric: str) -> str | None:
    """What an amount is for: a month of one person, or one case: "masing-masing Rp42 juta"."""
    around, figure = decision.surroundings, decision.figure
    if metric == "contribution":
        return "month"
    if metric != "benefit_paid":
        return None
    close = (*around.before, *(mark for mark in around.after if mark.start - figure.end <= _PER_REACH))
    return "case" if any("per_person" in mark.tags for mark in close) else None


# One group of workers is counted once, whether an article calls them participants, assisted or aimed at.
_SIBLINGS = {"assisted_workers": "participants", "participants_target": "participants"}
# "- RT/RW: 5.232 pekerja (100%)": every line tells of others.
_LIST_LINE = re.compile(r"[-•*·]\s")
# "Begitu pula I Ketut Wirawan mendapatkan Rp42 juta": another heir gets as much.
_ANOTHER = re.compile(
    r"\b(?:juga|pula)\s(?:\w+\s){0,8}(?:menerima|memperoleh|mendapat\w*)|\bbegitu\s(?:juga|pula)\b", re.IGNORECASE
)
_NOT_COVERED = ("eligible_workers", "uncovered_workers", "participants_target")
_COUNTED = ("person", "employer", "case")
# A count of so many digits that are not rounded away does not come up twice by chance.
_EXACT_DIGITS = 4


def _drop_repeats(observations: Sequence[Observation]) -> list[Observation]:
    """Each stated fact once; of two tellings the one whose period is stated better.

    A repetition has the metric, value and region of a fact told before, and no other group of workers; an exact count
    is one and the same wherever it is told again: "25.215 pekerja terdaftar ... bagi 25.215 nelayan itu".
    """
    kept: list[Observation] = []
    told: dict[tuple[object, ...], list[int]] = {}
    for observation in observations:
        places = told.setdefault(_identity(observation), [])
        if observation.metric in _NOT_COVERED and _is_covered_group(kept, observation):
            continue
        same = next((place for place in places if _is_repeated(kept[place], observation)), None)
        if same is None:
            places.append(len(kept))
            kept.append(observation)
        elif _period_strength(observation) > _period_strength(kept[same]):
            kept[same] = observation
    return sorted(kept, key=lambda found: found.quote_start)


def _is_covered_group(kept: Sequence[Observation], group: Observation) -> bool:
    """Whether so many workers were already told to be covered: "29.000 petani didaftarkan ... Ada 29.000 petani"."""
    if group.metric != "eligible_workers" and not _is_exact(group):
        return False
    told = (other for other in kept if (other.value, other.region_code) == (group.value, group.region_code))
    return any(_SIBLINGS.get(other.metric, other.metric) == "participants" for other in told)


def _identity(observation: Observation) -> tuple[object, ...]:
    """What two tellings of one fact have in common."""
    metric = _SIBLINGS.get(observation.metric, observation.metric)
    return (
        (metric, observation.value) if _is_exact(observation) else (metric, observation.value, observation.region_code)
    )


def _is_exact(observation: Observation) -> bool:
    return observation.unit in _COUNTED and len(observation.value.normalize().as_tuple().digits) >= _EXACT_DIGITS


def _is_repeated(first: Observation, second: Observation) -> bool:
    """Whether a figure of the same identity is the same fact; two heirs of one sentence can get the same amount."""
    if first.metric == "benefit_paid" and first.sentence_start == second.sentence_start:
        return False
    if first.quote_start == second.quote_start:
        return False
    if _LIST_LINE.match(first.sentence) and _LIST_LINE.match(second.sentence) and first.sentence != second.sentence:
        return False
    if first.metric == "benefit_paid" and _ANOTHER.search(second.sentence):
        return False
    return _is_exact(second) or first.segment == second.segment or None in (first.segment, second.segment)


def _period_strength(observation: Observation) -> int:
    """0 without a period, 1 with the day of the report for want of a better one, 2 with a stated one."""
    evidence = observation.period_evidence
    if observation.period is None or evidence is None:
        return 0
    return 1 if evidence.basis == "publication" else 2


def _number_ordinals(observations: Sequence[Observation]) -> list[Observation]:
    seen: Counter[tuple[str, str, str, str | None]] = Counter()
    numbered = []
    for observation in observations:
        key = (observation.sentence, observation.quote, observation.metric, observation.region_code)
        numbered.append(replace(observation, ordinal=seen[key]) if seen[key] else observation)
        seen[key] += 1
    return numbered
