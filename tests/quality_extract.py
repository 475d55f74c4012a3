"""How well articles are read: measures extraction on annotated articles and holds it to the floors.

    python tests/quality_extract.py [--errors] [--raise]

Each article goes the way of the command: it is cleaned, then extracted. Articles beside the repository
(../shared/eval/articles) are measured too, without floors. Exit status 1 when a figure is under its floor.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotated import Annotated, annotated_files, read_annotated
from quality_floors import ROOT, Figures, Part, hash_files, list_shortfalls, raise_floors
from quality_record import record_figures
from quality_score import Comparison, Fact, Tally, compare, same_period, same_region, share, total

from tasks.knowledge import read_seed
from tasks.records import NumberMention

GOLD = ROOT / "tests" / "gold" / "articles"
REWORDED = ROOT / "tests" / "gold" / "reworded"
FURTHER = ROOT.parent / "shared" / "eval" / "articles"
EXTRACTION = Part(name="extract", command="python tests/quality_extract.py")
_DIGITS = re.compile(r"\d(?:[.,]?\d)*")
ROLES = ("observation", "explained", "unexplained", "not listed")
_METRIC_COLUMNS = ("precision", "recall", "f1", "full_f1", "grounding")


@dataclass
class Measurement:
    """What was counted on a folder of articles.

    ``grounded`` and ``taken`` count all observations by metric, ``roles`` the numbers of the articles by what became
    of them, ``lost`` the missed facts by metric and by what became of their number.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    grounded: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    lost: dict[str, Counter[str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    articles: int = 0
    empty: int = 0
    empty_right: int = 0

    @property
    def total(self) -> Tally:
        """All metrics together."""
        return total(self.tallies.values())

    def grounding(self, metric: str | None = None) -> float:
        """Share of the observations whose quote stands at its span."""
        if metric is None:
            return share(self.grounded.total(), self.taken.total())
        return share(self.grounded[metric], self.taken[metric])

    def census(self, role: str) -> float:
        """Share of the numbers that have one of ROLES."""
        return share(self.roles[role], self.roles.total())

    def figures(self) -> Figures:
        """What has floors: measures by metric, and those of all together."""
        rows = {metric: _measures(tally, self.grounding(metric)) for metric, tally in self.tallies.items()}
        rows["all"] = _measures(self.total, self.grounding()) | {
            "region": share(self.total.regions_right, self.total.regions),
            "period": share(self.total.periods_right, self.total.periods),
            "empty_articles": share(self.empty_right, self.empty),
            "explained_numbers": self.census("observation") + self.census("explained"),
        }
        return rows


def _measures(tally: Tally, grounding: float) -> dict[str, float]:
    values = (tally.precision, tally.recall, tally.f1, tally.full_f1, grounding)
    return dict(zip(_METRIC_COLUMNS, values, strict=True))


def measure(folder: Path) -> Measurement:
    """Reads every annotated article of a folder and counts what is right."""
    measurement = Measurement()
    for each in read_annotated(folder):
        _count(measurement, each)
    return measurement


def _count(measurement: Measurement, annotated: Annotated) -> None:
    text, extraction, facts = annotated.article.text, annotated.document.extraction, annotated.facts
    comparison = compare(facts, extraction.observations)
    for metric, tally in comparison.tallies().items():
        measurement.tallies[metric] = measurement.tallies.get(metric, Tally()) + tally
    for each in extraction.observations:
        measurement.taken[each.metric] += 1
        measurement.grounded[each.metric] += text[each.quote_start : each.quote_end] == each.quote != ""
    measurement.roles.update(number_roles(text, extraction.numbers))
    for fact in comparison.missed:
        fate = _fate(text, fact, extraction.numbers)
        measurement.lost.setdefault(fact.metrics[0], Counter())[fate] += 1
    measurement.errors += [f"{annotated.name} {error}" for error in _errors(comparison)]
    measurement.articles += 1
    measurement.empty += not facts
    measurement.empty_right += not facts and not extraction.observations


def number_roles(text: str, numbers: Sequence[NumberMention]) -> Iterator[str]:
    """One of ROLES for each number; digits of the text that the extractor does not mention are "not listed"."""
    covered = bytearray(len(text))
    for number in numbers:
        covered[number.start : number.end] = b"\x01" * (number.end - number.start)
        yield number.role if number.role in ROLES else "explained"
    for digits in _DIGITS.finditer(text):
        if not any(covered[digits.start() : digits.end()]):
            yield "not listed"


def _fate(text: str, fact: Fact, numbers: Sequence[NumberMention]) -> str:
    """What became of the number of a missed fact: its role, looked up in the quote before the rest of the article."""
    start = text.find(fact.quote)
    same = [number for number in numbers if number.value == fact.value]
    quoted = [number for number in same if start <= number.start < start + len(fact.quote)]
    return next((number.role for number in (*quoted, *same)), "not found")


def _errors(comparison: Comparison) -> Iterator[str]:
    for fact in comparison.missed:
        yield f"missed {fact.metrics[0]} {fact.value:f}: {fact.quote}"
    for each in comparison.false:
        yield f"false {each.metric} {each.value:f} by {each.rule}: {each.quote}"
    for fact, each in comparison.sure_pairs():
        if not same_region(fact, each):
            yield f"region {each.region_code}, not {fact.region_code}: {fact.quote}"
        if not same_period(fact, each):
            yield f"period {each.period}, not {fact.period}: {fact.quote}"


def show_table(measurement: Measurement) -> str:
    """The measurement as a person reads it."""
    order = [row["metric"] for row in read_seed("metrics.csv", ("metric", "unit", "meaning", "minimum", "maximum"))]
    head = f"{'':20} {'facts':>6} {'taken':>6}" + "".join(f" {name:>9}" for name in _METRIC_COLUMNS) + "  missed, now"
    lines = [head]
    for metric in sorted(measurement.tallies, key=order.index):
        fates = ", ".join(f"{count} {fate}" for fate, count in measurement.lost.get(metric, Counter()).most_common())
        lines.append(_row(metric, measurement.tallies[metric], measurement.grounding(metric), fates))
    lines.append(_row("all", measurement.total, measurement.grounding(), ""))
    figures = measurement.figures()["all"]
    lines.append(
        f"region right {figures['region']:.3f}, period right {figures['period']:.3f} of the figures found; "
        f"nothing taken from {measurement.empty_right} of {measurement.empty} articles without facts"
    )
    shares = ", ".join(f"{role} {measurement.census(role):.3f}" for role in ROLES)
    lines.append(f"census of {measurement.roles.total()} numbers: {shares}")
    return "\n".join(lines)


def _row(name: str, tally: Tally, grounding: float, fates: str) -> str:
    measures = "".join(f" {value:9.3f}" for value in _measures(tally, grounding).values())
    return f"{name:20} {tally.facts:6} {tally.taken:6}{measures}  {fates}".rstrip()


def main() -> int:
    """Prints the tables, compares with the floors or raises them; gives the exit status."""
    parser = argparse.ArgumentParser(description="Measures extraction on annotated articles.")
    parser.add_argument("--errors", action="store_true", help="list each missed, false and half right figure")
    parser.add_argument("--raise", action="store_true", dest="lift", help="record better figures as new floors")
    options = parser.parse_args()
    measured, reworded = measure(GOLD), measure(REWORDED)
    _say("extraction, tests/gold/articles", measured, options.errors)
    _say("extraction, tests/gold/reworded", reworded, options.errors)
    if FURTHER.is_dir():
        _say("extraction, ../shared/eval/articles", measure(FURTHER), options.errors)
    act = raise_floors if options.lift else list_shortfalls
    figures = floor_figures(measured, reworded)
    problems = act(EXTRACTION, figures, hash_files(gold_files()))
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    record_figures(EXTRACTION, figures, hash_files(gold_files()))
    return int(bool(problems))


def floor_figures(measured: Measurement, reworded: Measurement) -> Figures:
    """What has floors: of the articles for every metric, of the reworded ones for all metrics together."""
    return measured.figures() | {"reworded": _measures(reworded.total, reworded.grounding())}


def gold_files() -> list[Path]:
    """The files that the floors depend on."""
    return [path for folder in (GOLD, REWORDED) for path in annotated_files(folder)]


def _say(title: str, measurement: Measurement, with_errors: bool) -> None:
    sys.stdout.write(f"{title}: {measurement.articles} articles\n{show_table(measurement)}\n")
    if with_errors:
        sys.stdout.write("".join(f"  {error}\n" for error in measurement.errors))
    sys.stdout.write("\n")


if __name__ == "__main__":
    sys.exit(main())
