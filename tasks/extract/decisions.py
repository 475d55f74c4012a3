"""Goes through the numbers of an article in order and decides what each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, reduce
from operator import or_

from tasks.extract.carrying import NOTHING, Carried, tags_of
from tasks.extract.forms import describe_form
from tasks.extract.funds import main_fund, nearest_fund
from tasks.extract.lexicon import Mark, find_marks
from tasks.extract.numbers import Figure
from tasks.extract.phrases import lower
from tasks.extract.ranks import RankMention
from tasks.extract.reading import Reading, within
from tasks.extract.rules import MetricRule, PlaceBits, matching_rules
from tasks.extract.scene import Surroundings, surroundings
from tasks.extract.sentences import Sentence
from tasks.knowledge import read_seed

# Between the members of an enumeration stand only names, commas and "dan".
_LIST_GAP = re.compile(
    r"[^.;]{0,90}?(?:,|\(|\bdan\b|\bserta\b|:|;|\||\bkemudian\b|\blalu\b|\bdisusul\b|\bplus\b|\bditambah\b)[^.]{0,80}",
    re.IGNORECASE,
)
# These words turn to something else than the members of the list.
_CONTRAST = re.compile(
    r"\b(?:padahal|namun|tetapi|tapi|sehingga|jadi|artinya|yang\s(?:sudah|telah|baru|masuk|ikut|belum)|terealisasi|realisasi\w*)\b",
    re.IGNORECASE,
)
_OF_PAIR = re.compile(
    r"\s?(?:\w+\s){0,3}?(?:\([^)]*\)\s)?(?:yang\s(?:\w+\s){1,4})?(?:dari|dibanding(?:kan)?)\s(?:[\w-]+\s){0,4}$",
    re.IGNORECASE,
)
_PAIR_REACH = 80
WHOLE = "whole of a part"
_MAY_BE_WHOLE = (None, "participants", "assisted_workers", "eligible_workers", "participants_target")
_TARGETS = ("coverage_target", "participants_target")
# A part of these has what it is a part of beside it.
_PARTS = ("participants", "assisted_workers", "rank")
# Rules whose number is no model for the numbers after it.
_NOT_CONTINUED = ("whole before its part", WHOLE, "health insurance", "other topic", "no fund")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a number is: the rule, the metric it gives, and what it was decided on."""

    surroundings: Surroundings
    sentence: Sentence
    rule: MetricRule | None
    metric: str | None
    rule_name: str
    of: Figure | None = None

    @property
    def figure(self) -> Figure:
        """The number itself."""
        return self.surroundings.figure


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for all numbers of a sentence."""

    reading: Reading
    sentence: Sentence
    marks: Sequence[Mark]
    article: frozenset[str]
    carried: Carried
    main: str
    bits: int


@dataclass(frozen=True, slots=True)
class _Situation:
    """What stands around a number, as bits for the rules, and the metrics that a rule can take over from a place."""

    bits: int
    metrics: dict[str, frozenset[str]]


_BEFORE, _AFTER, _CLAUSE = PlaceBits("before", "near"), PlaceBits("after", "near"), PlaceBits("clause")
_SENTENCE, _ARTICLE, _FORM, _FUND = PlaceBits("sentence"), PlaceBits("article"), PlaceBits("form"), PlaceBits("fund")
_NEAREST, _GOVERNING, _NOUN = PlaceBits("nearest"), PlaceBits("governing"), PlaceBits("noun")
_PREVIOUS, _PREVIOUS_NOUN = PlaceBits("previous"), PlaceBits("previous_noun")
_CARRIED, _LATELY = PlaceBits("carried"), PlaceBits("lately")


def decide_all(reading: Reading) -> list[Decision]:
    """A decision for every figure of the article, in order."""
    title_marks = find_marks(lower(reading.title)) if reading.title else []
    main = main_fund(reading.marks, title_marks)
    article = tags_of(reading.marks) | tags_of(title_marks)
    bits = reduce(or_, (_ARTICLE[mark.tags] for mark in (*reading.marks, *title_marks)), 0)
    carried = Carried()
    decisions: list[Decision] = []
    for sentence in reading.sentences:
        marks = within(reading.marks, sentence.start, sentence.end)
        carried.enter(sentence)
        context = _Context(reading, sentence, marks, article, carried, main, bits)
        decided = _decide_sentence(context)
        decisions.extend(decided)
        found = [(item.figure.kind, item.metric) for item in decided if item.metric and item.rule_name != WHOLE]
        carried.leave(sentence, reading.text[sentence.start : sentence.end], marks, found)
    return decisions


def _decide_sentence(context: _Context) -> list[Decision]:
    reading, sentence = context.reading, context.sentence
    figures = within(reading.figures, sentence.start, sentence.end)
    decided: list[Decision] = []
    for around in _headed(reading, surroundings(reading.lowered, sentence, figures, context.marks)):
        decided.append(_decide(context, around, decided))
    decided = _share_backwards(reading.text, _pair(reading.text, decided))
    ranks = [_decide_rank(context, rank) for rank in within(reading.ranks, sentence.start, sentence.end)]
    return sorted([*decided, *(rank for rank in ranks if rank)], key=lambda item: item.figure.start)


def _headed(reading: Reading, arounds: Sequence[Surroundings]) -> Iterator[Surroundings]:
    """In a table the words before a number are those of its column's head."""
    for around in arounds:
        cell = reading.tables.cell_at(around.figure.start)
        if cell is None:
            yield around
            continue
        head = tuple(reversed(within(reading.marks, cell.head_start, cell.head_end)))
        yield replace(around, before=head, after=(), clause_before=head, clause_after=(), sentence=head, noun=None)


