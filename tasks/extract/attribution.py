"""Says of a decided number which region, period, segment and programmes it is about, and on what words that rests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.decisions import Decision
from tasks.extract.lexicon import Mark
from tasks.extract.periods import PeriodMention
from tasks.extract.reading import Reading, within
from tasks.extract.regions import COUNTRY, RegionMention
from tasks.records import Evidence

_ROLE_WEIGHTS = {"region": 1.0, "dateline": 0.4, "office": 0.3, "venue": 0.2, "context": 0.3}
_TITLE_WEIGHT = 4.0
_LEAD_WEIGHT = 2.0
_BEHIND = re.compile(
    r"[^.;]{0,50}?\b(?:di|se|pada|untuk|bagi|asal|dari|wilayah)[ -]$|[^.;\d]{0,25}\($", re.IGNORECASE
)
_PERIOD_BEHIND = re.compile(
    r"(?:[^.;,\d]{0,40}?[, ])?\(?(?:pada|per|hingga|sampai(?:\sdengan)?|di|untuk|selama|sepanjang|tahun|akhir|bulan|periode|posisi|s/d|dalam|data)\s"
    r"(?:akhir\s|awal\s|tahun\s|bulan\s|tanggal\s|data\s)*$|\s\(?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:dibanding(?:kan)?|ketimbang|daripada|terhadap)\s(?:\w+\s){0,4}$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:sejak|mulai|semenjak)\s(?:\w+\s)?$", re.IGNORECASE)
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
        if not mention.code or mention.code == COUNTRY:
            continue
        first.setdefault(mention.code, mention)
        weight = _ROLE_WEIGHTS[mention.role] * (0.6 if mention.strength == "weak" else 1.0)
        weights[mention.code] += weight * (_LEAD_WEIGHT if mention.end <= lead_end else 1.0)
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
    national = [mark for mark in around.before + around.after if "national" in mark.tags]
    if national and decision.metric != "rank":
        return RegionAnswer(COUNTRY, _evidence(text, "national", national[0].start, national[0].end))
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
    for basis, candidates in (
        ("named before the figure", own[-1:]),
        ("named behind the figure", behind[:1]),
        ("named in the clause", [m for m in before if m.start >= around.clause[0]][-1:]),
        ("named in the sentence", before[-1:]),
    ):
        for mention in candidates:
            return RegionAnswer(mention.code, _evidence(text, basis, mention.start, mention.end))
    return carried if carried.code else main


def carried_region(
    reading: Reading, sentence_start: int, sentence_end: int, answers: Sequence[RegionAnswer]
) -> RegionAnswer:
    """The region that a sentence leaves to the next one: of its last figure, else the only one that it names."""
    for answer in reversed(answers):
        if answer.code and answer.code != COUNTRY:
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


def period_of(reading: Reading, decision: Decision, carried: PeriodAnswer) -> PeriodAnswer:
    """The period of a number: stated with it, else in its sentence, else carried on, else "now"."""
    around, sentence, text = decision.surroundings, decision.sentence, reading.text
    figure = decision.figure
    mentions = [
        m for m in within(reading.periods, sentence.start, sentence.end)
        if m.iso and m.kind not in _NOT_AS_OF and not _COMPARED.search(text, max(sentence.start, m.start - 40), m.start)
    ]  # fmt: skip
    previous_end = around.previous_figure.end if around.previous_figure else sentence.start
    next_start = around.next_figure.start if around.next_figure else sentence.end
    before = [m for m in mentions if m.end <= figure.start]
    behind = [
        m
        for m in mentions
        if figure.end <= m.start < min(next_start, around.clause[1])
        and _PERIOD_BEHIND.fullmatch(text, figure.end, m.start)
    ]
    for basis, candidates in (
        (
            "stated before the figure",
            [m for m in before if m.start >= max(previous_end, around.clause[0])][-1:],
        ),
        ("stated behind the figure", behind[:1]),
        ("stated in the clause", [m for m in before if m.start >= around.clause[0]][-1:]),
        ("stated in the sentence", before[-1:]),
        ("stated later in the clause", [m for m in mentions if figure.end <= m.start < around.clause[1]][:1]),
    ):
        for mention in candidates:
            basis_words = "publication" if mention.kind == "now" else basis
            return PeriodAnswer(mention.iso, _evidence(text, basis_words, mention.start, mention.end))
    if carried.iso:
        return carried
    present = [mark for mark in around.clause_before + around.clause_after if "present" in mark.tags]
    if (
        present
        and reading.anchor
        and decision.metric not in ("coverage_target", "participants_target", "contribution")
    ):
        return PeriodAnswer(
            reading.anchor.isoformat(), _evidence(text, "publication", present[0].start, present[0].end)
        )
    return NO_PERIOD


def carried_period(
    reading: Reading, sentence_start: int, sentence_end: int, answers: Sequence[PeriodAnswer]
) -> PeriodAnswer:
    """The period that a sentence leaves to the next one."""
    for answer in reversed(answers):
        evidence = answer.evidence
        if evidence and evidence.basis != "publication" and not _is_start(reading.text, evidence.start or 0):
            return answer
    named = [
        m for m in within(reading.periods, sentence_start, sentence_end)
        if m.iso and m.kind in ("period", "year", "month", "day") and not _is_start(reading.text, m.start)
    ]  # fmt: skip
    if named:
        return PeriodAnswer(
            named[-1].iso,
            _evidence(reading.text, "stated in the sentence before", named[-1].start, named[-1].end),
        )
    return NO_PERIOD


def _is_start(text: str, position: int) -> bool:
    """Whether the period there only says since when: "sejak Desember 2021"."""
    return bool(_SINCE.search(text, max(0, position - 20), position))


def segment_of(decision: Decision, text: str) -> tuple[str | None, str | None]:
    """Group and words of the workers that a number counts: its noun first, else the words around it."""
    around = decision.surroundings
    for mark in _near_segments(around.after, around.before):
        group = mark.tagged("segment:")
        if group:
            return group, text[mark.start : mark.end]
    return None, None


def _near_segments(after: Sequence[Mark], before: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in (*after[:4], *before) if any(tag.startswith("segment:") for tag in mark.tags)]


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
