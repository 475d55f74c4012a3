"""Says of a decided number which region, period, segment and programmes it is about, and on what words that rests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tasks.extract.decisions import Decision
from tasks.extract.lexicon import Mark
from tasks.extract.numbers import Figure
from tasks.extract.periods import PeriodMention
from tasks.extract.reading import Reading, within
from tasks.extract.regions import COUNTRY, RegionMention, regions
from tasks.extract.scene import Surroundings
from tasks.extract.sentences import Sentence
from tasks.records import Evidence

_ROLE_WEIGHTS = {"region": 1.0, "dateline": 0.2, "office": 0.2, "venue": 0.1, "context": 0.3}
# "di Indonesia" is said in passing; it decides only where an article names no region at all.
_COUNTRY_WEIGHT = 0.15
# National offices report from here: a Jakarta dateline speaks for the country, not for the province.
_CAPITAL = "31"
_TITLE_WEIGHT = 4.0
_LEAD_WEIGHT = 2.0
_BEHIND = re.compile(
    r"[^.;]{0,50}?\b(?:di|se|pada|untuk|bagi|asal|dari|wilayah)[ -]$|[^.;\d]{0,25}\($", re.IGNORECASE
)
_PERIOD_BEHIND = re.compile(
    r"(?:[^.;\d]{0,100}?[, ])?\(?(?:pada|per|hingga|sampai(?:\sdengan)?|di|untuk|selama|sepanjang|akhir|periode|posisi|s/d|dalam|data|apbd|anggaran)\s"
    r"(?:akhir\s|awal\s|tahun\s|bulan\s|tanggal\s|data\s)*$|\s\(?(?:tahun\s|bulan\s)?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:dibanding(?:kan)?|ketimbang|daripada|terhadap)(?:\sdengan)?\s(?:\w+\s){0,4}$", re.IGNORECASE
)
_TRAILING = re.compile(
    r"\b(?:posisi|per|hingga|sampai|data)\s(?:akhir\s|dengan\s|tahun\s|bulan\s|data\s)*$", re.IGNORECASE
)
_STATED_VALUE = re.compile(
    r"\s(?:yang|hanya|baru|sebesar|sebanyak|tercatat|masih|mencapai|sekitar|\s|,|\()*$", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:sejak|mulai|dimulai|semenjak)\s(?:\w+\s)?$", re.IGNORECASE)
# Between a number and the group that it counts stand a noun and joining words, no new clause.
_SEGMENT_GAP = re.compile(r"\s?(?:\([^)]*\)\s)?(?:(?!dan\b|serta\b|atau\b|untuk\b|dari\b)[\w-]+\s){0,4}")
# " pada 2023" right behind a figure is its period, whatever stands before it
_RIGHT_BEHIND = 9
_NATIONAL_REACH = 25
_NOT_AS_OF = ("statement", "years")


@dataclass(frozen=True, slots=True)
class RegionAnswer:
    """The region of a number and its evidence; ``code`` is None where the text leaves it open."""

    code: str | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class PeriodAnswer:
    """The period of a number and its evidence."""

    iso: str | None
    evidence: Evidence | None


NO_REGION = RegionAnswer(None, None)
NO_PERIOD = PeriodAnswer(None, None)


def main_region(reading: Reading) -> RegionAnswer:
    """The region that an article is about: named in title and lead, and most often."""
    weights: Counter[str] = Counter()
    first: dict[str, RegionMention] = {}
    for mention in reading.title_regions:
        if mention.code and mention.role != "context":
            weights[mention.code] += _TITLE_WEIGHT * _ROLE_WEIGHTS[mention.role]
    lead_end = reading.sentences[min(1, len(reading.sentences) - 1)].end if reading.sentences else 0
    for mention in reading.regions:
        if not mention.code:
            continue
        if reading.tables.cell_at(mention.start):
            continue
        first.setdefault(mention.code, mention)
        weight = _ROLE_WEIGHTS[mention.role] * (0.6 if mention.strength == "weak" else 1.0)
        if mention.role == "dateline" and mention.code == _CAPITAL:
            weights[COUNTRY] += _COUNTRY_WEIGHT
            first.setdefault(COUNTRY, mention)
            continue
        if mention.code == COUNTRY:
            weight = _COUNTRY_WEIGHT
        weights[mention.code] += weight * (
            _LEAD_WEIGHT if mention.end <= lead_end and mention.role == "region" else 1.0
        )
    if not weights:
        return NO_REGION
    best = max(weights, key=lambda code: (weights[code], code))
    found = first.get(best)
    if found is None:
        title_mention = next(mention for mention in reading.title_regions if mention.code == best)
        head = reading.title or ""
        return RegionAnswer(
            best,
            Evidence(
                basis="title",
                text=head[title_mention.start + len(head) + 1 : title_mention.end + len(head) + 1],
            ),
        )
    return RegionAnswer(best, _evidence(reading.text, "main region of the article", found.start, found.end))


def _evidence(text: str, basis: str, start: int, end: int) -> Evidence:
    return Evidence(basis=basis, text=text[start:end], start=start, end=end)


def region_of(
    reading: Reading, decision: Decision, carried: RegionAnswer, main: RegionAnswer
) -> RegionAnswer:
    """The region of a number: named in its phrase, clause or sentence, else carried on, else the article's."""
    around, sentence, text = decision.surroundings, decision.sentence, reading.text
    figure = decision.figure
    national = [
        mark for mark in (*around.before, *around.after)
        if "national" in mark.tags and mark.start - figure.end <= _NATIONAL_REACH
    ]  # fmt: skip
    country = [
        m for m in within(reading.regions, sentence.start, sentence.end)
        if m.code == COUNTRY and m.role == "region" and abs(m.start - figure.end) <= _NATIONAL_REACH
    ]  # fmt: skip
    for said in (*national, *country):
        if decision.metric != "rank":
            return RegionAnswer(COUNTRY, _evidence(text, "national", said.start, said.end))
    mentions = [
        m
        for m in within(reading.regions, sentence.start, sentence.end)
        if m.role in ("region", "office") and m.code != COUNTRY
    ]
    previous_end = around.previous_figure.end if around.previous_figure else sentence.start
    next_start = around.next_figure.start if around.next_figure else sentence.end
    before = [m for m in mentions if m.end <= figure.start and m.role == "region"]
    own = [m for m in before if m.start >= max(previous_end, around.clause[0])]
    behind = [
        m for m in mentions
        if m.role == "region" and figure.end <= m.start < min(next_start, around.clause[1]) and _BEHIND.fullmatch(text, figure.end, m.start)
    ]  # fmt: skip
    payer = [m for m in before if m.cue] if decision.metric == "budget" else []
    winner = _winner_behind(reading, decision) if decision.metric == "rank" else []
    for basis, candidates in (
        ("who has the rank", winner),
        ("whose budget it is", [m for m in own[-1:] if m in payer] or payer[:1]),
        ("named before the figure", own[-1:]),
        ("named behind the figure", behind[:1]),
        ("named in the clause", [m for m in before if m.start >= around.clause[0]][-1:]),
        ("named in the sentence", before[-1:]),
    ):
        for mention in candidates:
            return RegionAnswer(mention.code, _evidence(text, basis, mention.start, mention.end))
    referred = _referred_region(reading, sentence, figure.start)
    if referred.code:
        return referred
    return carried if carried.code else main


