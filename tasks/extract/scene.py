"""The surroundings of a number: which marks stand before and after it, in its phrase, clause and sentence.

The *phrase* of a number reaches from the number before it to the next one, within its clause; the *clause* ends
where the sentence turns to another matter (";", "sedangkan", "sementara" …).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.extract.clues import CluedPattern, TextClues
from tasks.extract.lexicon import Mark
from tasks.extract.numbers import Figure
from tasks.extract.sentences import Sentence

_CLAUSE_CLUES = TextClues((
    ";", "sementara", "sedangkan", "namun", "tetapi", "tapi", "padahal", "adapun", "sebaliknya", "”", '"',
))  # fmt: skip
_CLAUSE_BREAK = re.compile(
    r";|,\ssementara\s|\bsementara\s(?:itu|untuk|yang)\b|,?\s(?:sedangkan|namun|tetapi|tapi|padahal|adapun|sebaliknya)\s|[”\"]\s",
)
# What a number can be about; the one named nearest before it decides.
SUBJECTS = frozenset({
    "covered", "uncovered", "eligible", "target", "outcome", "participant_noun", "coverage", "assisted_act",
    "paid_out", "budget", "contribution", "economy", "wage_rate", "compliance", "growth", "gap", "composition",
    "attend", "arrears", "wage", "claim", "employer", "benefit", "layoff", "case_noun",
})  # fmt: skip
_NO_SUBJECT = frozenset({"nothing"})
_STANCES = frozenset({"change_up", "change_down", "raise", "become", "from", "gap"})
# A number of these stands within the phrase of another: "57.318 pekerja di lima kabupaten sudah terlindungi".
_NO_STATISTIC = frozenset({"unit:place", "unit:time", "unit:programme", "unit:office"})
_OWN_STOP = CluedPattern(", ; hanya baru", r",\s|;|\b(?:hanya|baru)\s")
_NOUN_GAP = re.compile(
    r"\s?(?:lebih\s|lagi\s|an\s|-an\s|\([^)\n]{1,40}\)\s?|total\s|buah\s|orang\s|para\s|aktif\s)?"
    r"(?:(?!(?:dan|atau|serta|dari|yang|pada|di|hingga|sampai|untuk|per|dengan|ke|karena|sebab|sehingga|jika|bila|kalau|"
    r"menurut|oleh|saat|ketika|setelah|sebelum|padahal|adalah|ialah|merupakan)\s)\w+\s)?",
)
_NOUN_REACH = 48
# A verb this far before its number no longer governs it.
_GOVERNING_DISTANCE = 28


@dataclass(slots=True)
class Surroundings:
    """Marks around one figure, nearest first on either side."""

    figure: Figure
    before: tuple[Mark, ...]
    after: tuple[Mark, ...]
    clause_before: tuple[Mark, ...]
    clause_after: tuple[Mark, ...]
    sentence: tuple[Mark, ...]
    noun: Mark | None
    next_figure: Figure | None
    next_noun: Mark | None
    previous_figure: Figure | None
    previous_noun: Mark | None
    clause: tuple[int, int]

    @property
    def phrase_start(self) -> int:
        """Where the phrase begins: behind the number before it, within its clause."""
        return max(self.previous_figure.end if self.previous_figure else 0, self.clause[0])

    @property
    def governing(self) -> Mark | None:
        """The nearest verb of change, becoming or origin right before the figure."""
        for mark in self.before:
            if self.figure.start - mark.end > _GOVERNING_DISTANCE:
                return None
            if not mark.tags.isdisjoint(_STANCES):
                return mark
        return None

    @property
    def nearest(self) -> frozenset[str]:
        """Tags of the nearest mark before the figure that names a subject, within its phrase."""
        for mark in self.before:
            if not mark.tags.isdisjoint(SUBJECTS):
                return mark.tags
        return _NO_SUBJECT


def _clauses(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """Start and end of the clauses of a sentence, in order."""
    if not _CLAUSE_CLUES.stand_in(text, sentence.start, sentence.end):
        return [(sentence.start, sentence.end)]
    breaks = [match.start() for match in _CLAUSE_BREAK.finditer(text, sentence.start, sentence.end)]
    return list(pairwise([sentence.start, *breaks, sentence.end]))


def surroundings(
    lowered: str, sentence: Sentence, figures: Sequence[Figure], marks: Sequence[Mark]
) -> list[Surroundings]:
    """The surroundings of each figure of a sentence; ``marks`` are those of the sentence.

    ``lowered`` is the text in lower case.
    """
    if not figures:
        return []
    clauses = _clauses(lowered, sentence)
    clause_starts = [start for start, _ in clauses]
    starts, ends = [mark.start for mark in marks], [mark.end for mark in marks]
    nouns = [_noun(lowered, figure, marks[bisect_left(starts, figure.end) :]) for figure in figures]
    neighbours = _neighbours(nouns)
    all_marks = tuple(marks)
    found = []
    for index, figure in enumerate(figures):
        before_it, behind_it = neighbours[index]
        clause = clauses[max(bisect_right(clause_starts, figure.start) - 1, 0)]
        previous = figures[before_it] if before_it is not None else None
        following = figures[behind_it] if behind_it is not None else None
        previous_noun = nouns[before_it] if before_it is not None else None
        phrase_start = max(clause[0], _counted_end(previous, previous_noun)) if previous else clause[0]
        phrase_end = _phrase_end(lowered, clause[1], _counted_end(figure, nouns[index]), following)
        # Marks are in order and do not overlap, so that starts and ends both are.
        last, behind = bisect_right(ends, figure.start), bisect_left(starts, figure.end)
        found.append(
            Surroundings(
                figure=figure,
                before=all_marks[bisect_left(starts, phrase_start) : last][::-1],
                after=all_marks[behind : bisect_right(ends, phrase_end)],
                clause_before=all_marks[bisect_left(starts, clause[0]) : last][::-1],
                clause_after=all_marks[behind : bisect_right(ends, clause[1])],
                sentence=all_marks,
                noun=nouns[index],
                next_figure=following,
                next_noun=nouns[behind_it] if behind_it is not None else None,
                previous_figure=previous,
                previous_noun=previous_noun,
                clause=clause,
            )
        )
    return found


def _neighbours(nouns: Sequence[Mark | None]) -> list[tuple[int | None, int | None]]:
    """The places of the numbers before and behind each that stand for themselves, by what the numbers count."""
    counted = [noun is None or noun.tags.isdisjoint(_NO_STATISTIC) for noun in nouns]
    before: list[int | None] = [None]
    for index in range(len(nouns) - 1):
        before.append(index if counted[index] else before[-1])
    behind: list[int | None] = [None]
    for index in range(len(nouns) - 1, 0, -1):
        behind.append(index if counted[index] else behind[-1])
    return list(zip(before, reversed(behind), strict=True))


def _counted_end(figure: Figure, noun: Mark | None) -> int:
    """Where the number and the noun that it counts end."""
    return noun.end if noun else figure.end


def _phrase_end(text: str, clause_end: int, start: int, following: Figure | None) -> int:
    """Where the words behind a number stop being its own: at the comma before the next number of the clause."""
    if following is None or following.start >= clause_end:
        return clause_end
    stop = _OWN_STOP.search(text, start, following.start)
    return stop.start() if stop else following.start


def _noun(text: str, figure: Figure, behind: Sequence[Mark]) -> Mark | None:
    """The counted noun: the first unit or segment of the marks behind a figure, at most one other word between."""
    for mark in behind:
        if mark.start - figure.end > _NOUN_REACH or not _NOUN_GAP.fullmatch(text, figure.end, mark.start):
            return None
        if mark.is_noun:
            return mark
    return None