def _fund(context: _Context, around: Surroundings) -> str:
    """Whose figure it is: work, health, other, program (only a programme is named) or none."""
    clause = around.clause_before + around.clause_after
    if context.main == "none":
        return "program" if any(mark.tagged("program:") for mark in context.marks) else "none"
    if context.main == "other":
        return "other"
    if "fund_health_slogan" in tags_of(clause):
        return "health"
    found = nearest_fund(around.clause_before, around.clause_after)
    if found:
        return found
    if context.main == "health":
        return "work" if context.carried.fund == "work" else "health"
    earlier = tuple(mark for mark in reversed(context.marks) if mark.end <= around.figure.start)
    return nearest_fund(earlier, ()) or context.carried.fund or context.main


def _decide(context: _Context, around: Surroundings, earlier: Sequence[Decision]) -> Decision:
    situation = _situation(context, around, earlier)
    rules = matching_rules(around.figure.kind, situation.bits)
    rule = next((rule for rule in rules if _fits(rule, situation, around.figure)), None)
    previous = earlier[-1] if earlier else None
    if rule is None and previous and _continues_list(context.reading.text, previous, around):
        name = previous.rule_name.removesuffix(" (list)") + " (list)"
        if previous.metric and not _is_plausible(previous.metric, around.figure):
            return Decision(around, context.sentence, None, None, "")
        return Decision(around, context.sentence, previous.rule, previous.metric, name)
    return Decision(around, context.sentence, rule, _metric(rule, situation), rule.name if rule else "")


def _situation(context: _Context, around: Surroundings, earlier: Sequence[Decision]) -> _Situation:
    """The tags at each place that a rule's condition can name."""
    governing, kind = around.governing, around.figure.kind
    previous = earlier[-1].metric or "nothing" if earlier else "nothing"
    carried, lately = context.carried.metric(kind), context.carried.metric("any")
    form = describe_form(context.reading, context.sentence, around)
    bits = context.bits | _NEAREST[around.nearest] | _FORM[form] | _FUND[frozenset({_fund(context, around)})]
    bits |= _GOVERNING[governing.tags if governing else NOTHING]
    bits |= _NOUN[around.noun.tags if around.noun else NOTHING]
    bits |= _PREVIOUS_NOUN[around.previous_noun.tags if around.previous_noun else NOTHING]
    bits |= _CARRIED[carried] | _LATELY[lately] | _PREVIOUS[frozenset({previous})]
    for place, marks in (
        (_BEFORE, around.before),
        (_AFTER, around.after),
        (_CLAUSE, around.clause_before),
        (_CLAUSE, around.clause_after),
        (_SENTENCE, around.sentence),
    ):
        for mark in marks:
            bits |= place[mark.tags]
    return _Situation(bits, {"carried": carried, "previous": frozenset({previous})})


@cache
def _bounds() -> dict[str, tuple[Decimal, Decimal]]:
    """Smallest and largest plausible value of each metric: seeds/metrics.csv."""
    rows = read_seed("metrics.csv", ("metric", "unit", "meaning", "minimum", "maximum"))
    return {row["metric"]: (Decimal(row["minimum"]), Decimal(row["maximum"])) for row in rows}


def _fits(rule: MetricRule, situation: _Situation, figure: Figure) -> bool:
    """Whether the metric of a rule that applies can have the value at all."""
    metric = _metric(rule, situation)
    if metric is None:
        return not rule.is_observation
    return _is_plausible(metric, figure)


def _is_plausible(metric: str, figure: Figure) -> bool:
    lowest, highest = _bounds()[metric]
    is_whole = figure.value == figure.value.to_integral_value()
    return lowest <= figure.value <= highest and (is_whole or figure.kind != "count")


