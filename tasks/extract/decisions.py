"""Goes through the numbers of an article in order and decides what each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tasks.extract.carrying import NOTHING, Carried, tags_of
from tasks.extract.judging import Judge, Proposal, weigh
from tasks.extract.lexicon import Mark
from tasks.extract.numbers import Figure
from tasks.extract.plausible import is_plausible
from tasks.extract.ranks import RankMention
from tasks.extract.reading import Reading, within
from tasks.extract.rules import MetricRule, matching_rules
from tasks.extract.scene import SUBJECTS, Surroundings, surroundings
from tasks.extract.sentences import Sentence
from tasks.extract.situations import (
    Context,
    Situation,
    article_context,
    fund_at,
    sentence_context,
    situation_of,
)
from tasks.extract.weights import NONE

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
_FIRM = re.compile(r"\b(?:pt|cv|perusahaan|badan\susaha|bank|rumah\ssakit|rsud|koperasi|universitas|yayasan)\b")
_HOPED = re.compile(
    r"\b(?:mudah-mudahan|semoga|harapannya|berharap|optimis(?:tis)?|ingin|menargetkan|bidik|membidik)\b"
)
_FEWEST_LISTED = 4
WHOLE = "whole of a part"
_MAY_BE_WHOLE = (None, "participants", "assisted_workers", "eligible_workers", "participants_target")
_TARGETS = ("coverage_target", "participants_target")
# A part of these has what it is a part of beside it.
_PARTS = ("participants", "assisted_workers", "rank")
# Rules whose number is no model for the numbers after it.
_NOT_CONTINUED = ("whole before its part", WHOLE, "health insurance", "other topic", "no fund")


@dataclass(slots=True)
class Decision:
    """What a number is: the rule, the metric it gives, and what it was decided on."""

    surroundings: Surroundings
    sentence: Sentence
    rule: MetricRule | None
    metric: str | None
    rule_name: str
    of: Figure | None = None
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def figure(self) -> Figure:
        """The number itself."""
        return self.surroundings.figure


def decide_all(reading: Reading, judge: Judge = weigh) -> list[Decision]:
    """A decision for every figure of the article, in order; the judge says how far rules are trusted."""
    article = article_context(reading)
    carried = Carried()
    decisions: list[Decision] = []
    recent: Sequence[Mark] = ()
    for sentence in reading.sentences:
        carried.enter(sentence)
        context = sentence_context(article, sentence, recent, carried)
        decided = _decide_sentence(context, judge)
        recent = context.marks
        decisions.extend(decided)
        found = [(item.figure.kind, item.metric) for item in decided if item.metric and item.rule_name != WHOLE]
        carried.leave(sentence, reading.text[sentence.start : sentence.end], context.marks, found)
    return decisions


def _decide_sentence(context: Context, judge: Judge) -> list[Decision]:
    reading, sentence = context.reading, context.sentence
    figures = reading.inside(sentence).figures
    decided: list[Decision] = []
    for around in _headed(reading, surroundings(reading.lowered, sentence, figures, context.marks)):
        decided.append(_decide(context, around, decided, judge))
    decided = _share_backwards(reading.text, _pair(reading.text, _settle_lists(reading.text, decided)))
    ranks = [_decide_rank(context, rank) for rank in reading.inside(sentence).ranks]
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


def _decide(context: Context, around: Surroundings, earlier: Sequence[Decision], judge: Judge) -> Decision:
    previous = earlier[-1] if earlier else None
    situation = situation_of(context, around, previous.metric if previous else None)
    verdict = judge(around.figure, situation, _propose(context, around, previous, situation))
    rule, metric, name = verdict.proposal
    return Decision(around, context.sentence, rule, metric, name, weights=verdict.weights)


def _propose(context: Context, around: Surroundings, previous: Decision | None, situation: Situation) -> Proposal:
    """What the rules say: the first that applies, else that of the number before in an enumeration."""
    rules = matching_rules(around.figure.kind, situation.bits)
    rule = next((rule for rule in rules if _fits(rule, situation, around.figure)), None)
    if rule is None and previous and _continues_list(context.reading.text, previous, around):
        name = previous.rule_name.removesuffix(" (list)") + " (list)"
        if previous.metric and not is_plausible(previous.metric, around.figure):
            return Proposal(None, None, "")
        return Proposal(previous.rule, previous.metric, name)
    return Proposal(rule, _metric(rule, situation), rule.name if rule else "")


def _fits(rule: MetricRule, situation: Situation, figure: Figure) -> bool:
    """Whether the metric of a rule that applies can have the value at all."""
    metric = _metric(rule, situation)
    if metric is None:
        return not rule.is_observation
    return is_plausible(metric, figure)


def _metric(rule: MetricRule | None, situation: Situation) -> str | None:
    """The metric that a rule gives, taken over from the numbers before where the rule says so."""
    if rule is None or not rule.is_observation:
        return None
    if rule.metric.startswith("="):
        return next(iter((situation.carried if rule.metric == "=carried" else situation.previous) - NOTHING), None)
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


def _settle_lists(text: str, decided: Sequence[Decision]) -> list[Decision]:
    """Gives the members of a list the one metric that most speaks for in all of them together."""
    settled: list[Decision] = []
    members: list[Decision] = []
    for decision in decided:
        if not (members and _are_listed(text, members[-1], decision)):
            settled += _settled(members)
            members = []
        members.append(decision)
    return [*settled, *_settled(members)]


def _settled(members: Sequence[Decision]) -> list[Decision]:
    choices = (
        [metric for metric in members[0].weights if all(metric in each.weights for each in members)] if members else []
    )
    if len(members) < _FEWEST_LISTED or not choices:
        return list(members)
    best = max(choices, key=lambda metric: sum(each.weights[metric] for each in members))
    metric = None if best == NONE else best
    return [
        each if each.metric == metric else replace(each, rule=None, metric=metric, rule_name="learned (list)")
        for each in members
    ]


def _are_listed(text: str, first: Decision, second: Decision) -> bool:
    """Whether two numbers are members of one list: of the same form, with no more than names between them."""
    nouns = (first.surroundings.noun, second.surroundings.noun)
    if first.figure.kind != second.figure.kind or not all(noun is None or _counts_people(noun) for noun in nouns):
        return False
    gap = text[first.figure.end : second.figure.start]
    if first.surroundings.clause != second.surroundings.clause or " dari " in gap:
        return False
    # A word between them that says what the second is begins something else.
    is_told = any(mark.start >= first.figure.end and mark.tags & SUBJECTS for mark in second.surroundings.before)
    return not is_told and bool(_LIST_GAP.fullmatch(gap)) and not _CONTRAST.search(gap)


def _share_backwards(text: str, decided: Sequence[Decision]) -> list[Decision]:
    """Gives the first members of a list what is said once, behind its last.

    "2.640 kader dan 1.970 linmas yang akan didaftarkan": both are to be registered.
    """
    shared = list(decided)
    for index in range(len(shared) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        open_ended = not first.rule_name and first.metric is None and first.surroundings.noun is not None
        if not (open_ended and second.metric and second.figure.kind == first.figure.kind == "count"):
            continue
        if not is_plausible(second.metric, first.figure):
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
        between = text[first.figure.end : second.figure.start]
        if first.figure.kind != "count" or second.figure.kind != "count" or not _OF_PAIR.fullmatch(between):
            continue
        if first.surroundings.noun is None and second.metric == "employers":
            paired[index] = replace(second, surroundings=first.surroundings, of=second.figure)
            paired[index + 1] = replace(second, metric=None, rule_name=WHOLE)
            continue
        if _is_said_of_the_part(first, second):
            paired[index] = first = replace(second, surroundings=first.surroundings)
        if first.metric not in _PARTS or len(between) > _PAIR_REACH or "sebelumnya" in between:
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


def _is_said_of_the_part(first: Decision, second: Decision) -> bool:
    """Whether what is said behind a whole is said of its part: "baru 318 dari 945 ketua RT yang terlindungi"."""
    is_open = first.metric is None and first.surroundings.noun is None
    return (
        is_open and second.metric in ("participants", "assisted_workers") and first.figure.value < second.figure.value
    )


def _is_other_unit(decision: Decision) -> bool:
    noun = decision.surroundings.noun
    return bool(noun and not _counts_people(noun))


def _decide_rank(context: Context, rank: RankMention) -> Decision | None:
    """The rank, where its sentence or those before speak of coverage or of its award."""
    figure = Figure(start=rank.start, end=rank.end, value=rank.rank, kind="rank")
    around = surroundings(context.reading.lowered, context.sentence, [figure], context.marks)[0]
    matter = tags_of(context.marks) & {"coverage", "award", "participant_noun"}
    matter |= context.article.tags & {"cakupan", "award"}
    carried = (context.carried.metric("percent") | context.carried.metric("rank")) & {"coverage_rate", "rank"}
    if not (matter or carried) or fund_at(context, around) != "work" or _is_of_a_firm_or_hoped(context, rank):
        return None
    of = Figure(start=rank.start, end=rank.end, value=rank.of, kind="count") if rank.of else None
    return Decision(around, context.sentence, None, "rank", "rank", of=of)


def _is_of_a_firm_or_hoped(context: Context, rank: RankMention) -> bool:
    """Whether a firm holds the rank ("PT Maju peringkat II"), or a region only wishes to."""
    inside, text = context.reading.inside(context.sentence), context.reading.lowered
    start = max((other.end for other in inside.ranks if other.end <= rank.start), default=context.sentence.start)
    end = min((other.start for other in inside.ranks if other.start >= rank.end), default=context.sentence.end)
    if _HOPED.search(text, start, rank.start):
        return True
    return _FIRM.search(text, start, end) is not None and not within(inside.regions, start, end)
