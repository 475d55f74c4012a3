"""Reads an article once: everything that is found in its text before any number gets a meaning."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Protocol, TypeVar

from tasks.extract.clues import digit_runs
from tasks.extract.decoys import find_decoys
from tasks.extract.lexicon import Mark, find_marks
from tasks.extract.numbers import Figure, find_figures
from tasks.extract.period_readers import Anchor
from tasks.extract.periods import PeriodMention, PeriodWords, find_period_words
from tasks.extract.phrases import lower
from tasks.extract.ranks import RankMention, find_ranks
from tasks.extract.regions import RegionMention, find_region_mentions
from tasks.extract.regulations import RegulationMention, find_regulations
from tasks.extract.sentences import Sentence, split_sentences
from tasks.extract.tables import Tables, find_tables
from tasks.extract.told_periods import find_event_day, find_latest_date, resolve
from tasks.records import Article, NumberMention

_YEAR, _ABOUT = timedelta(days=365), timedelta(days=10)


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Spanned)
_START = attrgetter("start")


def within(items: Sequence[S], start: int, end: int) -> list[S]:
    """The items, sorted by start, that lie in ``[start, end)``."""
    if not items:
        return []
    first = bisect_left(items, start, key=_START)
    return [item for item in items[first : bisect_left(items, end, lo=first, key=_START)] if item.end <= end]


def _by_sentence(sentences: Sequence[Sentence], items: Sequence[S]) -> list[list[S]]:
    """For each sentence the items, sorted by start, that lie in it."""
    found: list[list[S]] = [[] for _ in sentences]
    index = 0
    for item in items:
        while index < len(sentences) and sentences[index].end <= item.start:
            index += 1
        if index == len(sentences):
            break
        if sentences[index].start <= item.start and item.end <= sentences[index].end:
            found[index].append(item)
    return found


@dataclass(slots=True)
class Contents:
    """What stands in a sentence, all lists in order."""

    marks: list[Mark]
    figures: list[Figure]
    ranks: list[RankMention]
    periods: list[PeriodMention]
    regions: list[RegionMention]


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands where in an article. All lists are in order; spans index into ``text``."""

    text: str
    lowered: str
    title: str | None
    sentences: list[Sentence]
    marks: list[Mark]
    figures: list[Figure]
    ranks: list[RankMention]
    periods: list[PeriodMention]
    regions: list[RegionMention]
    title_regions: list[RegionMention]
    regulations: list[RegulationMention]
    tables: Tables
    explained: list[NumberMention]
    anchor: date | None
    event_day: date | None
    contents: dict[int, Contents]

    def inside(self, sentence: Sentence) -> Contents:
        """What stands in a sentence."""
        return self.contents[sentence.start]


def read_article(article: Article) -> Reading:
    """Everything found in an article's text and title."""
    text = article.text
    published = date.fromisoformat(article.published_at[:10]) if article.published_at else None
    lowered = lower(text)
    period_words = find_period_words(lowered)
    event_day = find_event_day(period_words, published)
    if event_day and published and _is_misprint(event_day, published):
        event_day = None
    anchor = event_day or published
    regulations = find_regulations(lowered)
    periods = [
        mention
        for mention in _resolve(period_words, anchor)
        if not any(law.start < mention.end and mention.start < law.end for law in regulations)
    ]
    title_regions, regions = _regions(article.title, text)
    ranks = find_ranks(lowered, [mention.end for mention in regions])
    figures, explained = _sort_out(text, lowered, find_figures(text, lowered), periods, regulations, ranks)
    sentences = _unsplit(split_sentences(text), figures)
    marks = find_marks(lowered)
    found = [_by_sentence(sentences, items) for items in (marks, figures, ranks, periods, regions)]
    return Reading(
        text=text,
        lowered=lowered,
        title=article.title,
        sentences=sentences,
        marks=marks,
        figures=figures,
        ranks=ranks,
        periods=periods,
        regions=regions,
        title_regions=title_regions,
        regulations=regulations,
        tables=find_tables(text),
        explained=explained,
        anchor=anchor,
        event_day=event_day,
        contents={sentence.start: Contents(*lists) for sentence, *lists in zip(sentences, *found, strict=True)},
    )


def _is_misprint(event_day: date, published: date) -> bool:
    """Whether a day lies after the publication, or so near to a year before it that only the year is wrong.

    Longer before it lies the day of an old report that a site moved: what it tells is of that day.
    """
    ago = published - event_day
    return ago < -timedelta(days=1) or abs(ago - _YEAR) <= _ABOUT


