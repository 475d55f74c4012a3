"""From the lines of a page or file to the lines of the article, by the rules of ``seeds/boilerplate.csv``."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.clean import header as head
from tasks.clean.boilerplate import Rule, load_rules
from tasks.clean.header import Header
from tasks.clean.lines import (
    Line,
    count_words,
    dateline_strength,
    ends_statement,
    fold,
    is_headline,
    is_prose,
    split_headline,
    title_case_share,
)
from tasks.records import RemovedText

_GLUED_LINKS = 8
"""Related links that are looked for within one line."""

_CAPTION_REACH = 8
"""Lines from the top among which a caption may be printed a second time without its credit."""


_DATE_WORDS = 2
_UPDATE_WORDS = 6
"""Words beside a date below the article with which its line still only tells a date."""

_MOST_CANDIDATES = 9
"""Short lines above the first paragraph from which they are a list of the article's own and not a header."""


@dataclass(slots=True)
class _Entry:
    """A line on its way: what is left of it, and what was taken off it."""

    text: str
    after_blank: bool
    removed: list[RemovedText] = field(default_factory=list)
    action: str = ""

    @property
    def kept(self) -> bool:
        return bool(self.text)

    def drop(self, kind: str, rule: str, action: str = "line") -> None:
        """Takes the whole line."""
        self.removed.append(RemovedText(kind=kind, rule=rule, text=self.text))
        self.text, self.action = "", action

    def cut(self, rule: Rule, start: int, end: int) -> None:
        """Takes a piece out of the line."""
        self.removed.append(RemovedText(kind=rule.kind, rule=rule.id, text=self.text[start:end].strip()))
        self.text = " ".join(part for part in (self.text[:start].rstrip(), self.text[end:].lstrip()) if part)


@dataclass(frozen=True, slots=True)
class CleanedLines:
    """The article's lines, what was removed in page order, and what the lines above it told."""

    kept: tuple[str, ...]
    removed: tuple[RemovedText, ...]
    header: Header


def clean_lines(lines: list[Line], title: str | None = None) -> CleanedLines:
    """The article among normalised lines; ``title`` is known where the page tells it in another place."""
    entries = [_Entry(line.text, line.after_blank) for line in lines]
    for entry in entries:
        _apply_rules(entry, "any")
    _drop_below_labels(entries)
    _drop_after_end(entries)
    header = _read_head(entries, title)
    _read_tail(entries, header)
    _drop_repeated_title(entries, header.title)
    return CleanedLines(
        tuple(entry.text for entry in entries if entry.kept),
        tuple(removed for entry in entries for removed in entry.removed),
        header,
    )


def _apply_rules(entry: _Entry, place: str) -> None:
    """Takes from a line what the rules of a place take, piece by piece."""
    for _ in range(_GLUED_LINKS):
        rule = next((rule for rule in load_rules().matching(entry.text) if rule.place == place), None)
        if rule is None or not entry.kept or not _apply(entry, rule):
            return


def _apply(entry: _Entry, rule: Rule) -> bool:
    """Applies one rule; False when it changed nothing."""
    if rule.action not in {"cut", "link"}:
        entry.drop(rule.kind, rule.id, rule.action)
        return True
    match = rule.pattern.search(entry.text)
    if match is None:
        return False
    start, end = match.span(1 if rule.pattern.groups else 0)
    if rule.action == "link":
        rest = entry.text[end:]
        headline, _ = split_headline(rest)
        end += len(headline)
        if not headline.strip():
            entry.action = "label"
    if start >= end:
        return False
    entry.cut(rule, start, end)
    return True


def _drop_below_labels(entries: list[_Entry]) -> None:
    """Takes the headlines right below a label such as "Berita Terkait"."""
    for index, entry in enumerate(entries):
        if entry.action != "label":
            continue
        rule = entry.removed[-1]
        first = True
        for below in entries[index + 1 :]:
            if not below.kept and not below.action:
                continue
            if not below.kept or not _is_linked_headline(below.text, first):
                break
            below.drop(rule.kind, rule.rule)
            first = False


def _is_linked_headline(text: str, first: bool) -> bool:
    """Whether a line below a label is a headline of another story; after the first one only title case is
    sure.
    """
    if not is_headline(text) or ends_statement(text) or dateline_strength(text):
        return False
    words = count_words(text)
    return words >= 3 if first else words >= 4 and title_case_share(text) >= 0.7


def _drop_after_end(entries: list[_Entry]) -> None:
    """Takes everything below the mark that ends an article, such as a comment form's notice."""
    begun = False
    ended: RemovedText | None = None
    for entry in entries:
        if ended is not None and entry.kept:
            entry.drop(ended.kind, ended.rule)
        elif begun and entry.action == "end":
            ended = entry.removed[-1]
        begun = begun or (entry.kept and is_prose(entry.text))


