"""Goes through the numbers of an article in order and decides what each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tasks.extract.funds import main_fund, nearest_fund
from tasks.extract.lexicon import Mark, find_marks
from tasks.extract.numbers import Figure
from tasks.extract.phrases import lower
from tasks.extract.reading import Reading, within
from tasks.extract.rules import MetricRule, decide
from tasks.extract.scene import Surroundings, surroundings
from tasks.extract.sentences import Sentence

# Between the members of an enumeration stand only names, commas and "dan".
_LIST_GAP = re.compile(
    r"[^.;]{0,90}?(?:,|\(|\bdan\b|\bserta\b|:|;|\||\bkemudian\b|\blalu\b|\bdisusul\b)[^.]{0,80}",
    re.IGNORECASE,
)
# A line of a list: "- Kader: 120", "Guru dan tenaga kependidikan: 13.245"
_BULLET = re.compile(r"(?:[-•*·]|\d{1,2}[.)]\s)|[^:\n]{2,60}:\s?(?:\w+\s){0,2}\d")
_PART = re.compile(
    r"\b(?:hanya|baru|di\santaranya|yang\s(?:sudah|telah|baru|terdaftar|terlindungi|aktif|ikut))\b",
    re.IGNORECASE,
)
_OF_PAIR = re.compile(
    r"\s?(?:\w+\s){0,3}?(?:\([^)]*\)\s)?(?:dari|dibanding(?:kan)?)\s(?:total\s|jumlah\s|seluruh\s|potensi\s|sebanyak\s|sekitar\s|kurang\slebih\s|target\s|\w+\s){0,4}$",
    re.IGNORECASE,
)


# "1 ASN melindungi 1 pekerja rentan": one of something is a slogan or an example, no statistic.
_FEWEST = 2
_CARRY_SENTENCES = 3
_FAR = 10_000
WHOLE = "whole of a part"
_MAY_BE_WHOLE = (None, "participants", "assisted_workers", "participants_target")
# A head that ends in a colon holds for the lines below it.
_LIST_SENTENCES = 7


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


@dataclass(slots=True)
class _Carried:
    """What earlier sentences leave behind for the next number."""

    fund: str | None = None
    metrics: dict[str, tuple[str, int]] = field(default_factory=dict)
    last: tuple[str, int] = ("nothing", -_FAR)
    sentence: int = 0
    paragraph: int = -1


def decide_all(reading: Reading) -> list[Decision]:
    """A decision for every figure of the article, in order."""
    title_marks = find_marks(lower(reading.title)) if reading.title else []
    main = main_fund(reading.marks, title_marks)
    carried = _Carried()
    decisions: list[Decision] = []
    for sentence in reading.sentences:
        marks = within(reading.marks, sentence.start, sentence.end)
        figures = within(reading.figures, sentence.start, sentence.end)
        decided: list[Decision] = []
        for around in _headed(reading, surroundings(reading.text, sentence, figures, marks)):
            fund = _fund(around, marks, carried, main)
            decided.append(_decide(reading.text, sentence, around, fund, carried, decided))
        decided = _pair(reading.text, decided)
        decided.extend(_ranks(reading, sentence, marks, carried, main))
        decisions.extend(decided)
        _carry(reading.text, carried, sentence, marks, decided)
    return decisions


def _headed(reading: Reading, arounds: Sequence[Surroundings]) -> Iterator[Surroundings]:
    """In a table the words before a number are those of its column's head."""
    for around in arounds:
        cell = reading.tables.cell_at(around.figure.start)
        if cell is None:
            yield around
            continue
        head = tuple(reversed(within(reading.marks, cell.head_start, cell.head_end)))
        yield replace(
            around, before=head, after=(), clause_before=head, clause_after=(), sentence=head, noun=None
        )


