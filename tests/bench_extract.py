"""How fast articles are read: extraction of articles of 2,500 characters on one core.

    python tests/bench_extract.py

The articles are joined from paragraphs of the annotated ones, so that they are as dense with figures as real ones.
The goal is 500 articles a second.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence

from quality_floors import ROOT

from tasks.extract import extract
from tasks.records import Article

CHARACTERS = 2_500
ROUNDS = 7
GOAL = 500
_FEWEST_CHARACTERS = 60


def main() -> None:
    """Prints articles a second: the median of the rounds, and the slowest and fastest."""
    articles = list(join_articles(_paragraphs()))
    extract(articles[0])
    rates = sorted(_rate(articles) for _ in range(ROUNDS))
    figures = sum(len(extract(article).observations) for article in articles) / len(articles)
    sys.stdout.write(
        f"{statistics.median(rates):.0f} articles of {CHARACTERS} characters a second "
        f"({rates[0]:.0f} to {rates[-1]:.0f} in {ROUNDS} rounds of {len(articles)}; "
        f"{figures:.1f} figures each); goal {GOAL}\n"
    )


def join_articles(paragraphs: Sequence[str]) -> Iterator[Article]:
    """Articles of whole paragraphs, the last one cut to the length; what is left over makes none."""
    rest = iter(paragraphs)
    while True:
        text = ""
        while len(text) < CHARACTERS:
            following = next(rest, None)
            if following is None:
                return
            text += following + "\n"
        yield Article(
            source="file:///article.txt",
            snapshot_sha256="0" * 64,
            text=text[:CHARACTERS],
            published_at="2025-07-16T10:00:00+07:00",
        )


def _paragraphs() -> list[str]:
    """Paragraphs of the annotated articles, without their shortest lines, which are no sentences."""
    paths = sorted((ROOT / "tests" / "gold" / "articles").glob("*.txt"))
    lines = (line for path in paths for line in re.split(r"\s*\n\s*", path.read_text(encoding="utf-8")))
    return [line for line in lines if len(line) >= _FEWEST_CHARACTERS]


def _rate(articles: Sequence[Article]) -> float:
    """Articles a second of processor time."""
    started = time.process_time()
    for article in articles:
        extract(article)
    return len(articles) / (time.process_time() - started)


if __name__ == "__main__":
    main()
