"""The vocabulary of the project: what each step of the way takes and gives.

    discover -> fetch / read -> clean -> extract -> check -> load -> publish

Spans are half-open, count Unicode code points and index into :attr:`Article.text`, so that
``article.text[observation.quote_start:observation.quote_end] == observation.quote`` always holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The bytes of a page or file as received; never changed.

    ``source`` is the absolute address (``https://…`` or ``file:///…``) and identifies the document.
    ``charset`` and ``media_type`` are what the sender claimed (HTTP header), if anything.
    ``retrieved_at`` is ISO 8601 in UTC.
    """

    source: str
    content: bytes
    sha256: str
    retrieved_at: str
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedText:
    """A piece of a page that is not the article: its kind, the rule that says so, and the words."""

    kind: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The clean text of a snapshot, one paragraph a line and without its title, with its metadata.

    ``published_at`` is ISO 8601, with offset where a clock time is told and a date alone where none is;
    ``published_raw`` are the words it was read from and ``published_basis`` where they stood. ``method`` says
    how the body was found, ``encoding`` how the bytes were decoded. ``next_pages`` are addresses of the
    article's other pages.
    """

    source: str
    snapshot_sha256: str
    text: str
    title: str | None = None
    published_at: str | None = None
    published_raw: str | None = None
    published_basis: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    encoding: str = "utf-8"
    encoding_basis: str = "default"
    method: str = "text"
    removed: tuple[RemovedText, ...] = ()
    next_pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A document that was not taken: what is wrong and what to do about it.

    ``stage`` is the step that refused it (read, clean, extract, load), ``kind`` a short fixed word.
    """

    source: str
    stage: str
    kind: str
    reason: str
    remedy: str
    snapshot_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that an answer rests on and how they were read; no span when they stand in the title."""

    basis: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One figure that an article states.

    ``value`` and ``of`` are exact; ``value_max`` is the upper end of a stated range. ``period`` is ISO 8601:
    YYYY, YYYY-MM, YYYY-MM-DD or START/END. ``region_code`` is a Kemendagri code, "00" for the whole country.
    ``ordinal`` counts observations with the same quote within the sentence, from 0.
    """

    metric: str
    value: Decimal
    unit: str
    quote: str
    quote_start: int
    quote_end: int
    sentence: str
    sentence_start: int
    rule: str
    ordinal: int = 0
    value_max: Decimal | None = None
    of: Decimal | None = None
    per: str | None = None
    region_code: str | None = None
    region_name: str | None = None
    region_level: str | None = None
    region_evidence: Evidence | None = None
    period: str | None = None
    period_evidence: Evidence | None = None
    segment: str | None = None
    segment_text: str | None = None
    programs: tuple[str, ...] = ()
    qualifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement that an article names; ``date`` is ISO 8601, as precise as the text states it."""

    kind: str
    date: str | None
    region_code: str | None
    parties: tuple[str, ...]
    quote: str
    quote_start: int
    quote_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """A regulation that an article names, such as Pergub 4/2023."""

    kind: str
    number: str
    year: int | None
    region_code: str | None
    quote: str
    quote_start: int
    quote_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMention:
    """A number of the text and what became of it: "observation", the kind of decoy, or "unexplained"."""

    text: str
    start: int
    end: int
    value: Decimal | None
    role: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionMatch:
    """A figure that a reviewed correction was applied to: as the rules read it, and what it became, if anything."""

    correction_id: str
    metric: str
    value: Decimal
    quote: str
    quote_start: int
    quote_end: int
    observation: Observation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was taken from one article. ``event_date`` is the day the article reports on."""

    observations: tuple[Observation, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    numbers: tuple[NumberMention, ...] = ()
    corrections: tuple[CorrectionMatch, ...] = ()
    event_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one snapshot became, ready for the warehouse."""

    snapshot: Snapshot
    article: Article
    extraction: Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says about observations, in words for a reader.

    ``severity`` is info (it reconciles, or is worth knowing), warning (somebody should look) or error. ``stated`` is
    the figure that a reckoning was held against, ``computed`` its result, ``tolerance`` what rounding allows.
    """

    finding_id: str
    kind: str
    rule: str
    severity: str
    message: str
    observation_ids: tuple[str, ...] = ()
    region_code: str | None = None
    publisher: str | None = None
    stated: Decimal | None = None
    computed: Decimal | None = None
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStart:
    """One execution of a flow, as it begins; ``started_at`` is ISO 8601 in UTC."""

    run_id: str
    flow: str
    started_at: str
    code_version: str
    cleaner_version: str
    extractor_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCounts:
    """What loading changed: documents and observations by what happened to them.

    ``observations_moved`` stand elsewhere in the text and say the same; ``rows_quarantined`` are single rows of
    documents that went in.
    """

    documents_read: int = 0
    documents_new: int = 0
    documents_changed: int = 0
    documents_unchanged: int = 0
    documents_quarantined: int = 0
    observations_added: int = 0
    observations_changed: int = 0
    observations_moved: int = 0
    observations_unchanged: int = 0
    observations_gone: int = 0
    rows_quarantined: int = 0

    def __add__(self, other: LoadCounts) -> LoadCounts:
        """Sum of two batches, field by field."""
        return LoadCounts(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})