def _fund(around: Surroundings, marks: Sequence[Mark], carried: _Carried, main: str) -> str:
    if main == "none":
        programs = any(tag.startswith("program:") for mark in marks for tag in mark.tags)
        return "program" if programs else "none"
    if main == "other":
        return main
    if _has(around.clause_before + around.clause_after, "fund_health_slogan"):
        return "health"
    found = nearest_fund(around.clause_before, around.clause_after)
    if found:
        return found
    if main == "health":
        return main
    found = nearest_fund(tuple(reversed([m for m in marks if m.end <= around.figure.start])), ())
    return found or carried.fund or main


def _ranks(
    reading: Reading, sentence: Sentence, marks: Sequence[Mark], carried: _Carried, main: str
) -> list[Decision]:
    """Ranks of the sentence, where it or the sentence before speaks of coverage or of its award."""
    decided = []
    for rank in within(reading.ranks, sentence.start, sentence.end):
        figure = Figure(start=rank.start, end=rank.end, value=rank.rank, kind="rank")
        around = surroundings(reading.text, sentence, [figure], marks)[0]
        matter = _tags(marks) & {"coverage", "award", "participant_noun"} or _carried_tags(carried) & {
            "coverage_rate",
            "rank",
        }
        if matter and _fund(around, marks, carried, main) == "work":
            of = Figure(start=rank.start, end=rank.end, value=rank.of, kind="count") if rank.of else None
            decided.append(Decision(around, sentence, None, "rank", "rank", of=of))
    return decided


def _has(marks: Iterable[Mark], tag: str) -> bool:
    return any(tag in mark.tags for mark in marks)


def _tags(marks: Iterable[Mark]) -> frozenset[str]:
    return frozenset(tag for mark in marks for tag in mark.tags)


def _decide(
    text: str,
    sentence: Sentence,
    around: Surroundings,
    fund: str,
    carried: _Carried,
    earlier: Sequence[Decision],
) -> Decision:
    before, after = _tags(around.before), _tags(around.after)
    governing = around.governing
    situation = {
        "before": before,
        "after": after,
        "near": before | after,
        "clause": _tags(around.clause_before) | _tags(around.clause_after),
        "sentence": _tags(around.sentence),
        "nearest": around.nearest,
        "governing": governing.tags if governing else frozenset({"nothing"}),
        "noun": around.noun.tags if around.noun else frozenset({"nothing"}),
        "carried": _carried_tags(carried, around.figure.kind),
        "previous": frozenset({earlier[-1].metric or "nothing"} if earlier else {"nothing"}),
        "form": _form(text, sentence, around),
        "fund": frozenset({fund}),
    }
    rule = decide(situation)
    previous = earlier[-1] if earlier else None
    if (
        rule is None
        and previous
        and (previous.rule or previous.metric)
        and _continues_list(text, previous, around)
    ):
        return Decision(around, sentence, previous.rule, previous.metric, f"{previous.rule_name} (list)")
    return Decision(around, sentence, rule, _metric(rule, situation), rule.name if rule else "")


def _metric(rule: MetricRule | None, situation: Mapping[str, frozenset[str]]) -> str | None:
    """The metric that a rule gives, taken over from the number before where the rule says so."""
    if rule is None or not rule.is_observation:
        return None
    if rule.metric.startswith("="):
        return next(iter(situation[rule.metric[1:]] - {"nothing"}), None)
    return rule.metric


def _carried_tags(carried: _Carried, kind: str) -> frozenset[str]:
    """The metric that earlier sentences were about, if one of the last three had a number of this kind."""
    metric, sentence = carried.metrics.get(kind, ("nothing", carried.sentence))
    tags = {metric} if carried.sentence - sentence <= _CARRY_SENTENCES else set()
    if kind == "money" and carried.last[1] >= carried.sentence - _CARRY_SENTENCES:
        tags.add(carried.last[0])
    return frozenset(tags or {"nothing"})


