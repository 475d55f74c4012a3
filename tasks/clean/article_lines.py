"""From the lines of a page or file to the lines of the article, by the rules of ``seeds/boilerplate.csv``."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.clean import header as head
from tasks.clean.article_head import read_head
from tasks.clean.entries import Entry, apply_rules
from tasks.clean.header import Header
from tasks.clean.lines import (
    Line,
    count_words,
    dateline_strength,
    ends_statement,
    fold,
    is_headline,
    is_prose,
    title_case_share,
)
from tasks.records import RemovedText

_DATE_WORDS = 2
_UPDATE_WORDS = 6
"""Words beside a date below the article with which its line still only tells a date."""

_HEADLINE_WORDS = 3
_TAG_WORDS = 3
_TITLE_CASE = 0.7


@dataclass(frozen=True, slots=True)
class CleanedLines:
    """The article's lines, what was removed in page order, and what the lines above it told."""

    kept: tuple[str, ...]
    removed: tuple[RemovedText, ...]
    header: Header


def clean_lines(lines: list[Line], title: str | None = None) -> CleanedLines:
    """The article among normalised lines; ``title`` is known where the page tells it in another place."""
    entries = [Entry(line.text, line.after_blank) for line in lines]
    for entry in entries:
        apply_rules(entry, "any")
    _drop_below_labels(entries)
    _drop_after_end(entries)
    header = read_head(entries, title)
    _drop_below_sign_off(entries)
    _read_tail(entries)
    _drop_repeated_title(entries, header.title)
    told = [removed.text for entry in entries for removed in entry.removed if removed.kind == "byline"]
    header.bylines.extend(text for text in told if text not in header.bylines)
    return CleanedLines(
        tuple(entry.text for entry in entries if entry.kept),
        tuple(removed for entry in entries for removed in entry.removed),
        header,
    )


def _drop_below_labels(entries: list[Entry]) -> None:
    """Takes the headlines right below a label such as "Berita Terkait", and the words below "Tags"."""
    for index, entry in enumerate(entries):
        if entry.action not in {"label", "tags"}:
            continue
        rule = entry.removed[-1]
        first = True
        for below in entries[index + 1 :]:
            belongs = _is_tag(below.text) if entry.action == "tags" else _is_other_headline(below.text, first)
            if not below.kept or not belongs:
                break
            below.drop(rule.kind, rule.rule)
            first = False


def _is_tag(text: str) -> bool:
    """Whether a line below "Tags" is one: a few words that are no sentence."""
    return count_words(text) <= _TAG_WORDS and is_headline(text)


def _is_other_headline(text: str, first: bool) -> bool:
    """Whether a line below a label is a headline of another story; after the first only title case makes sure."""
    if not is_headline(text) or ends_statement(text) or dateline_strength(text):
        return False
    words = count_words(text)
    return words >= _HEADLINE_WORDS and (first or (words > _HEADLINE_WORDS and title_case_share(text) >= _TITLE_CASE))


def _drop_after_end(entries: list[Entry]) -> None:
    """Takes everything below the mark that ends an article, such as a comment form's notice."""
    begun = False
    ended: RemovedText | None = None
    for entry in entries:
        if ended is not None and entry.kept:
            entry.drop(ended.kind, ended.rule)
        elif begun and entry.action == "end":
            ended = entry.removed[-1]
        begun = begun or (entry.kept and is_prose(entry.text))


def _drop_below_sign_off(entries: list[Entry]) -> None:
    """Takes the short lines below the writers' initials, which end an article, and below its last paragraph.

    Initials stand in the middle too, where the article has further pages.
    """
    paragraphs = [index for index, entry in enumerate(entries) if entry.kept and is_prose(entry.text)]
    last = paragraphs[-1] if paragraphs else -1
    if any(entry.action == "sign-off" for entry in entries[: last + 1]):
        below = last + 1
    else:
        below = next((index for index, entry in enumerate(entries) if entry.action == "sign-off"), len(entries))
    for entry in entries[below:]:
        if entry.kept:
            entry.drop("promotion", "line-below-sign-off")


def _read_tail(entries: list[Entry]) -> None:
    """Takes what stands below the last paragraph, from the end up to the first line that stays."""
    for entry in reversed(entries):
        if entry.kept:
            apply_rules(entry, "tail")
        if entry.kept and head.is_date_line(entry.text, _UPDATE_WORDS if head.is_update(entry.text) else _DATE_WORDS):
            entry.drop("date", "date-line")
        if entry.kept:
            return


def _drop_repeated_title(entries: list[Entry], title: str | None) -> None:
    """Takes lines that only repeat the headline."""
    if title is None:
        return
    folded = fold(title)
    for entry in entries:
        if entry.kept and len(entry.text) < 2 * len(title) + 10 and fold(entry.text) == folded:
            entry.drop("title", "title-line")