def _resolve(words: Sequence[PeriodWords], anchor: date | None) -> list[PeriodMention]:
    """Mentions against the day of the report; without one months and years are read by the latest date of the text."""
    if anchor:
        return resolve(words, Anchor(anchor))
    mentions = resolve(words, Anchor(find_latest_date(words)))
    return [replace(mention, iso=None) if mention.kind == "now" else mention for mention in mentions]


def _regions(title: str | None, text: str) -> tuple[list[RegionMention], list[RegionMention]]:
    """Region mentions of title and text, read together so that either settles what the other leaves open."""
    head = f"{title}\n" if title else ""
    mentions = find_region_mentions(head + text)
    shift = len(head)
    if not head:
        return [], mentions
    in_title = [mention for mention in mentions if mention.end <= shift]
    return in_title, [mention.moved(-shift) for mention in mentions if mention.start >= shift]


def _sort_out(
    text: str,
    lowered: str,
    figures: Sequence[Figure],
    periods: Sequence[PeriodMention],
    regulations: Sequence[RegulationMention],
    ranks: Sequence[RankMention],
) -> tuple[list[Figure], list[NumberMention]]:
    """The figures that can be statistics, and the numbers that are something else: dates, laws, codes."""
    others = [(rank.start, rank.end, "rank") for rank in ranks]
    others += [(item.start, item.end, "regulation") for item in regulations]
    others += [(item.start, item.end, "date") for item in periods]
    kinds = _kinds(len(text), figures, others)
    open_figures = [figure for figure, kind in zip(figures, kinds, strict=True) if kind is None]
    decoys = [(decoy.start, decoy.end, decoy.kind) for decoy in find_decoys(text, lowered, open_figures)]
    decoy_kinds = iter(_kinds(len(text), open_figures, decoys))
    kept: list[Figure] = []
    explained: list[NumberMention] = []
    for figure, found in zip(figures, kinds, strict=True):
        kind = found or next(decoy_kinds)
        if kind is None and figure.end == len(text.rstrip()):
            kind = "cut-off number"
        if kind is None and kept and _repeats_in_words(text, kept[-1], figure):
            kind = "repetition in words"
        if kind is None:
            kept.append(figure)
        elif kind != "rank":
            mention = NumberMention(
                text=text[figure.start : figure.end],
                start=figure.start,
                end=figure.end,
                value=figure.value,
                role=kind,
                explanation=f"part of a {kind}",
            )
            explained.append(mention)
    return kept, [*explained, *_glued_digits(lowered, figures)]


def _glued_digits(lowered: str, figures: Sequence[Figure]) -> Iterator[NumberMention]:
    """Digits that are no number of their own: the month of "17/5/2023", the 2 of "KP2MI", serials."""
    starts = [figure.start for figure in figures]
    for start, end in digit_runs(lowered):
        index = bisect_right(starts, start) - 1
        if index < 0 or figures[index].end < end:
            yield NumberMention(
                text=lowered[start:end],
                start=start,
                end=end,
                value=None,
                role="part of a code",
                explanation="digits joined to letters, a slash or a long serial",
            )


def _kinds(length: int, figures: Sequence[Figure], spans: Sequence[tuple[int, int, str]]) -> list[str | None]:
    """For each figure the kind of the first span that it overlaps, or None."""
    painted = array("L", bytes(length * array("L").itemsize))
    for index in range(len(spans), 0, -1):
        start, end, _ = spans[index - 1]
        painted[start:end] = array("L", [index]) * (end - start)
    touched = (next((index for index in painted[figure.start : figure.end] if index), 0) for figure in figures)
    return [spans[index - 1][2] if index else None for index in touched]


def _repeats_in_words(text: str, first: Figure, second: Figure) -> bool:
    """Whether the second only writes out the first: "3 (tiga)"."""
    return second.in_words and first.value == second.value and text[first.end : second.start] in ("(", " (")


def _unsplit(sentences: Sequence[Sentence], figures: Sequence[Figure]) -> list[Sentence]:
    """Joins sentences that were split within a number: "137. 953 orang"."""
    joined: list[Sentence] = []
    starts = [figure.start for figure in figures]
    for sentence in sentences:
        last = joined[-1] if joined else None
        begun = bisect_left(starts, last.end) if last else 0
        if last and begun and sentence.start < figures[begun - 1].end:
            joined[-1] = Sentence(last.start, sentence.end, last.paragraph)
        else:
            joined.append(sentence)
    return joined