def _read_head(entries: list[_Entry], title: str | None) -> Header:
    """Reads and takes the lines above the first paragraph."""
    header = Header(title=title)
    kept = [entry for entry in entries if entry.kept]
    start, marked = head.find_start([entry.text for entry in kept])
    first = kept[start] if kept else None
    candidates: list[_Entry] = []
    evidence = False
    previous: _Entry | None = None
    for entry in entries:
        if entry is first and (marked or not _is_head_line(entry)):
            break
        if entry.kept:
            _read_head_line(entry, header, candidates)
        evidence = evidence or bool(entry.removed) or (entry.after_blank and previous is not None)
        if entry.removed:
            _note(header, entry)
        previous = entry
        if first is not None and entry is first:
            first = _next_prose(kept, entry)
    if first is not None and not marked:
        evidence = evidence or first.after_blank
    _settle_candidates(header, candidates, evidence, marked)
    _drop_repeated_captions(entries, kept)
    return header


def _drop_repeated_captions(entries: list[_Entry], kept: list[_Entry]) -> None:
    """Takes a line above the article that the next caption repeats with its credit."""
    above = [entry for entry in kept[:_CAPTION_REACH] if entry.kept]
    captions = [removed.text for entry in entries for removed in entry.removed if removed.kind == "caption"]
    for entry in above:
        if any(caption != entry.text and caption.startswith(entry.text.rstrip(". ")) for caption in captions):
            entry.drop("caption", "caption-repeated")


def _is_head_line(entry: _Entry) -> bool:
    """Whether a line that reads like prose is a caption or byline by the rules for the head."""
    rules = load_rules().matching(entry.text)
    return any(rule.place == "head" for rule in rules) or head.is_date_line(entry.text)


def _next_prose(kept: list[_Entry], after: _Entry) -> _Entry | None:
    """The next paragraph below a caption that was taken for the first one."""
    return next((entry for entry in kept[kept.index(after) + 1 :] if entry.kept and is_prose(entry.text)), None)


def _read_head_line(entry: _Entry, header: Header, candidates: list[_Entry]) -> None:
    """Sorts one line above the article: a date, what the head's rules take, a paragraph, or a candidate
    title.
    """
    text, stamp = head.split_trailing_stamp(entry.text)
    if stamp:
        entry.removed.append(RemovedText(kind="date", rule="date-behind-title", text=stamp))
        entry.text = text
    elif head.is_date_line(entry.text):
        entry.drop("date", "date-line")
        return
    _apply_rules(entry, "head")
    if entry.kept and not is_prose(entry.text):
        candidates.append(entry)


def _note(header: Header, entry: _Entry) -> None:
    """Keeps what the removed pieces of a header line tell about time and reporter."""
    for removed in entry.removed:
        if removed.kind in {"date", "byline"}:
            header.note_stamps(removed.text)
            header.bylines.append(removed.text)


def _settle_candidates(header: Header, candidates: list[_Entry], evidence: bool, marked: bool) -> None:
    """Chooses the title and takes the other short lines above the article, if something shows that they are
    above it.

    A dateline alone, as in a text that was cleaned before, does not make a summary above it a title.
    """
    if (not evidence and not marked) or len(candidates) > _MOST_CANDIDATES:
        return
    if header.title is None:
        header.title = head.choose_title([entry.text for entry in candidates], decks=evidence)
    for entry in candidates:
        if header.title is not None and fold(entry.text) == fold(header.title):
            entry.drop("title", "title-line")
        elif not head.is_deck(entry.text) and not entry.text.endswith(":"):
            entry.drop("navigation", "line-above-article")


def _read_tail(entries: list[_Entry], header: Header) -> None:
    """Takes what stands below the last paragraph."""
    signed_off = False
    for entry in entries:
        if entry.kept and signed_off and not is_prose(entry.text):
            entry.drop("promotion", "line-below-sign-off")
        signed_off = signed_off or entry.action == "sign-off"
    for entry in reversed(entries):
        if entry.kept:
            _apply_rules(entry, "tail")
        if entry.kept and head.is_date_line(entry.text, _UPDATE_WORDS if head.is_update(entry.text) else _DATE_WORDS):
            entry.drop("date", "date-line")
        if entry.kept:
            break
    header.bylines.extend(
        removed.text
        for entry in entries
        for removed in entry.removed
        if removed.kind == "byline" and removed.text not in header.bylines
    )


def _drop_repeated_title(entries: list[_Entry], title: str | None) -> None:
    """Takes lines that only repeat the headline."""
    if title is None:
        return
    folded = fold(title)
    for entry in entries:
        if entry.kept and len(entry.text) < 2 * len(title) + 10 and fold(entry.text) == folded:
            entry.drop("title", "title-line")
