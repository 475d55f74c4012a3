"""How well pages are cleaned: measures cleaning on pages of the project's own and holds it to the floors.

    python tests/quality_clean.py [--errors] [--raise] [--public] [FOLDER ...]

Each ``NAME.html`` of tests/gold/pages stands beside the article's text (``NAME.txt``) and its metadata with the lines
that may not be in it (``NAME.json``), or beside the kind of its rejection. Pages beside the repository
(../shared/eval/html) and in any FOLDER are measured too, without floors: NAME.html or NAME.html.gz, NAME.gold.txt with
the article's paragraphs, NAME.json with {"boilerplate": [[kind, line], ...]}. With --public, trafilatura and
readability-lxml are measured on the same pages. Exit status 1 when a figure is under its floor.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from clean_score import FIELDS, Overlap, compare, list_leaks, list_wrong_fields
from quality_floors import ROOT, Figures, Part, hash_files, list_shortfalls, raise_floors
from quality_record import record_figures

from tasks.clean import clean
from tasks.records import Article, Rejection, Snapshot

GOLD = ROOT / "tests" / "gold" / "pages"
_CLEARLY = 0.02
"""Difference of F1 from which one text is clearly better than another."""

FURTHER = ROOT.parent / "shared" / "eval" / "html"
CLEANING = Part(name="clean", command="python tests/quality_clean.py")


@dataclass(frozen=True)
class GoldPage:
    """A page with what a careful reader takes from it; ``text`` is None for a page that is no article."""

    name: str
    content: bytes
    text: str | None
    expected: dict[str, Any]


@dataclass
class Measurement:
    """What was counted on a folder of pages; ``fields`` counts right and all answers by field of the metadata."""

    overlap: Overlap = field(default_factory=Overlap)
    worst: float = 1.0
    worst_page: str = ""
    leaks: int = 0
    pages: int = 0
    refused: int = 0
    refused_right: int = 0
    fields: dict[str, list[int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def figures(self) -> Figures:
        """What has floors."""
        rows = {
            "text": {
                "f1": self.overlap.f1,
                "precision": self.overlap.precision,
                "recall": self.overlap.recall,
                "worst_page_f1": self.worst,
                "pages_without_leak": 1.0 - self.leaks / max(self.pages, 1),
            }
        }
        if self.refused:
            rows["rejections"] = {"right": self.refused_right / self.refused}
        if self.fields:
            rows["metadata"] = {name: right / count for name, (right, count) in self.fields.items()}
        return rows


def make_snapshot(content: bytes, name: str) -> Snapshot:
    """The bytes of a page as if they had been read from a file."""
    digest = hashlib.sha256(content).hexdigest()
    return Snapshot(source=f"file:///{name}.html", content=content, sha256=digest, retrieved_at="")


def read_gold() -> Iterator[GoldPage]:
    """The project's own pages."""
    for path in sorted(GOLD.glob("*.html")):
        text = path.with_suffix(".txt")
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        content = text.read_text(encoding="utf-8") if text.exists() else None
        yield GoldPage(path.stem, path.read_bytes(), content, expected)


def read_further(folder: Path) -> Iterator[GoldPage]:
    """The pages beside the repository: their text and boilerplate; their metadata is written in another form."""
    for path in sorted(folder.glob("*.gold.txt")):
        name = path.name.removesuffix(".gold.txt")
        notes = json.loads(path.with_name(f"{name}.json").read_text(encoding="utf-8"))
        lines = [line for kind, line in notes["boilerplate"] if not kind.startswith(("byline", "other"))]
        packed = path.with_name(f"{name}.html.gz")
        content = gzip.decompress(packed.read_bytes()) if packed.exists() else packed.with_suffix("").read_bytes()
        yield GoldPage(name, content, path.read_text(encoding="utf-8"), {"boilerplate": [x for x in lines if " " in x]})


def measure(pages: Iterable[GoldPage]) -> Measurement:
    """Cleans every page and counts what is right."""
    measurement = Measurement()
    for page in pages:
        answer = clean(make_snapshot(page.content, page.name))
        if page.text is None:
            _count_refusal(measurement, page, answer)
        else:
            _count_article(measurement, page, page.text, answer)
    return measurement


def compare_public(pages: Iterable[GoldPage]) -> str:
    """The overlap of the public extractors on the same articles, and on how many each is better than this cleaner."""
    articles = [page for page in pages if page.text is not None]
    lines = []
    for name, extract in public_extractors():
        total, better = Overlap(), 0
        for page in articles:
            answer = clean(make_snapshot(page.content, page.name))
            own = compare(answer.text if isinstance(answer, Article) else "", page.text or "")
            other = compare(extract(page.content.decode("utf-8", "replace")), page.text or "")
            total += other
            better += other.f1 > own.f1 + _CLEARLY
        lines.append(
            f"{name:21} f1 {total.f1:.3f}  precision {total.precision:.3f}  recall {total.recall:.3f}"
            f"  clearly better on {better} of {len(articles)}"
        )
    return "\n".join(lines) + "\n"


