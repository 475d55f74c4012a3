"""Tells whose figures a number belongs to: employment social security, health insurance, or another matter.

BPJS Kesehatan (JKN, UHC) is another agency and its figures are never observations; both are often named in one
sentence. The nearest name in the clause decides, then the sentence, the sentences before, the article as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tasks.extract.lexicon import Mark

_TITLE_WEIGHT = 3
_FIRST_WEIGHT = 1


def main_fund(marks: Sequence[Mark], title_marks: Sequence[Mark]) -> str:
    """What an article is mostly about: work, health, other or none; work on a tie.

    Programmes tell layoffs that an article is about from those that its claims come from.
    """
    counts: Counter[str] = Counter()
    for weight, group in ((1, marks), (_TITLE_WEIGHT, title_marks), (_FIRST_WEIGHT, _first(marks))):
        for mark in group:
            if fund := mark.fund:
                counts[fund] += weight
    if not counts["work"]:
        return "none"
    programs = sum(mark.program is not None for mark in (*marks, *title_marks))
    if max(counts["work"], counts["health"]) < counts["other"] <= counts["work"] + programs:
        return "work"
    return max(("work", "health", "other"), key=lambda fund: counts[fund])


def _first(marks: Sequence[Mark]) -> list[Mark]:
    """The mark that names a fund or topic first: what an article opens with weighs more."""
    return [mark for mark in marks if mark.fund][:1]


def nearest_fund(before: Sequence[Mark], after: Sequence[Mark]) -> str | None:
    """The fund named nearest before, else nearest after; both nearest first. Other topics do not count here."""
    for group in (before, after):
        for mark in group:
            if mark.fund in ("work", "health"):
                return mark.fund
    return None