def _form(text: str, sentence: Sentence, around: Surroundings) -> frozenset[str]:
    figure = around.figure
    tags = {figure.kind}
    if figure.in_words:
        tags.add("words")
    if figure.value < _FEWEST:
        tags.add("single")
    following = around.next_figure
    if following and following.start - figure.end <= 60:
        tags.add(f"next_{following.kind}")
        if (
            following.kind == figure.kind
            and following.value < figure.value
            and _PART.search(text, figure.end, following.start)
        ):
            tags.add("part_follows")
        if re.fullmatch(r"[^.;]{0,40}?\bdari\b[^.;]{0,40}", text[figure.end : following.start]):
            tags.add(f"of_next_{following.kind}")
    if _BULLET.match(text, sentence.start, figure.start + 1):
        tags.add("bullet")
    previous = around.previous_figure
    if previous and previous.end >= around.clause[0] and figure.start - previous.end <= 60:
        tags.add(f"previous_{previous.kind}")
    return frozenset(tags)


def _continues_list(text: str, previous: Decision, around: Surroundings) -> bool:
    """Whether a number without a word of its own goes on with the enumeration that the one before belongs to."""
    if previous.figure.kind != around.figure.kind or around.noun and not _same_noun(previous, around):
        return False
    return bool(_LIST_GAP.fullmatch(text[previous.figure.end : around.figure.start]))


def _same_noun(previous: Decision, around: Surroundings) -> bool:
    noun = around.noun
    return bool(
        noun and any(tag in ("unit:person", "unit:case") or tag.startswith("segment:") for tag in noun.tags)
    )


def _pair(text: str, decided: list[Decision]) -> list[Decision]:
    """Gives "X dari Y" its denominator: X is of Y, and Y is what X is a part of."""
    paired = list(decided)
    for index in range(len(paired) - 1):
        first, second = paired[index], paired[index + 1]
        if first.metric not in ("participants", "rank", "assisted_workers") or second.figure.kind != "count":
            continue
        between = text[first.figure.end : second.figure.start]
        if (
            len(between) <= 60
            and _OF_PAIR.fullmatch(between)
            and first.figure.value <= second.figure.value * 2
        ):
            paired[index] = replace(first, of=second.figure)
            if first.metric != "rank" and second.metric in _MAY_BE_WHOLE:
                paired[index + 1] = replace(second, rule=None, metric="eligible_workers", rule_name=WHOLE)
    return paired


def _carry(
    text: str, carried: _Carried, sentence: Sentence, marks: Sequence[Mark], decided: Sequence[Decision]
) -> None:
    funds = [fund for mark in marks if (fund := nearest_fund((mark,), ()))]
    if sentence.paragraph != carried.paragraph and not funds:
        carried.fund = carried.fund if carried.fund == "work" else None
    if funds:
        carried.fund = funds[-1]
    carried.paragraph = sentence.paragraph
    carried.sentence += 1
    for decision in decided:
        if decision.metric and decision.rule_name != WHOLE:
            head = carried.metrics.get(decision.figure.kind, ("", 0))
            if head[1] <= carried.sentence:
                carried.metrics[decision.figure.kind] = (decision.metric, carried.sentence)
            carried.last = (decision.metric, carried.sentence)
    if not decided and "coverage" in _tags(marks):
        carried.metrics["percent"] = ("coverage_rate", carried.sentence)
    if text[sentence.start : sentence.end].rstrip().endswith(":") and (head := _head_metric(_tags(marks))):
        carried.metrics["count"] = (head, carried.sentence + _LIST_SENTENCES)


def _head_metric(tags: frozenset[str]) -> str | None:
    """What the lines below a head count: "Jumlah pekerja yang belum terdaftar:"."""
    for tag, metric in (
        ("uncovered", "uncovered_workers"),
        ("target", "participants_target"),
        ("assisted_act", "assisted_workers"),
    ):
        if tag in tags:
            return metric
    return "participants" if tags & {"covered", "coverage", "participant_noun"} else None
