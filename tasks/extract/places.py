"""Says which region a number is about: the one named with it, else the one that the sentences before are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.extract.answers import NO_REGION, RegionAnswer, quote_evidence, region_answer
from tasks.extract.clues import TextClues
from tasks.extract.decisions import Decision
from tasks.extract.lexicon import Mark
from tasks.extract.numbers import Figure
from tasks.extract.reading import Reading, within
from tasks.extract.regions import COUNTRY, LISTED, RegionMention, regions
from tasks.extract.sentences import Sentence
from tasks.records import Evidence

# "nasional" this far behind a number still belongs to it.
_NATIONAL_REACH = 25
# Jawa Barat, the largest province, has 26 million working people (BPS, Sakernas 2024).
_MORE_THAN_A_PROVINCE = 30_000_000
_OF_PERSONS = ("participants", "eligible_workers", "uncovered_workers", "participants_target", "assisted_workers")
_BEHIND = re.compile(
    r"(?:[^.,;]|,(?=\d)){0,50}?\b(?:di|se|pada|untuk|bagi|asal|dari|wilayah)[ -]$|[^.;\d]{0,25}\($|"
    r"\s(?:(?!(?:dan|serta|atau|sedangkan|sementara|kemudian|lalu)\s)[\w/-]+\s){1,3}$",
    re.IGNORECASE,
)
# "tiga besar nasional", "posisi ke-12 secara nasional" only say among whom a region ranks.
_AMONG = re.compile(r"(?:\bke-?\s?\w+|\bbesar|\b(?:peringkat|posisi|urutan|juara|tingkat)(?:\s\w+)?)\s$", re.IGNORECASE)
_HELD_AGAINST = re.compile(
    r"\b(?:di\s(?:atas|bawah)|melampaui|melebihi|melewati|melangkahi|mengungguli|menyamai|mendekati|ketimbang|"
    r"dibanding(?:kan)?|daripada)\s(?:(?!yang\b)[a-z-]+\s){0,3}$"
)
_IN_A_NAME = re.compile(r"[A-Z][\w.]*\s[A-Z]$")
_NAME_REACH = 20
_OF_A_PLAN = "target of the nation"
_FEWEST_LISTED = 2
_EACH = re.compile(r",?\s(?:\w+\s){0,3}(?:masing-masing|sama-sama)\s(?:\w+\s){0,3}", re.IGNORECASE)
_NEXT_NUMBER = re.compile(r"(?:\s[\w/%]+){0,2}(?:,\s|,?\s(?:dan|serta)\s)(?:\w+\s){0,2}")
_RIGHT_BEHIND = re.compile(
    r"\s(?:(?!(?:dan|serta|sedangkan|sementara|lalu|kemudian)\s)[\w/-]+\s){0,2}(?:di|untuk)\s|"
    r"(?:[^,;.()]|(?<=\d)[.,](?=\d)){0,80}\(",
    re.IGNORECASE,
)
# "- Kaimana: 1.085 orang", "Nabire | 22.018 | 34,2 persen"
_LIST_LINE = re.compile(r"[-•*·]\s|[^|\n]{1,60}\|")
_LIST_CLUES = TextClues(("-", "•", "*", "·", "|"))
_LIST_REACH = 62
_WON_BY = re.compile(
    r"\s(?:\w+\s){0,3}?(?:jatuh\s(?:ke|kepada)|diraih|diduduki|ditempati|disabet|direbut|milik|dimiliki|yakni|yaitu|oleh|"
    r"untuk)\s(?:oleh\s)?|\s?:?\s(?:oleh\s)?(?:pemerintah\s)?",
    re.IGNORECASE,
)
# An administration or its head that is not named is that of the article: "pemprov membiayai 45 ribu pekerja".
_REFERENCE = re.compile(
    r"\b(?P<level>kabupaten|kota|provinsi)\s(?:\w+\s)?(?:ini|itu|tersebut)\b|"
    r"\b(?:di\s|secara\s|tingkat\s|apbd\s)(?P<bare>kabupaten|kota|provinsi)\b(?!\s(?-i:[A-Z(]))|"
    r"\b(?P<office>pemprov|gubernur|pemkab|bupati|pemkot|pemko|wali\s?kota)\b",
    re.IGNORECASE,
)
_REFERENCE_CLUES = TextClues((
    "kabupaten", "kota", "provinsi", "pemprov", "gubernur", "pemkab", "bupati", "pemko", "wali",
))  # fmt: skip
_LEVELS = {
    "pemprov": "provinsi", "gubernur": "provinsi", "pemkab": "kabupaten", "bupati": "kabupaten",
    "pemkot": "kota", "pemko": "kota", "wali kota": "kota", "walikota": "kota",
}  # fmt: skip


def region_of(reading: Reading, decision: Decision, carried: RegionAnswer, main: RegionAnswer) -> RegionAnswer:
    """The region of a number: named in its phrase, clause or sentence, else carried on, else the article's."""
    if decision.metric != "rank" and (national := _national(reading, decision)):
        return RegionAnswer(COUNTRY, national)
    named = next(_named(reading, decision), None)
    reference = _reference(reading, decision)
    if reference and not (named and reference.start() < named[1].end):
        referred = _referred(reading, reference, main)
        if referred.code:
            return referred
    if named:
        return region_answer(reading.text, *named)
    if _counts_a_nation(decision):
        figure = decision.figure
        return RegionAnswer(COUNTRY, quote_evidence(reading.text, "no province has as many", figure.start, figure.end))
    if carried.evidence and carried.evidence.basis == _OF_A_PLAN and decision.metric != "coverage_target":
        return main
    return carried if carried.code else main


