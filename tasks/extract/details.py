"""Says whom a number counts, under which programmes, and how exactly it is meant."""

from __future__ import annotations

import re

from tasks.extract.decisions import Decision

# Between a number and the group that it counts stand a noun and joining words, no new clause.
_SEGMENT_GAP = re.compile(r"\s?(?:\([^)]*\)\s)?(?:(?!dan\b|serta\b|atau\b|untuk\b|dari\b)[\w-]+\s){0,4}")
# "tenaga kerja (tidak termasuk ASN, TNI, dan Polri)"
_LEFT_OUT = re.compile(r"\b(?:tidak\stermasuk|di\sluar|selain|kecuali|minus)\s(?:[\w/]+,?\s){0,3}$", re.IGNORECASE)
_LEFT_OUT_REACH = 50
_MORE = re.compile(r"\s?lebih\b")
_QUALIFIERS = (("approximate", "approx"), ("at_least", "at_least"), ("at_most", "at_most"))
# A hedge stands right before its number.
_HEDGE_REACH = 12


def segment_of(decision: Decision, text: str) -> tuple[str | None, str | None]:
    """Group and words of the workers that a number counts: its noun first, else the words before it."""
    around = decision.surroundings
    behind = [mark for mark in around.after if _SEGMENT_GAP.fullmatch(text, decision.figure.end, mark.start)]
    for mark in (*behind, *around.before):
        if (group := mark.segment) and not _LEFT_OUT.search(text, max(0, mark.start - _LEFT_OUT_REACH), mark.start):
            return group, text[mark.start : mark.end]
    return None, None


def programs_of(decision: Decision) -> tuple[str, ...]:
    """Programmes named in the phrase of a number, else before it in its clause, in the order of the text."""
    around = decision.surroundings
    phrase = (*reversed(around.before), *around.after)
    for marks in (phrase, tuple(reversed(around.clause_before))):
        programs = [program for mark in marks if (program := mark.program)]
        if programs:
            return tuple(dict.fromkeys(programs))
    return ()


def qualifier_of(decision: Decision, text: str) -> str | None:
    """approx, at_least or at_most, by the word right before the number or written onto it."""
    figure = decision.figure
    for mark in decision.surroundings.before[:2]:
        for tag, qualifier in _QUALIFIERS:
            if tag in mark.tags and figure.start - mark.end <= _HEDGE_REACH:
                return qualifier
    if _MORE.match(text, figure.end):
        return "at_least"
    return "approx" if figure.approximate else None
