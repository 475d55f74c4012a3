"""What stands around a number, place by place: what rules ask for and what the judge weighs.

The places are listed at the head of :mod:`tasks.extract.rules`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from tasks.extract.carrying import NOTHING, Carried, tags_of
from tasks.extract.forms import describe_form
from tasks.extract.funds import main_fund, nearest_fund
from tasks.extract.lexicon import Mark, find_marks
from tasks.extract.phrases import lower
from tasks.extract.reading import Reading
from tasks.extract.rules import PlaceBits
from tasks.extract.scene import Surroundings
from tasks.extract.sentences import Sentence
from tasks.extract.wording import NO_WORDS, Wording, Words, wording_of, words_of


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What holds for all numbers of an article: its fund, the tags of its words and of its lead, and these as bits."""

    reading: Reading
    main: str
    tags: frozenset[str]
    lead: frozenset[str]
    bits: int


@dataclass(slots=True)
class Context:
    """What holds for all numbers of a sentence."""

    article: ArticleContext
    sentence: Sentence
    marks: Sequence[Mark]
    recent: Sequence[Mark]
    carried: Carried
    words: Words

    @property
    def reading(self) -> Reading:
        """The article."""
        return self.article.reading


@dataclass(slots=True)
class Situation:
    """What stands around a number, as bits, and the metrics that a rule can take over from a place."""

    bits: int
    tags: tuple[tuple[PlaceBits, frozenset[str]], ...]
    marks: tuple[tuple[PlaceBits, Sequence[Mark]], ...]
    carried: frozenset[str]
    previous: frozenset[str]
    wording: Wording

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every place with each tag that stands there."""
        standing = [*self.tags, *((bits, mark.tags) for bits, marks in self.marks for mark in marks)]
        return frozenset((place, tag) for bits, tags in standing for place in bits.places for tag in tags)


_BEFORE, _AFTER, _CLAUSE = PlaceBits("before", "near"), PlaceBits("after", "near"), PlaceBits("clause")
_SENTENCE, _ARTICLE, _FORM, _FUND = PlaceBits("sentence"), PlaceBits("article"), PlaceBits("form"), PlaceBits("fund")
_NEAREST, _GOVERNING, _NOUN = PlaceBits("nearest"), PlaceBits("governing"), PlaceBits("noun")
_PREVIOUS, _PREVIOUS_NOUN = PlaceBits("previous"), PlaceBits("previous_noun")
_CARRIED, _LATELY = PlaceBits("carried"), PlaceBits("lately")
_RECENT, _LABEL, _LEAD = PlaceBits("recent"), PlaceBits("label"), PlaceBits("lead")
_LEAD_SENTENCES = 2
# "masjid 3.729 unit", "PU sebanyak 28.237", "desanya lebih dari 6400"
_LABEL_GAP = re.compile(
    r"(?:nya)?[\s:(]{1,2}(?:(?:yang|sebanyak|sejumlah|berjumlah|jumlahnya|ada|adalah|yakni|yaitu|hanya|baru|lebih|dari|"
    r"sekitar|mencapai|tercatat|totalnya)\s){0,3}"
)
_LABEL_REACH = 40


def article_context(reading: Reading) -> ArticleContext:
    """What holds for all numbers of an article."""
    title_marks = find_marks(lower(reading.title)) if reading.title else []
    marks = (*reading.marks, *title_marks)
    lead = tags_of(mark for sentence in reading.sentences[:_LEAD_SENTENCES] for mark in reading.inside(sentence).marks)
    bits = reduce(or_, (_ARTICLE[mark.tags] for mark in marks), _LEAD[lead])
    return ArticleContext(reading, main_fund(reading.marks, title_marks), tags_of(marks), lead, bits)


def sentence_context(article: ArticleContext, sentence: Sentence, recent: Sequence[Mark], carried: Carried) -> Context:
    """What holds for all numbers of a sentence; ``recent`` are the marks of the sentence before it."""
    inside = article.reading.inside(sentence)
    words = words_of(article.reading.lowered, sentence) if inside.figures else NO_WORDS
    return Context(article, sentence, inside.marks, recent, carried, words)


def situation_of(context: Context, around: Surroundings, previous: str | None) -> Situation:
    """What stands around a number; ``previous`` is the metric of the number before it in the sentence."""
    carried = context.carried.metric(around.figure.kind)
    before_it = frozenset({previous}) if previous else NOTHING
    governing, noun, previous_noun = around.governing, around.noun, around.previous_noun
    tags = (
        (_NEAREST, around.nearest),
        (_FORM, describe_form(context.reading, context.sentence, around)),
        (_FUND, frozenset({fund_at(context, around)})),
        (_GOVERNING, governing.tags if governing else NOTHING),
        (_NOUN, noun.tags if noun else NOTHING),
        (_PREVIOUS_NOUN, previous_noun.tags if previous_noun else NOTHING),
        (_PREVIOUS, before_it),
        (_CARRIED, carried),
        (_LATELY, context.carried.metric("any")),
        (_LABEL, _label(context.reading.lowered, around)),
        (_LEAD, context.article.lead),
    )
    marks = (
        (_BEFORE, around.before),
        (_AFTER, around.after),
        (_CLAUSE, around.clause_before),
        (_CLAUSE, around.clause_after),
        (_SENTENCE, around.sentence),
        (_RECENT, context.recent),
    )
    bits = context.article.bits
    for place, told in tags:
        bits |= place[told]
    for place, stand_there in marks:
        for mark in stand_there:
            bits |= place[mark.tags]
    return Situation(bits, tags, marks, carried, before_it, wording_of(context.words, around.figure))


def _label(lowered: str, around: Surroundings) -> frozenset[str]:
    """The tags of a noun or programme named right before a number."""
    for mark in around.before[:1]:
        is_close = around.figure.start - mark.end <= _LABEL_REACH
        if is_close and (mark.is_noun or mark.program) and _LABEL_GAP.fullmatch(lowered, mark.end, around.figure.start):
            return mark.tags
    return NOTHING


def fund_at(context: Context, around: Surroundings) -> str:
    """Whose figure it is: work, health, other, program (only a programme is named) or none."""
    main = context.article.main
    if main == "none":
        return "program" if any(mark.program for mark in context.marks) else "none"
    if main == "other":
        return "other"
    for mark in (*around.clause_before, *around.clause_after):
        if "fund_health_slogan" in mark.tags:
            return "health"
    found = nearest_fund(around.clause_before, around.clause_after)
    if found:
        return found
    if main == "health":
        return "work" if context.carried.fund == "work" else "health"
    earlier = [mark for mark in reversed(context.marks) if mark.end <= around.figure.start]
    return nearest_fund(earlier, ()) or context.carried.fund or main
