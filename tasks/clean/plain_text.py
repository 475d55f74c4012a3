"""Text that was already taken out of a page: its lines, by the same rules as a page's."""

from __future__ import annotations

from tasks.clean.article_lines import CleanedLines, clean_lines
from tasks.clean.lines import Line
from tasks.clean.normalise import split_lines
from tasks.records import RemovedText

_ROUNDS = 4


def clean_text(text: str, title: str | None = None) -> CleanedLines:
    """The article of a text; blank lines tell paragraphs apart and are not kept."""
    lines: list[Line] = []
    blank = False
    for line in split_lines(text):
        if line:
            lines.append(Line(line, blank))
        blank = not line
    return settle(lines, title)


def settle(lines: list[Line], title: str | None = None) -> CleanedLines:
    """Cleans until nothing more changes, so that cleaning a cleaned text leaves it as it is."""
    cleaned = clean_lines(lines, title)
    removed: list[RemovedText] = list(cleaned.removed)
    header = cleaned.header
    for _ in range(_ROUNDS):
        again = clean_lines([Line(line) for line in cleaned.kept])
        if again.kept == cleaned.kept:
            break
        removed.extend(again.removed)
        cleaned = again
    return CleanedLines(cleaned.kept, tuple(removed), header)