def _counts_a_nation(decision: Decision) -> bool:
    return decision.metric in _OF_PERSONS and decision.figure.value >= _MORE_THAN_A_PROVINCE


def _national(reading: Reading, decision: Decision) -> Evidence | None:
    """The words close to a number that make it a figure of the whole country."""
    around, figure = decision.surroundings, decision.figure
    for mark in around.sentence if decision.metric == "coverage_target" else ():
        if "national_plan" in mark.tags and not _named_close(reading, decision):
            return quote_evidence(reading.text, _OF_A_PLAN, mark.start, mark.end)
    for mark in (*around.before, *around.after):
        if (
            _says_national(reading.text, mark)
            and not (mark.start >= figure.end and _named_close(reading, decision))
            and mark.start - figure.end <= _NATIONAL_REACH
            and not _AMONG.search(reading.text, decision.sentence.start, mark.start)
            and not _is_held_against(reading, decision, mark)
        ):
            return quote_evidence(reading.text, "said of the nation", mark.start, mark.end)
    for mention in reading.inside(decision.sentence).regions:
        close = abs(mention.start - figure.end) <= _NATIONAL_REACH or _is_alone_before(reading, decision, mention)
        if mention.code == COUNTRY and mention.role == "region" and close:
            return quote_evidence(reading.text, "said of the nation", mention.start, mention.end)
    return None


def _is_alone_before(reading: Reading, decision: Decision, country: RegionMention) -> bool:
    """Whether the country is the only place named in a number's phrase: "pekerja di Indonesia yang ikut baru 30%"."""
    around, figure = decision.surroundings, decision.figure
    start = around.phrase_start
    return within(reading.regions, start, figure.start) == [country]


def _is_held_against(reading: Reading, decision: Decision, mark: Mark) -> bool:
    """Whether the nation is what a region's figure is compared with: "47 persen, jauh di bawah target nasional"."""
    is_reached = decision.metric in ("coverage_rate", "participants")
    return is_reached and _HELD_AGAINST.search(reading.lowered, decision.sentence.start, mark.start) is not None


def _says_national(text: str, mark: Mark) -> bool:
    """Whether a mark speaks of the whole country; "Badan Pusat Statistik Nasional" is only a name."""
    if "national" not in mark.tags:
        return False
    is_name = text[mark.start].isupper() and text[mark.end : mark.end + 2].istitle()
    return not is_name and _IN_A_NAME.search(text, max(0, mark.start - _NAME_REACH), mark.start + 1) is None


