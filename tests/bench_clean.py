"""How fast pages are cleaned: body and metadata, on one core, beside the public extractors in the same run.

    python tests/bench_clean.py [FOLDER]

FOLDER holds pages (.html or .html.gz); without it the pages beside the repository (../shared/eval/html) are taken, or
where there are none the project's own, which are far smaller than a newspaper's. Rates are of processor time, the best
of the rounds, which is what a quiet machine gives. The goals are 300 pages a second and ten times trafilatura.
readability-lxml gives no metadata; it is measured where it is installed (``pip install -e '.[bench]'``).
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import trafilatura
from quality_clean import FURTHER, GOLD, make_snapshot

from tasks.clean import clean

SECONDS = 2.0
"""Processor time for which an extractor goes over the pages again; each has as long for its best round."""

GOAL = 300
GOAL_RATIO = 10


def main() -> None:
    """Prints pages a second for each extractor, and how many times as fast as it this cleaner is."""
    folders = [Path(argument) for argument in sys.argv[1:]] or [FURTHER if FURTHER.is_dir() else GOLD]
    pages = list(read_pages(folders))
    snapshots = [make_snapshot(page, "page") for page in pages]
    own = measure(snapshots, clean)
    sys.stdout.write(f"{len(pages)} pages of {sum(map(len, pages)) // len(pages):,} bytes on average\n")
    sys.stdout.write(f"cakupan           {own:7.1f} pages/s (goal {GOAL})\n")
    for name, extract in extractors():
        rate = measure(pages, extract)
        goal = f" (goal {GOAL_RATIO})" if name == "trafilatura" else ""
        sys.stdout.write(f"{name:17} {rate:7.1f} pages/s: this cleaner is {own / rate:.1f} times as fast{goal}\n")


def read_pages(folders: Sequence[Path]) -> Iterator[bytes]:
    """The pages of the folders, unpacked."""
    for folder in folders:
        for path in sorted(folder.glob("*.html*")):
            content = path.read_bytes()
            yield gzip.decompress(content) if path.suffix == ".gz" else content


def extractors() -> Iterator[tuple[str, Callable[[bytes], object]]]:
    """The public extractors that are installed."""
    yield "trafilatura", lambda page: trafilatura.bare_extraction(page, with_metadata=True)
    if find_spec("readability") is not None:
        from readability import Document

        yield "readability-lxml", lambda page: Document(page.decode("utf-8", "replace")).summary()


def measure(pages: Sequence[Any], extract: Callable[[Any], object]) -> float:
    """Pages a second of processor time in the best round, after one that warms up."""
    _time_round(pages, extract)
    times: list[float] = []
    while sum(times) < SECONDS:
        times.append(_time_round(pages, extract))
    return len(pages) / min(times)


def _time_round(pages: Sequence[Any], extract: Callable[[Any], object]) -> float:
    start = time.process_time()
    for page in pages:
        try:
            extract(page)
        except Exception as error:
            sys.stderr.write(f"{type(error).__name__}: {str(error)[:80]}\n")
    return time.process_time() - start


if __name__ == "__main__":
    main()
