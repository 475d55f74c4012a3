"""A line on its way through the rules: what is left of it, and what was taken off it and why."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.clean.boilerplate import Rule, matching_rules
from tasks.clean.lines import split_headline
from tasks.records import RemovedText

_MOST_PIECES = 8
"""Pieces that are looked for within one line, such as related links glued to its sentences."""


@dataclass(slots=True)
class Entry:
    """A line; ``text`` is empty once it was taken, ``action`` is then what its rule does beyond the line."""

    text: str
    after_blank: bool = False
    removed: tuple[RemovedText, ...] = ()
    action: str = ""

    @property
    def kept(self) -> bool:
        """Whether anything of the line is left."""
        return bool(self.text)

    def note(self, kind: str, rule: str, text: str) -> None:
        """Keeps in mind what was taken."""
        self.removed += (RemovedText(kind=kind, rule=rule, text=text),)

    def drop(self, kind: str, rule: str, action: str = "line") -> None:
        """Takes the whole line."""
        self.note(kind, rule, self.text)
        self.text, self.action = "", action

    def cut(self, kind: str, rule: str, start: int, end: int) -> None:
        """Takes a piece out of the line."""
        self.note(kind, rule, self.text[start:end].strip())
        self.text = " ".join(part for part in (self.text[:start].rstrip(), self.text[end:].lstrip()) if part)


def apply_rules(entry: Entry, place: str) -> None:
    """Takes from a line what the rules of a place take, piece by piece."""
    for _ in range(_MOST_PIECES):
        if not entry.kept:
            return
        rule = next((rule for rule in matching_rules(entry.text) if rule.place == place), None)
        if rule is None or not _apply(entry, rule):
            return


def _apply(entry: Entry, rule: Rule) -> bool:
    """Applies one rule; False when it changed nothing."""
    if rule.action not in {"cut", "link"}:
        entry.drop(rule.kind, rule.id, rule.action)
        return True
    match = rule.pattern.search(entry.text)
    if match is None:
        return False
    start, end = match.span(1 if rule.pattern.groups else 0)
    if rule.action == "link":
        headline, _ = split_headline(entry.text[end:])
        end += len(headline)
        if not headline.strip():
            entry.action = "label"
    if start >= end:
        return False
    entry.cut(rule.kind, rule.id, start, end)
    return True