_WON_BY = re.compile(
    r"\s(?:\w+\s){0,3}?(?:jatuh\ske|diraih|diduduki|ditempati|disabet|direbut|milik|dimiliki|yakni|yaitu|oleh|untuk)\s",
    re.IGNORECASE,
)


def _winner_behind(reading: Reading, decision: Decision) -> list[RegionMention]:
    """The region named behind a rank as its holder: "Juara II jatuh ke Kabupaten Morowali"."""
    named = within(reading.regions, decision.figure.end, decision.sentence.end)
    return [
        mention
        for mention in named[:1]
        if _WON_BY.fullmatch(reading.text, decision.figure.end, mention.start)
    ]


_REFERENCE = re.compile(
    r"\b(?P<level>kabupaten|kota|provinsi)\s(?:\w+\s)?(?:ini|itu|tersebut)\b|\bdi\s(?P<bare>kabupaten|kota|provinsi),",
    re.IGNORECASE,
)


def _referred_region(reading: Reading, sentence: Sentence, position: int) -> RegionAnswer:
    """The region that "kabupaten itu" refers to: the last one of its level named before."""
    references = list(_REFERENCE.finditer(reading.text, sentence.start, position))
    if not references:
        return NO_REGION
    reference = references[-1]
    level = (reference["level"] or reference["bare"]).lower()
    for mention in reversed(reading.regions):
        if (
            mention.end <= reference.start()
            and mention.code
            and regions()[mention.code].level == level
            and mention.role != "office"
        ):
            return RegionAnswer(
                mention.code,
                _evidence(reading.text, f"referred to as {reference[0]!r}", mention.start, mention.end),
            )
    return NO_REGION


