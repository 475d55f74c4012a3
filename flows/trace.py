"""The way back of a figure as a person reads it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from flows.show import one_line, show_path, show_value
from flows.tables import show_facts
from tasks.read import show_source
from warehouse.read import Trace

_BOLD, _PLAIN = "\033[1m", "\033[0m"


def trace_lines(trace: Trace) -> Iterator[str]:
    """Lines of text: the figure, its sentence with the quote in brackets, and where all of it comes from."""
    value = show_value(trace.value, trace.unit, trace.value_max, trace.of, trace.per)
    region = f"{trace.region_name} ({trace.region_code})" if trace.region_code else "no region"
    yield f"{value} · {trace.metric} · {region} · {trace.period or 'no period'}"
    yield ""
    yield f"  {_marked_sentence(trace)}"
    yield ""
    yield show_facts(list(_facts(trace)), 12)


def _marked_sentence(trace: Trace) -> str:
    """The sentence on one line with the quote in brackets, bold on a terminal."""
    start, end = trace.quote_start - trace.sentence_start, trace.quote_end - trace.sentence_start
    before, after = trace.sentence[:start], trace.sentence[end:]
    quote = f"[{' '.join(trace.quote.split())}]"
    bold = f"{_BOLD}{quote}{_PLAIN}" if sys.stdout.isatty() else quote
    return f"{one_line(before)}{bold}{one_line(after)}"


def _facts(trace: Trace) -> Iterator[tuple[str, str]]:
    """Names and words of what is known; what is not is left out."""
    yield "observation", trace.observation_id
    if trace.closed_run_id:
        yield "withdrawn", f"the article no longer states it since run {trace.closed_run_id}"
    if trace.region_basis:
        yield "region", _evidence(trace.region_basis, trace.region_words)
    if trace.period_basis:
        yield "period", _evidence(trace.period_basis, trace.period_words)
    if trace.segment:
        yield "segment", _evidence(trace.segment, trace.segment_text)
    if trace.programs:
        yield "programs", ", ".join(trace.programs)
    if trace.qualifier:
        yield "qualifier", trace.qualifier
    yield "rule", f"{trace.rule} (extractor {trace.extractor_version}, cleaner {trace.cleaner_version})"
    yield (
        "article",
        ", ".join(filter(None, (trace.title, trace.publisher, *trace.authors, trace.published_at))),
    )
    yield "characters", f"{trace.quote_start} to {trace.quote_end} of its text (SHA-256 {trace.text_sha256})"
    if trace.deep_link.startswith("http"):
        yield "link", trace.deep_link
    yield "source", show_source(trace.source)
    if trace.requested_address and trace.requested_at:
        yield (
            "request",
            f"{trace.requested_address}, {trace.requested_at:%Y-%m-%d %H:%M} UTC, status {trace.http_status}",
        )
    yield "snapshot", f"{show_path(trace.snapshot)}, received {trace.retrieved_at:%Y-%m-%d %H:%M} UTC"
    yield "first run", f"{trace.first_run_id}, {trace.first_run_at:%Y-%m-%d %H:%M} UTC"
    yield "last run", f"{trace.last_run_id}, {trace.last_run_at:%Y-%m-%d %H:%M} UTC"


def _evidence(basis: str, words: str | None) -> str:
    return f'{basis}: "{words}"' if words else basis
