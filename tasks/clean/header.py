"""The lines above an article's first paragraph: which is the title, which tells the time and the reporter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tasks.clean.instants import Stamp, find_stamps
from tasks.clean.lines import count_words, dateline_strength, fold, is_headline, is_prose, title_case_share

_REACH = 25
"""Lines within which an article begins."""

_MOST_ABOVE = 2
"""Lines like paragraphs that may stand above an article: summaries and captions."""

_UPDATED = re.compile(r"diperba(?:ha)?rui|terakhir|di-?update|update|updated|modified|perubahan|revisi", re.IGNORECASE)
_EDITED_BY = re.compile(r"\b(?:oleh|penulis|pewarta|reporter|redaktur|editor|by)\b", re.IGNORECASE)
_DATE_LINE_WORDS = 9
_WORDS_BESIDE_DAY = 3
_LONGEST_LINE = 400
"""Characters above which a line is no header."""

_TITLE_CASE = 0.85
_DECK_WORDS = 14
"""A line in sentence case of at least so many words above a dateline is a deck, not a headline."""


def is_update(line: str) -> bool:
    """Whether a line's date is that of a change, as in "Diperbarui 2 Mei 2024"."""
    return _UPDATED.search(line[:_LONGEST_LINE]) is not None


@dataclass(slots=True)
class Header:
    """What was read from the lines above the article; ``bylines`` are whole lines."""

    title: str | None = None
    stamps: list[tuple[int, Stamp, str]] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)

    def note_stamps(self, line: str) -> None:
        """Keeps the date of a header line with its rank: a byline's tells most, an update's least."""
        for stamp in find_stamps(line)[-1:]:
            rank = 1 + 2 * stamp.timed + (_EDITED_BY.search(line) is not None)
            self.stamps.append((0 if is_update(line) else rank, stamp, line))

    def published(self) -> Stamp | None:
        """The best date of the header, the one nearest to the article among equals."""
        best = max((rank for rank, _, _ in self.stamps), default=0)
        return next((stamp for rank, stamp, _ in reversed(self.stamps) if rank == best), None)


def find_start(lines: list[str]) -> tuple[int, bool]:
    """Index of the article's first paragraph and whether a dateline marks it.

    A dateline with a publisher goes before one without: captions above the article look like the latter. Below several
    paragraphs nothing is a dateline: the article has begun.
    """
    prose = [index for index, line in enumerate(lines[:_REACH]) if is_prose(line)]
    reach = prose[_MOST_ABOVE] + 1 if len(prose) > _MOST_ABOVE else _REACH
    strengths = [dateline_strength(line) if line.count(" ") >= 3 else 0 for line in lines[:reach]]
    for strength in (2, 1):
        for index, found in enumerate(strengths):
            if found == strength and (is_prose(lines[index]) or (strength == 2 and not is_date_line(lines[index]))):
                return index, True
    for index, line in enumerate(lines):
        if is_prose(line):
            return index, False
    return 0, False


def is_date_line(line: str, reach: int = _DATE_LINE_WORDS) -> bool:
    """Whether a line only tells a date or time, with at most ``reach`` other words, such as a byline or counter."""
    if len(line) > _LONGEST_LINE or (is_prose(line) and not _EDITED_BY.search(line)):
        return False
    stamps = find_stamps(line)
    if not stamps:
        return False
    rest = line
    for stamp in reversed(stamps):
        rest = rest[: stamp.start] + " " + rest[stamp.end :]
    words = count_words(" ".join(rest.split()))
    if stamps[0].timed:
        return words <= reach
    opens_with_weekday = stamps[0].start == 0 and stamps[0].raw[:1].isalpha()
    return words <= (_WORDS_BESIDE_DAY if opens_with_weekday else 1)


def split_trailing_stamp(line: str) -> tuple[str, str]:
    """A headline and the date and time printed behind it on the same line; the second part is empty without one."""
    for stamp in find_stamps(line) if len(line) <= _LONGEST_LINE else ():
        headline = line[: stamp.start]
        if (
            stamp.timed
            and stamp.end >= len(line) - 1
            and count_words(headline) >= 6
            and not _EDITED_BY.search(headline)
        ):
            return line[: stamp.start].rstrip(" ,|-–"), line[stamp.start :]
    return line, ""


def choose_title(candidates: list[str], *, decks: bool) -> str | None:
    """The headline among the lines above the article: one that is printed twice, else the longest in title
    case.

    ``decks`` allows a line that reads like a summary when there is no other.
    """
    headlines = [line for line in candidates if is_headline(line) and count_words(line) >= 3]
    folded = [fold(line) for line in candidates]
    repeated = [line for line in headlines if folded.count(fold(line)) > 1]
    if repeated:
        return repeated[0]
    for group in (
        [line for line in headlines if title_case_share(line) >= _TITLE_CASE],
        [line for line in headlines if not is_deck(line)],
        headlines if decks else [],
    ):
        if group:
            return max(group, key=count_words)
    return None


def is_deck(line: str) -> bool:
    """Whether a line above a dateline is a summary in sentence case, which belongs to the article."""
    return count_words(line) >= _DECK_WORDS and title_case_share(line) < _TITLE_CASE