def carried_region(
    reading: Reading, sentence_start: int, sentence_end: int, answers: Sequence[RegionAnswer]
) -> RegionAnswer:
    """The region that a sentence leaves to the next one: of its last figure, else the only one that it names."""
    if len({answer.code for answer in answers}) > 1:
        return NO_REGION
    for answer in answers:
        if answer.code:
            return answer
    named = [
        m
        for m in within(reading.regions, sentence_start, sentence_end)
        if m.role == "region" and m.code and m.code != COUNTRY
    ]
    if len({mention.code for mention in named}) == 1:
        return RegionAnswer(
            named[0].code,
            _evidence(reading.text, "named in the sentence before", named[0].start, named[0].end),
        )
    return NO_REGION


def period_of(reading: Reading, decision: Decision, carried: CarriedPeriods) -> PeriodAnswer:
    """The period of a number: stated with it, else in its sentence, else carried on, else "now"."""
    text, metric = reading.text, decision.metric or ""
    for basis, mention in _stated_periods(reading, decision):
        if mention.kind == "shift":
            return _year_before(
                carried.of(metric), _evidence(text, "a year before", mention.start, mention.end)
            )
        basis = "publication" if mention.kind == "now" else basis
        return PeriodAnswer(mention.iso, _evidence(text, basis, mention.start, mention.end))
    handed_over = [mark for mark in decision.surroundings.sentence if "event_word" in mark.tags]
    if _FAMILIES.get(metric) == "claims" and handed_over and reading.event_day:
        mark = handed_over[0]
        return PeriodAnswer(
            reading.event_day.isoformat(), _evidence(text, "day of the event", mark.start, mark.end)
        )
    around = decision.surroundings
    clause = (*around.clause_before, *around.clause_after)
    first = around.previous_figure is None
    done = [mark for mark in clause if first and "covering_act" in mark.tags]
    if (answer := carried.of(metric)).iso and (
        not done or any("same_period" in mark.tags for mark in clause)
    ):
        return answer
    present = [mark for mark in clause if "present" in mark.tags]
    if present and reading.anchor and metric in _FAMILIES:
        return PeriodAnswer(
            reading.anchor.isoformat(), _evidence(text, "publication", present[0].start, present[0].end)
        )
    return NO_PERIOD


def _stated_periods(reading: Reading, decision: Decision) -> Iterator[tuple[str, PeriodMention]]:
    """Period mentions of the sentence that can go with a number, the best first."""
    around, sentence, text, figure = decision.surroundings, decision.sentence, reading.text, decision.figure
    cell = reading.tables.cell_at(figure.start)
    if cell:
        headed = within(reading.periods, cell.head_start, cell.head_end)
        yield from (("stated in the head of the column", mention) for mention in headed if mention.iso)
    mentions = [
        mention
        for mention in within(reading.periods, sentence.start, sentence.end)
        if (mention.iso or mention.kind == "shift")
        and mention.kind not in _NOT_AS_OF
        and not _is_compared(text, sentence.start, mention, figure.start, around.previous_figure)
    ]
    previous_end = around.previous_figure.end if around.previous_figure else sentence.start
    next_start = around.next_figure.start if around.next_figure else sentence.end
    before = [mention for mention in mentions if mention.end <= figure.start]
    behind = [
        mention
        for mention in mentions
        if figure.end <= mention.start < min(next_start, around.clause[1])
        and _PERIOD_BEHIND.fullmatch(text, figure.end, mention.start)
    ]
    trailing = [
        mention
        for mention in mentions
        if mention.start >= next_start and _TRAILING.search(text, sentence.start, mention.start)
    ]
    yield from (("stated behind the figure", m) for m in behind[:1] if _is_right_behind(text, around, m))
    yield from (
        ("stated before the figure", m) for m in before[-1:] if m.start >= max(previous_end, around.clause[0])
    )
    yield from (("stated behind the figure", m) for m in behind[:1])
    yield from (("stated in the sentence", m) for m in before[-1:])
    yield from (("stated at the end of the sentence", m) for m in trailing[-1:])


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
    if not _COMPARED.search(text, max(sentence_start, mention.start - 40), mention.start):
        return False
    own = mention.end <= figure_start and (previous is None or previous.end <= mention.start)
    return not (own and _STATED_VALUE.match(text, mention.end, figure_start))


