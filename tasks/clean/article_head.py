"""Reads the lines above an article's first paragraph and takes them away: title, date, byline, captions, teasers."""

from __future__ import annotations

from tasks.clean import header as head
from tasks.clean.boilerplate import matching_rules
from tasks.clean.entries import Entry, apply_rules
from tasks.clean.header import Header
from tasks.clean.lines import count_words, fold, is_headline, is_prose, title_case_share
from tasks.records import RemovedText

_CAPTION_REACH = 8
"""Lines from the top among which a caption may be printed a second time without its credit."""

_MOST_CANDIDATES = 9
"""Short lines above the first paragraph from which they are a list of the article's own and not a header."""

_LEAST_LINES = 3
_HEADLINE_WORDS = 4
_PLAIN_HEADLINE_WORDS = 6
_TITLE_CASE = 0.85
"""Lines of a text, and words of its first one in title case or not, from which that one is its headline."""

_SECTION_WORDS = 3
"""A line of so many words above a page's article names a section; a longer one may be the article's own heading."""


def read_head(entries: list[Entry], title: str | None) -> Header:
    """What the lines above the first paragraph tell; ``title`` is the headline where it is known already.

    Lines are only taken where something shows that they stand above the article: a dateline, a line that is surely a
    header's, a blank line, or that a single line stands there which is as long as a headline and ends like one.
    """
    header = Header(title=title)
    kept = [entry for entry in entries if entry.kept]
    start, marked = head.find_start([entry.text for entry in kept])
    first = kept[start] if kept else None
    candidates: list[Entry] = []
    evidence = False
    teaser: RemovedText | None = None
    for index, entry in enumerate(entries):
        if entry is first and (marked or not _belongs_to_head(entry)):
            evidence = evidence or (entry.after_blank and not marked)
            break
        if entry is first:
            first = _next_paragraph(kept, entry)
        if entry.kept and teaser is not None and marked:
            entry.drop(teaser.kind, teaser.rule)
        if marked:
            apply_rules(entry, "above")
        if entry.kept:
            _read_line(entry, header, candidates)
        if entry.action == "summary":
            teaser = entry.removed[-1]
        evidence = evidence or bool(entry.removed) or (entry.after_blank and index > 0)
        _note(header, entry)
    evidence = evidence or _is_title_alone(candidates, kept)
    _settle(header, candidates, evidence, marked, title is not None)
    _drop_repeated_captions(entries, kept)
    return header


def _is_title_alone(candidates: list[Entry], kept: list[Entry]) -> bool:
    """Whether the one short line above the first paragraph opens the text and reads like a headline."""
    if len(candidates) != 1 or len(kept) < _LEAST_LINES or candidates[0] is not kept[0] or not is_prose(kept[1].text):
        return False
    text = candidates[0].text
    least = _HEADLINE_WORDS if title_case_share(text) >= _TITLE_CASE else _PLAIN_HEADLINE_WORDS
    return is_headline(text) and count_words(text) >= least and not head.is_deck(text)


def _belongs_to_head(entry: Entry) -> bool:
    """Whether a line that reads like prose is a caption or byline by the rules for the head."""
    rules = matching_rules(entry.text)
    return any(rule.place == "head" for rule in rules) or head.is_date_line(entry.text)


def _next_paragraph(kept: list[Entry], after: Entry) -> Entry | None:
    """The next paragraph below a caption that was taken for the first one."""
    return next((entry for entry in kept[kept.index(after) + 1 :] if entry.kept and is_prose(entry.text)), None)


def _read_line(entry: Entry, header: Header, candidates: list[Entry]) -> None:
    """Sorts one line above the article: a date, what the head's rules take, a paragraph, or a candidate title."""
    text, stamp = head.split_trailing_stamp(entry.text)
    if stamp:
        entry.note("date", "date-behind-title", stamp)
        entry.text = text
    elif head.is_date_line(entry.text):
        entry.drop("date", "date-line")
        return
    apply_rules(entry, "head")
    if entry.kept and not is_prose(entry.text):
        candidates.append(entry)


def _note(header: Header, entry: Entry) -> None:
    """Keeps what the removed pieces of a header line tell about time and reporter."""
    for removed in entry.removed:
        if removed.kind in {"date", "byline"}:
            header.note_stamps(removed.text)
            header.bylines.append(removed.text)


def _settle(header: Header, candidates: list[Entry], evidence: bool, marked: bool, known: bool) -> None:
    """Chooses the title and takes the other short lines above the article.

    A dateline alone, as in a text that was cleaned before, does not make a summary above it a title. Where the title is
    ``known`` and no dateline marks the article's start, only lines as short as a section's name are taken.
    """
    if (not evidence and not marked) or len(candidates) > _MOST_CANDIDATES:
        return
    if header.title is None:
        header.title = head.choose_title([entry.text for entry in candidates], decks=evidence)
    for entry in candidates:
        if header.title is not None and fold(entry.text) == fold(header.title):
            entry.drop("title", "title-line")
        elif known and not marked and count_words(entry.text) > _SECTION_WORDS:
            continue
        elif not head.is_deck(entry.text) and not entry.text.endswith(":"):
            entry.drop("navigation", "line-above-article")


def _drop_repeated_captions(entries: list[Entry], kept: list[Entry]) -> None:
    """Takes a line above the article that the next caption repeats with its credit."""
    captions = [removed.text for entry in entries for removed in entry.removed if removed.kind == "caption"]
    for entry in kept[:_CAPTION_REACH]:
        if entry.kept and any(text != entry.text and text.startswith(entry.text.rstrip(". ")) for text in captions):
            entry.drop("caption", "caption-repeated")