def _metric(rule: MetricRule | None, situation: _Situation) -> str | None:
    """The metric that a rule gives, taken over from the numbers before where the rule says so."""
    if rule is None or not rule.is_observation:
        return None
    if rule.metric.startswith("="):
        return next(iter(situation.metrics[rule.metric[1:]] - NOTHING), None)
    return rule.metric


def _continues_list(text: str, previous: Decision, around: Surroundings) -> bool:
    """Whether a number without a word of its own goes on with the enumeration that the one before belongs to."""
    if previous.rule_name in _NOT_CONTINUED or not (previous.rule or previous.metric):
        return False
    if previous.figure.kind != around.figure.kind or (around.noun and not _counts_people(around.noun)):
        return False
    if previous.metric is None and around.noun:
        return False
    # "99,5 persen pada 2045, sementara pada 2025 baru 32,8 persen": what is reached is no further target.
    if previous.metric in _TARGETS and any(mark.tags & {"outcome", "present"} for mark in around.before):
        return False
    if _CONTRAST.search(text, previous.figure.end, around.figure.start):
        return False
    return bool(_LIST_GAP.fullmatch(text[previous.figure.end : around.figure.start]))


def _share_backwards(text: str, decided: Sequence[Decision]) -> list[Decision]:
    """Gives the first members of a list what is said once, behind its last.

    "2.640 kader dan 1.970 linmas yang akan didaftarkan": both are to be registered.
    """
    shared = list(decided)
    for index in range(len(shared) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        open_ended = first.rule is None and first.metric is None and first.surroundings.noun is not None
        if not (open_ended and second.metric and second.figure.kind == first.figure.kind == "count"):
            continue
        if not _is_plausible(second.metric, first.figure):
            continue
        gap = text[first.figure.end : second.figure.start]
        if _counts_people(first.surroundings.noun) and len(gap) <= 60 and _LIST_GAP.fullmatch(gap):
            shared[index] = replace(
                first, rule=second.rule, metric=second.metric, rule_name=f"{second.rule_name} (list)"
            )
    return shared


def _counts_people(noun: Mark | None) -> bool:
    return noun is not None and any(
        tag in ("unit:person", "unit:case") or tag.startswith("segment:") for tag in noun.tags
    )


def _pair(text: str, decided: Sequence[Decision]) -> list[Decision]:
    """Gives "X dari Y" its denominator: X is of Y, and Y is what X is a part of."""
    paired = list(decided)
    for index in range(len(paired) - 1):
        first, second = paired[index], paired[index + 1]
        if first.surroundings.noun is None and second.metric == "employers":
            if _OF_PAIR.fullmatch(text[first.figure.end : second.figure.start]):
                paired[index] = replace(second, surroundings=first.surroundings, of=second.figure)
                paired[index + 1] = replace(second, metric=None, rule_name=WHOLE)
            continue
        if first.metric not in _PARTS or second.figure.kind != "count" or first.figure.kind != "count":
            continue
        between = text[first.figure.end : second.figure.start]
        if len(between) > _PAIR_REACH or not _OF_PAIR.fullmatch(between) or "sebelumnya" in between:
            continue
        # More participants than workers is real, but what is only compared with is no whole when it is smaller.
        if first.figure.value > second.figure.value * (1 if "dibanding" in between else 2):
            continue
        if first.surroundings.noun is None and _is_other_unit(second):
            paired[index] = replace(first, rule=second.rule, metric=None, rule_name=second.rule_name)
            continue
        if _is_other_unit(second):
            continue
        paired[index] = replace(first, of=second.figure)
        if second.metric in _MAY_BE_WHOLE and "target" not in between:
            paired[index + 1] = replace(second, rule=None, metric="eligible_workers", rule_name=WHOLE)
    return paired


def _is_other_unit(decision: Decision) -> bool:
    noun = decision.surroundings.noun
    return bool(noun and not _counts_people(noun))


def _decide_rank(context: _Context, rank: RankMention) -> Decision | None:
    """The rank, where its sentence or those before speak of coverage or of its award."""
    figure = Figure(start=rank.start, end=rank.end, value=rank.rank, kind="rank")
    around = surroundings(context.reading.lowered, context.sentence, [figure], context.marks)[0]
    matter = tags_of(context.marks) & {"coverage", "award", "participant_noun"}
    matter |= context.article & {"cakupan", "award"}
    carried = (context.carried.metric("percent") | context.carried.metric("rank")) & {"coverage_rate", "rank"}
    if not (matter or carried) or _fund(context, around) != "work":
        return None
    of = Figure(start=rank.start, end=rank.end, value=rank.of, kind="count") if rank.of else None
    return Decision(around, context.sentence, None, "rank", "rank", of=of)