def _year_before(answer: PeriodAnswer, evidence: Evidence) -> PeriodAnswer:
    """The same period one year earlier."""
    if not answer.iso:
        return NO_PERIOD
    iso = "/".join(f"{int(end[:4]) - 1:04d}{end[4:]}" for end in answer.iso.split("/"))
    return PeriodAnswer(iso, evidence)


# Figures of one family share the period that was last stated for one of them.
_FAMILIES = {
    "coverage_rate": "coverage", "coverage_change": "coverage", "participants": "coverage", "rank": "coverage",
    "eligible_workers": "coverage", "uncovered_workers": "coverage", "employers": "coverage",
    "claims_count": "claims", "benefit_paid": "claims", "budget": "support", "assisted_workers": "support",
}  # fmt: skip


class CarriedPeriods:
    """The periods that earlier sentences leave to later ones, by family of metrics."""

    def __init__(self) -> None:
        self._by_family: dict[str, PeriodAnswer] = {}
        self._just_said: dict[str, PeriodAnswer] = {}

    def of(self, metric: str) -> PeriodAnswer:
        """The period that a figure of a metric inherits; targets and contributions inherit none from afar."""
        family = _FAMILIES.get(metric)
        return self._just_said.get(family) or self._by_family.get(family, NO_PERIOD) if family else NO_PERIOD

    def leave(self, reading: Reading, sentence: Sentence, found: Sequence[tuple[str, PeriodAnswer]]) -> None:
        """Takes over what a sentence states: its figures' periods, else a period that it only names."""
        self._just_said = {
            family: answer
            for metric, answer in found
            if (family := _FAMILIES.get(metric)) and answer.evidence and answer.evidence.basis in _NOT_CARRIED
        }
        for metric, answer in found:
            evidence = answer.evidence
            family = _FAMILIES.get(metric)
            if (
                family
                and answer.iso
                and evidence
                and evidence.basis not in _NOT_CARRIED
                and not _is_start(reading.text, evidence.start or 0)
            ):
                self._by_family[family] = PeriodAnswer(
                    answer.iso, replace(evidence, basis="carried from an earlier figure")
                )
        if found:
            return
        named = [
            mention
            for mention in within(reading.periods, sentence.start, sentence.end)
            if mention.iso
            and mention.kind in ("period", "year", "month")
            and not _is_start(reading.text, mention.start)
            and (
                len(mention.iso) != _DAY_LENGTH
                or _TRAILING.search(reading.text, sentence.start, mention.start)
            )
        ]
        if named:
            last = named[-1]
            answer = PeriodAnswer(
                last.iso, _evidence(reading.text, "stated in a sentence before", last.start, last.end)
            )
            for family in set(_FAMILIES.values()):
                self._by_family[family] = answer


# A day without "per" or "hingga" is that of an event, no date that figures refer to.
_DAY_LENGTH = 10
_NOT_CARRIED = ("publication", "day of the event", "a year before")


def _is_start(text: str, position: int) -> bool:
    """Whether the period there only says since when: "sejak Desember 2021"."""
    return bool(_SINCE.search(text, max(0, position - 20), position))


def segment_of(decision: Decision, text: str) -> tuple[str | None, str | None]:
    """Group and words of the workers that a number counts: its noun first, else the words around it."""
    around = decision.surroundings
    behind = [mark for mark in around.after if _SEGMENT_GAP.fullmatch(text, decision.figure.end, mark.start)]
    for mark in (*behind, *around.before):
        if group := mark.tagged("segment:"):
            return group, text[mark.start : mark.end]
    return None, None


def programs_of(decision: Decision) -> tuple[str, ...]:
    """Programmes named in the clause of a number, in the order of the text."""
    around = decision.surroundings
    near = [
        program for mark in (*reversed(around.before), *around.after) if (program := mark.tagged("program:"))
    ]
    if not near:
        near = [program for mark in reversed(around.clause_before) if (program := mark.tagged("program:"))]
    return tuple(dict.fromkeys(near))


def qualifier_of(decision: Decision, text: str) -> str | None:
    """approx, at_least or at_most, by the word right before the number or written onto it."""
    around = decision.surroundings
    for mark in around.before[:2]:
        if decision.figure.start - mark.end <= 12:
            for tag, qualifier in (
                ("approximate", "approx"),
                ("at_least", "at_least"),
                ("at_most", "at_most"),
            ):
                if tag in mark.tags:
                    return qualifier
    if re.match(r"\s?lebih\b", text[decision.figure.end : decision.figure.end + 8]):
        return "at_least"
    return "approx" if decision.figure.approximate else None
