"""Splits article text into sentences with offsets (Punkt, with the project's own abbreviations)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nupunkt import PunktParameters, PunktSentenceTokenizer

from tasks.knowledge import read_seed

# Without one of these the tokenizer need not be asked.
_MAY_END = re.compile(r"[.?!…]\W")
_LONGEST = 1_500
_MAY_BE_ABBREVIATION = re.compile(r"(?<!\w)[A-Z]\w{0,5}\.\s*$")


@dataclass(slots=True)
class Sentence:
    """A sentence at ``text[start:end]``; ``paragraph`` counts the lines of the article from 0."""

    start: int
    end: int
    paragraph: int


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    abbreviations = {row["abbreviation"].lower() for row in read_seed("abbreviations.csv", ("abbreviation", "meaning"))}
    return PunktSentenceTokenizer(PunktParameters(abbrev_types=abbreviations), include_common_abbrevs=False)


def split_sentences(text: str) -> list[Sentence]:
    """Sentences of a text whose paragraphs are lines; a sentence never crosses a line break and has an end.

    What goes on for longer than any sentence is cut at a blank: reading takes the square of a sentence's length.
    """
    sentences: list[Sentence] = []
    offset = 0
    for paragraph, line in enumerate(text.split("\n")):
        if line.strip():
            spans = (piece for start, end in _spans(line) for piece in _cut(line, start, end))
            sentences.extend(Sentence(offset + start, offset + end, paragraph) for start, end in spans)
        offset += len(line) + 1
    return sentences


def _cut(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span in pieces of at most so many characters as the longest sentence has."""
    while end - start > _LONGEST:
        blank = line.rfind(" ", start + 1, start + _LONGEST)
        piece_end = blank if blank > 0 else start + _LONGEST
        yield start, piece_end
        start = piece_end + 1 if blank > 0 else piece_end
    if start < end:
        yield start, end


def _spans(line: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a line; no sentence begins in lower case behind what looks like an abbreviation."""
    if _MAY_END.search(line) is None:
        return [(0, len(line.rstrip()))]
    spans: list[tuple[int, int]] = []
    for start, end in _tokenizer().span_tokenize(line):
        if spans and line[start].islower() and _MAY_BE_ABBREVIATION.search(line, spans[-1][0], spans[-1][1]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
