"""What earlier sentences leave behind for a number that does not say itself what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tasks.extract.lexicon import Mark
from tasks.extract.sentences import Sentence

# "bersama BPJS Ketenagakerjaan": a partner, not the matter.
_PARTNER = re.compile(r"\b(?:bersama|dengan|dan|oleh|kepala|cabang|kantor)\s$", re.IGNORECASE)
_PARTNER_REACH = 12
NOTHING = frozenset({"nothing"})
NO_TAGS: frozenset[str] = frozenset()
# A subject that was not taken up again for longer is no longer the subject.
_SENTENCES = 4
# Coverage rates are compared over longer stretches.
_REACH = {"percent": 8}
# A head that ends in a colon holds for the lines below it.
_LIST_SENTENCES = 8


def tags_of(marks: Iterable[Mark]) -> frozenset[str]:
    """All tags of some marks."""
    return NO_TAGS.union(*[mark.tags for mark in marks])


@dataclass(slots=True)
class Carried:
    """The fund, and the metric for each form of number, that the article was last about."""

    fund: str | None = None
    _metrics: dict[str, tuple[str, int]] = field(default_factory=dict)
    _sentence: int = 0
    _paragraph: int = -1

    def metric(self, kind: str) -> frozenset[str]:
        """The metric that the last numbers of a form were, if that is not too long ago; kind "any" for any form."""
        metric, until = self._metrics.get(kind, ("", -1))
        return frozenset({metric}) if until >= self._sentence else NOTHING

    def enter(self, sentence: Sentence) -> None:
        """Forgets the health insurance where a new paragraph begins: what is told in passing goes no further."""
        if sentence.paragraph != self._paragraph and self.fund == "health":
            self.fund = None
        self._paragraph = sentence.paragraph

    def leave(self, sentence: Sentence, text: str, marks: Sequence[Mark], found: Sequence[tuple[str, str]]) -> None:
        """Takes over what a sentence says: ``found`` are the kind and metric of each of its observations."""
        funds = [
            mark.fund
            for mark in marks
            if mark.fund in ("work", "health")
            and not _PARTNER.search(text[: mark.start - sentence.start][-_PARTNER_REACH:])
        ]
        if funds:
            self.fund = funds[-1]
        self._sentence += 1
        tags = tags_of(marks)
        is_head = text.rstrip().endswith(":")
        head = _head_metric(tags) if is_head else None
        if head:
            self._metrics["count"] = (head, self._sentence + _LIST_SENTENCES)
        elif is_head and "count" in self._metrics:
            self._metrics["count"] = (self._metrics["count"][0], self._sentence + _LIST_SENTENCES)
        for kind, metric in found:
            self._remember("percent" if kind == "points" else kind, metric)
            self._remember("any", metric)
        if not found and "coverage" in tags:
            self._remember("percent", "coverage_rate")
        if not found and self.metric("count") == NOTHING and (named := _named_metric(tags)):
            self._remember("count", named)
        if not found and "contribution" in tags:
            self._remember("money", "contribution")

    def _remember(self, kind: str, metric: str) -> None:
        """The first of several numbers names the subject; a list's head stays for all of its lines."""
        _, until = self._metrics.get(kind, ("", -1))
        reach = _REACH.get(kind, _SENTENCES)
        if until <= self._sentence + reach - 1 or kind == "any":
            self._metrics[kind] = (metric, self._sentence + reach - 1)


def _head_metric(tags: frozenset[str]) -> str | None:
    """What the lines below a head count: "Jumlah pekerja yang belum terdaftar:"."""
    heads = (
        ("uncovered", "uncovered_workers"),
        ("target", "participants_target"),
        ("assisted_act", "assisted_workers"),
    )
    for tag, metric in heads:
        if tag in tags:
            return metric
    return "participants" if tags & {"covered", "coverage", "participant_noun"} else None


def _named_metric(tags: frozenset[str]) -> str | None:
    """What a sentence without numbers is about; "peserta" alone is said too often to say anything."""
    if "assisted_act" in tags:
        return "assisted_workers"
    if "uncovered" in tags:
        return "uncovered_workers"
    return "participants" if "headcount" in tags else None
