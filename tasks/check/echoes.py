"""Echoes: one press release in several papers is one source, however many print it.

Text alone would merge look-alikes (one release a regency), so that sentences are only compared when region, metric,
value and every number in them are the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tasks.check.figures import Figure
from tasks.check.words import about, amount, cite, make_finding
from tasks.records import Finding

_WORDS = re.compile(r"\w+")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_SEPARATORS = re.compile(r"[.,]")
"""What papers write differently in one number: 79.077, 79,077 and 79077."""

_SHINGLE = 3
_ALIKE = 0.5
"""Share of three-word sequences that two versions of one release have in common at least."""

_MOST_COMPARED = 100
"""Different wordings of which each is compared with each; beyond, neighbors in the alphabet are."""

Words = tuple[str, ...]


def find_echoes(figures: Iterable[Figure]) -> Iterator[Finding]:
    """Groups of documents of one region that carry the same sentence with the same figures."""
    candidates: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.region_code is not None:
            numbers = tuple(sorted(_SEPARATORS.sub("", number) for number in _NUMBERS.findall(figure.sentence)))
            candidates[figure.metric, figure.value, figure.segment or "", numbers].append(figure)
    for key in sorted(candidates, key=repr):
        if len({figure.document_id for figure in candidates[key]}) > 1:
            for group in _groups(candidates[key]):
                yield from _report(group)


def _groups(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Figures whose sentences are alike, also by way of others between them."""
    wordings: dict[Words, list[Figure]] = defaultdict(list)
    for figure in figures:
        wordings[tuple(_WORDS.findall(figure.sentence.lower()))].append(figure)
    leader = {words: words for words in wordings}

    def lead(words: Words) -> Words:
        while leader[words] != words:
            words = leader[words]
        return words

    for one, other in _pairs(sorted(wordings)):
        if lead(one) != lead(other) and _are_alike(one, other):
            low, high = sorted((lead(one), lead(other)))
            leader[high] = low
    groups: dict[Words, list[Figure]] = defaultdict(list)
    for words in sorted(wordings):
        groups[lead(words)].extend(wordings[words])
    yield from groups.values()


def _pairs(wordings: Sequence[Words]) -> Iterator[tuple[Words, Words]]:
    if len(wordings) > _MOST_COMPARED:
        yield from pairwise(wordings)
    else:
        yield from ((one, other) for place, one in enumerate(wordings) for other in wordings[place + 1 :])


def _are_alike(one: Words, other: Words) -> bool:
    first, second = _shingles(one), _shingles(other)
    return len(first & second) >= _ALIKE * len(first | second)


def _shingles(words: Words) -> set[Words]:
    return {words[place : place + _SHINGLE] for place in range(max(1, len(words) - _SHINGLE + 1))}


def _report(group: list[Figure]) -> Iterator[Finding]:
    ordered = sorted(group, key=lambda figure: (figure.published is None, str(figure.published), figure.observation_id))
    documents = list(dict.fromkeys(figure.document_id for figure in ordered))
    if len(documents) < 2:
        return
    first = ordered[0]
    other = next(figure for figure in ordered if figure.document_id != first.document_id)
    message = (
        f"{about(first)}: {len(documents)} articles carry {amount(first.value, first.unit)} in nearly the same "
        f"sentence and count as one independent source. {cite(first, other)}"
    )
    subject = sorted(figure.observation_id for figure in ordered)
    yield make_finding(
        "echo", "same sentence", "info", message, ordered, subject=subject, region_code=first.region_code
    )
