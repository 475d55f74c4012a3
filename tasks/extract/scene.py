"""The surroundings of a number: which marks stand before and after it, in its phrase, clause and sentence.

The *phrase* of a number reaches from the number before it to the next one, within its clause; the *clause* ends
where the sentence turns to another matter (";", "sedangkan", "sementara" …).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.lexicon import Mark
from tasks.extract.numbers import Figure
from tasks.extract.sentences import Sentence

_CLAUSE_BREAK = re.compile(
    r";|,\ssementara\s|\bsementara\s(?:itu|untuk|yang)\b|,?\s(?:sedangkan|namun|tetapi|tapi|padahal|adapun|sebaliknya)\s|[”\"]\s",
    re.IGNORECASE,
)
# What a number can be about; the one named nearest before it decides.
SUBJECTS = frozenset({
    "covered", "uncovered", "eligible", "target", "outcome", "participant_noun", "coverage", "assisted_act",
    "paid_out", "budget", "contribution", "economy", "wage_rate", "compliance", "growth", "gap", "composition",
    "attend", "arrears", "wage", "claim", "employer", "benefit", "layoff", "case_noun",
})  # fmt: skip
_STANCES = frozenset({"change_up", "change_down", "become", "from", "gap"})
# A verb this far before its number no longer governs it.
_GOVERNING_DISTANCE = 28


@dataclass(frozen=True, slots=True)
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
    clause: tuple[int, int]

    @property
    def governing(self) -> Mark | None:
        """The nearest verb of change, becoming or origin right before the figure."""
        for mark in self.before:
            if self.figure.start - mark.end > _GOVERNING_DISTANCE:
                return None
            if mark.tags & _STANCES:
                return mark
        return None

    @property
    def nearest(self) -> frozenset[str]:
        """Tags of the nearest mark before the figure that names a subject, within its phrase."""
        return next((mark.tags for mark in self.before if mark.tags & SUBJECTS), frozenset({"nothing"}))


def clause_of(text: str, sentence: Sentence, position: int) -> tuple[int, int]:
    """Start and end of the clause of a sentence that holds a position."""
    start, end = sentence.start, sentence.end
    for match in _CLAUSE_BREAK.finditer(text, sentence.start, sentence.end):
        if match.end() <= position:
            start = match.start()
        elif match.start() >= position:
            end = match.start()
            break
    return start, end


def surroundings(text: str, sentence: Sentence, figures: Sequence[Figure], marks: Sequence[Mark]) -> list[Surroundings]:
    """The surroundings of each figure of a sentence; ``marks`` are those of the sentence."""
    found = []
    for index, figure in enumerate(figures):
        previous = figures[index - 1] if index else None
        following = figures[index + 1] if index + 1 < len(figures) else None
        first, last = clause_of(text, sentence, figure.start)
        left = max(first, _noun_end(text, previous, marks)) if previous else first
        noun = _noun(text, figure, within_clause := [m for m in marks if first <= m.start and m.end <= last])
        right = last
        if following and following.start < last:
            right = _own_end(text, noun.end if noun else figure.end, following.start)
        inside = within_clause
        found.append(
            Surroundings(
                figure=figure,
                before=tuple(m for m in reversed(inside) if left <= m.start and m.end <= figure.start),
                after=tuple(m for m in inside if figure.end <= m.start and m.end <= right),
                clause_before=tuple(m for m in reversed(inside) if m.end <= figure.start),
                clause_after=tuple(m for m in inside if m.start >= figure.end),
                sentence=tuple(marks),
                noun=noun,
                next_figure=following,
                next_noun=_noun(text, following, within_clause) if following else None,
                previous_figure=previous,
                clause=(first, last),
            )
        )
    return found


def _own_end(text: str, start: int, next_start: int) -> int:
    """Where the words behind a number stop being its own: at the comma before the next number."""
    comma = re.compile(r",\s|;|\b(?:hanya|baru)\s").search(text, start, next_start)
    return comma.start() if comma else next_start


def _noun_end(text: str, figure: Figure, marks: Sequence[Mark]) -> int:
    """Where the number and the noun that it counts end."""
    noun = _noun(text, figure, marks)
    return noun.end if noun else figure.end


_NOUN_GAP = re.compile(
    r"\s?(?:lebih\s|lagi\s|an\s|-an\s|\([^)\n]{1,40}\)\s?|total\s|buah\s|orang\s|para\s|aktif\s)?(?:\w+\s)?",
    re.IGNORECASE,
)


def _noun(text: str, figure: Figure, marks: Sequence[Mark]) -> Mark | None:
    """The counted noun: the first unit or segment mark behind the figure, at most one other word between."""
    for mark in marks:
        if mark.start < figure.end:
            continue
        gap = text[figure.end : mark.start]
        if len(gap) > 48 or not _NOUN_GAP.fullmatch(gap):
            return None
        if any(tag == "heir" or tag.startswith(("unit:", "segment:")) for tag in mark.tags):
            return mark
    return None