def _named_close(reading: Reading, decision: Decision) -> bool:
    """Whether a region is named in the number's own phrase."""
    around, figure = decision.surroundings, decision.figure
    start = around.phrase_start
    return any(mention.role == "region" for mention in within(reading.regions, start, figure.start))


def _named(reading: Reading, decision: Decision) -> Iterator[tuple[str, RegionMention]]:
    """Regions named in the sentence that can go with a number, the best first."""
    around, sentence, figure = decision.surroundings, decision.sentence, decision.figure
    mentions = [
        mention
        for mention in reading.inside(sentence).regions
        if mention.role in ("region", "compared") and mention.code != COUNTRY
    ]
    before = [mention for mention in mentions if mention.end <= figure.start]
    phrase_start = around.phrase_start
    phrase_end = min(around.next_figure.start if around.next_figure else sentence.end, around.clause[1])
    own = [mention for mention in before if mention.start >= phrase_start]
    if decision.metric == "rank":
        yield from _winner(reading, decision)
    yield from _in_turn(reading, decision, before)
    if decision.metric == "budget":
        payers = [mention for mention in before if mention.cue]
        best = [mention for mention in own[-1:] if mention.cue] or payers[:1]
        yield from (("whose budget it is", mention) for mention in best)
    yield from _right_behind(reading, decision, mentions, own)
    yield from (("named before the figure", mention) for mention in own[-1:])
    for mention in mentions:
        if figure.end <= mention.start < phrase_end and _BEHIND.fullmatch(reading.text, figure.end, mention.start):
            yield "named behind the figure", mention
    yield from (("named in the clause", m) for m in reversed(before) if m.start >= around.clause[0])
    yield from (("named in the sentence", mention) for mention in reversed(before))


def _right_behind(
    reading: Reading, decision: Decision, mentions: Sequence[RegionMention], own: Sequence[RegionMention]
) -> Iterator[tuple[str, RegionMention]]:
    """The region right behind the number: "59.073 orang di Kota Palu, 39.540 orang di Morowali"."""
    for mention in mentions:
        if mention.start < decision.figure.end:
            continue
        if _RIGHT_BEHIND.fullmatch(reading.text, decision.figure.end, mention.start) and mention.code:
            around_it = {regions()[before.code].province_code for before in own if before.code}
            in_brackets = reading.text[mention.start - 1] == "("
            if in_brackets and any(reading.text[before.start - 1] != "(" for before in own):
                return
            if mention.code not in around_it:
                yield "named right behind the figure", mention
        return


def _in_turn(
    reading: Reading, decision: Decision, before: Sequence[RegionMention]
) -> Iterator[tuple[str, RegionMention]]:
    """The region at the number's place in its list: "Ambon, Buru, dan Maluku masing-masing 72, 60, dan 57 persen"."""
    listed = _listed(reading, before)
    numbers = _numbers_of(reading, decision, listed) if len(listed) >= _FEWEST_LISTED else []
    gaps = (reading.text[first.end : second.start] for first, second in pairwise(numbers))
    if len(numbers) == len(listed) and decision.figure in numbers and all(map(_NEXT_NUMBER.fullmatch, gaps)):
        yield "in the order of the list", listed[numbers.index(decision.figure)]


def further_regions(reading: Reading, decision: Decision) -> list[RegionAnswer]:
    """The regions besides the last of a list that one number is said of: "Siak dan Kampar masing-masing 42 persen"."""
    before = within(reading.regions, decision.surroundings.clause[0], decision.figure.start)
    listed = _listed(reading, [mention for mention in before if mention.role == "region" and mention.code])
    if len(listed) < _FEWEST_LISTED or _numbers_of(reading, decision, listed) != [decision.figure]:
        return []
    if not _EACH.fullmatch(reading.text, listed[-1].end, decision.figure.start):
        return []
    return [region_answer(reading.text, "each region of the list", mention) for mention in listed[:-1]]