def public_extractors() -> Iterator[tuple[str, Callable[[str], str]]]:
    """The public extractors that are installed, each giving the text of a page."""
    from trafilatura import extract

    yield "trafilatura", lambda page: extract(page, include_comments=False) or ""
    yield "trafilatura precision", lambda page: extract(page, include_comments=False, favor_precision=True) or ""
    if find_spec("readability") is not None:
        from readability import Document
        from selectolax.lexbor import LexborHTMLParser

        yield "readability-lxml", lambda page: LexborHTMLParser(Document(page).summary()).text(separator="\n")


def _count_refusal(measurement: Measurement, page: GoldPage, answer: Article | Rejection) -> None:
    kind = answer.kind if isinstance(answer, Rejection) else "an article"
    measurement.refused += 1
    measurement.refused_right += kind == page.expected["rejection"]
    if kind != page.expected["rejection"]:
        measurement.errors.append(f"{page.name}: {kind}, not {page.expected['rejection']}")


def _count_article(measurement: Measurement, page: GoldPage, text: str, answer: Article | Rejection) -> None:
    cleaned = answer.text if isinstance(answer, Article) else ""
    overlap = compare(cleaned, text)
    leaks = list_leaks(cleaned, page.expected["boilerplate"])
    wrong = list_wrong_fields(answer, page.expected) if isinstance(answer, Article) else [str(answer)]
    measurement.pages += 1
    measurement.overlap += overlap
    measurement.leaks += bool(leaks)
    if overlap.f1 < measurement.worst:
        measurement.worst, measurement.worst_page = overlap.f1, page.name
    for name in FIELDS:
        if name in page.expected:
            counts = measurement.fields.setdefault(name, [0, 0])
            counts[0] += not any(line.startswith(f"{name} ") for line in wrong) and isinstance(answer, Article)
            counts[1] += 1
    if overlap.wrong or overlap.lost:
        measurement.errors.append(f"{page.name}: precision {overlap.precision:.3f}, recall {overlap.recall:.3f}")
    measurement.errors += [f"{page.name}: leaks {line!r}" for line in leaks] + [
        f"{page.name}: {line}" for line in wrong
    ]


def show_table(measurement: Measurement) -> str:
    """The measurement as a person reads it."""
    lines = []
    for row, measures in measurement.figures().items():
        lines.append(f"{row:11}" + "".join(f"  {name} {value:.3f}" for name, value in measures.items()))
    if measurement.worst_page:
        lines.append(f"worst page {measurement.worst_page}")
    return "\n".join(lines)


def gold_files() -> list[Path]:
    """The files that the floors depend on."""
    return [path for path in GOLD.iterdir() if path.suffix in {".html", ".txt", ".json"}]


def main() -> int:
    """Prints the tables, compares with the floors or raises them; gives the exit status."""
    parser = argparse.ArgumentParser(description="Measures cleaning on pages with known articles.")
    parser.add_argument("--errors", action="store_true", help="list what is wrong on each page")
    parser.add_argument("--raise", action="store_true", dest="lift", help="record better figures as new floors")
    parser.add_argument("--public", action="store_true", help="measure trafilatura and readability-lxml beside")
    parser.add_argument("folders", nargs="*", type=Path, help="further folders of marked pages")
    options = parser.parse_args()
    measured = measure(read_gold())
    _say("cleaning, tests/gold/pages", measured, options.errors)
    for folder in [FURTHER, *options.folders] if FURTHER.is_dir() else options.folders:
        pages = list(read_further(folder))
        _say(f"cleaning, {folder.name if folder != FURTHER else '../shared/eval/html'}", measure(pages), options.errors)
        if options.public:
            sys.stdout.write(compare_public(pages) + "\n")
    act = raise_floors if options.lift else list_shortfalls
    problems = act(CLEANING, measured.figures(), hash_files(gold_files()))
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    record_figures(CLEANING, measured.figures(), hash_files(gold_files()))
    return int(bool(problems))


def _say(title: str, measurement: Measurement, with_errors: bool) -> None:
    sys.stdout.write(f"{title}: {measurement.pages + measurement.refused} pages\n{show_table(measurement)}\n")
    if with_errors:
        sys.stdout.write("".join(f"  {error}\n" for error in measurement.errors))
    sys.stdout.write("\n")


if __name__ == "__main__":
    sys.exit(main())