def _listed(reading: Reading, mentions: Sequence[RegionMention]) -> list[RegionMention]:
    """The last mentions that nothing but commas and "dan" separates."""
    listed = list(mentions[-1:])
    for mention in reversed(mentions[:-1]):
        if not LISTED.fullmatch(reading.text, mention.end, listed[0].start):
            break
        listed.insert(0, mention)
    return listed


def _numbers_of(reading: Reading, decision: Decision, listed: Sequence[RegionMention]) -> list[Figure]:
    """The numbers between a list of regions and the next region of the sentence."""
    behind = within(reading.regions, listed[-1].end, decision.sentence.end)
    return within(reading.figures, listed[-1].end, behind[0].start if behind else decision.sentence.end)


def _winner(reading: Reading, decision: Decision) -> Iterator[tuple[str, RegionMention]]:
    """The region named behind a rank as its holder: "Juara II jatuh ke Kabupaten Morowali"."""
    for mention in within(reading.regions, decision.figure.end, decision.sentence.end)[:1]:
        if _WON_BY.fullmatch(reading.text, decision.figure.end, mention.start):
            yield "who has the rank", mention


def _reference(reading: Reading, decision: Decision) -> re.Match[str] | None:
    """The words nearest before a number that refer to a region without its name: "kabupaten itu", "pemprov"."""
    found = None
    sentence = decision.sentence
    if not _REFERENCE_CLUES.stand_in(reading.lowered, sentence.start, decision.figure.start):
        return None
    mentions = reading.inside(sentence).regions
    for match in _REFERENCE.finditer(reading.text, sentence.start, decision.figure.start):
        named = any(mention.start < match.end() and match.start() <= mention.end for mention in mentions)
        if not named and (match["level"] or match.start() >= decision.surroundings.clause[0]):
            found = match
    return found


def _referred(reading: Reading, reference: re.Match[str], main: RegionAnswer) -> RegionAnswer:
    """The region that a reference means: the last one of its level named before, else the article's of that level."""
    level = _level(reference)
    basis = f"referred to as {reference[0]!r}"
    for mention in reversed(reading.regions):
        if mention.end > reference.start() or not mention.code or mention.role in ("office", "compared"):
            continue
        if regions()[mention.code].level == level:
            return region_answer(reading.text, basis, mention)
    if main.code and main.code != COUNTRY:
        place = regions()[main.code]
        code = place.province_code if level == "provinsi" else main.code
        if regions()[code].level == level and main.evidence:
            return RegionAnswer(code, replace(main.evidence, basis=basis))
    return NO_REGION


def _level(reference: re.Match[str]) -> str:
    """The level that a reference names: kabupaten, kota or provinsi."""
    words = (reference["level"] or reference["bare"] or reference["office"]).lower()
    return _LEVELS.get(words, words)


def carried_region(
    reading: Reading, sentence: Sentence, answers: Sequence[RegionAnswer], earlier: RegionAnswer
) -> RegionAnswer:
    """The region that a sentence leaves to the next one: of its figures if they agree, else the only one it names.

    A sentence that names none goes on with that of the one before it in its paragraph. A line of a list leaves nothing
    of its own: what follows goes on with what stood before the list.
    """
    line = (sentence.start, sentence.start + _LIST_REACH)
    if _LIST_CLUES.stand_in(reading.lowered, *line) and _LIST_LINE.match(reading.text, sentence.start):
        return earlier
    if len({answer.code for answer in answers}) > 1:
        return NO_REGION
    for answer in answers:
        if answer.code:
            return answer
    named = [
        mention
        for mention in reading.inside(sentence).regions
        if mention.role == "region" and mention.code and mention.code != COUNTRY
    ]
    if len({mention.code for mention in named}) == 1:
        return region_answer(reading.text, "named in the sentence before", named[0])
    if named or reading.text.startswith("\n", sentence.end):
        return NO_REGION
    for mark in reading.inside(sentence).marks:
        if _says_national(reading.text, mark):
            return RegionAnswer(COUNTRY, quote_evidence(reading.text, "said of the nation", mark.start, mark.end))
    return earlier
