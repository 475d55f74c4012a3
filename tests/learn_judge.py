"""Learns the judge's weights from annotated articles: writes seeds/judge_weights.csv.

    python tests/learn_judge.py [--validate]

Each number of tests/gold/articles and tests/gold/reworded is an example: what stands around it, and the metric that a
careful reader took it for, or none. So are those of seeds/articles, the number of each rule's own example, and the
sentences of tests/extract/cases.csv. Left out are numbers that readers differ on, repetitions of a figure, and those
that a rule settles by itself, for no judge is asked about them.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
from annotated import Annotated, read_annotated
from expected import read_expected, take
from quality_extract import GOLD, REWORDED, ROOT
from quality_score import Fact, Tally, compare, total
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tasks.extract import extract
from tasks.extract.decisions import decide_all
from tasks.extract.judging import Proposal, Verdict, choices, features, is_final, judge_by, trust_rules
from tasks.extract.numbers import Figure
from tasks.extract.reading import read_article
from tasks.extract.rules import metric_rules
from tasks.extract.situations import Situation
from tasks.extract.weights import ALWAYS, FORMS, NONE, WeightRow, weighed_metrics
from tasks.knowledge import SEEDS, read_seed
from tasks.records import Article

CASES = ROOT / "tests" / "extract" / "cases.csv"
CASE_COLUMNS = ("seed", "words", "sentence", "metric", "value", "region_code", "period", "segment")
SAMPLES = SEEDS / "articles"
WEIGHTS = SEEDS / "judge_weights.csv"
_UNWEIGHED = frozenset({"article", "sentence"})
"""Places that say too little of one number to be learned from so few articles."""

_REGULARIZATION = 0.5
_SCALE = 100
_FEWEST = 3
"""Examples in which a word or tag must stand beside a number for it to be weighed."""

_ROUNDS = 400
_PARTS = 10
"""Parts of the articles, each of which is read by weights learned from the others."""


@dataclass(frozen=True, slots=True)
class Example:
    """A number of an article: where it comes from, what stands around it, and what it is."""

    document: str
    form: str
    features: Mapping[tuple[str, str], int]
    metric: str


@dataclass(frozen=True, slots=True)
class _Asked:
    figure: Figure
    situation: Situation
    proposal: Proposal


def examples_of(annotated: Annotated) -> Iterator[Example]:
    """The examples of an annotated article."""
    return _label(annotated.name, annotated.article.text, annotated.facts, _ask(annotated.article))


def examples_of_samples() -> Iterator[Example]:
    """The examples of the sample articles of a first run."""
    for entry in read_expected(SAMPLES):
        article, _ = take(SAMPLES / entry["file"])
        facts = [
            Fact((row["metric"],), row["value"], row["region"], None, of_publication=False, unsure=False, quote="")
            for row in entry["observations"]
        ]
        yield from _label(entry["file"], article.text, facts, _ask(article))


def examples_of_rules() -> Iterator[Example]:
    """The number that each rule decides in its own example."""
    for rule in metric_rules():
        for asked in _ask(_article(rule.example)):
            if asked.proposal.rule is rule and not is_final(asked.proposal):
                yield _example(f"rule {rule.name}", asked, asked.proposal.metric or NONE)


def examples_of_cases() -> Iterator[Example]:
    """The numbers of the sentences that prove seed lines; a metric that one names is that of its value."""
    for case in read_seed(str(CASES), CASE_COLUMNS):
        for asked in _ask(_article(case["sentence"])):
            is_named = case["metric"] and asked.figure.value == Decimal(case["value"])
            if not is_final(asked.proposal):
                document = f"case {case['words']}"
                yield _example(document, asked, case["metric"] if is_named else NONE)


def _article(text: str) -> Article:
    return Article(source="file:///sentence.txt", snapshot_sha256="0" * 64, text=text)


def _ask(article: Article) -> list[_Asked]:
    """What the judge is asked about an article when every rule is trusted."""
    asked: list[_Asked] = []

    def note(figure: Figure, situation: Situation, proposal: Proposal) -> Verdict:
        asked.append(_Asked(figure, situation, proposal))
        return trust_rules(figure, situation, proposal)

    decide_all(read_article(article), note)
    return asked


def _label(document: str, text: str, facts: Sequence[Fact], asked: Sequence[_Asked]) -> Iterator[Example]:
    """The numbers that an article's facts name, and those whose value no fact has."""
    labels: dict[int, Fact] = {}
    for fact in facts:
        start = text.find(fact.quote)
        same = [index for index, each in enumerate(asked) if each.figure.value == fact.value and index not in labels]
        quoted = [index for index in same if start <= asked[index].figure.start < start + len(fact.quote)]
        for index in (quoted or same)[:1]:
            labels[index] = fact
    values = {fact.value for fact in facts}
    for index, each in enumerate(asked):
        found = labels.get(index)
        if is_final(each.proposal) or (found and found.unsure) or (found is None and each.figure.value in values):
            continue
        proposed = each.proposal.metric
        metric = proposed if found and proposed in found.metrics else found.metrics[0] if found else NONE
        metric = metric if metric in choices(each.figure) else NONE
        yield _example(document, each, metric or NONE)


def _example(document: str, asked: _Asked, metric: str) -> Example:
    return Example(document, asked.figure.kind, features(asked.situation, asked.proposal), metric)


def fit(examples: Iterable[Example]) -> list[WeightRow]:
    """The weights that explain the examples best, form by form; the same examples give the same ones."""
    by_form: dict[str, list[Example]] = {form: [] for form in FORMS}
    for example in examples:
        if example.form in by_form:
            by_form[example.form].append(example)
    return [row for form, of_form in by_form.items() for row in _fit_form(form, of_form)]


def _fit_form(form: str, examples: Sequence[Example]) -> Iterator[WeightRow]:
    told = Counter(pair for example in examples for pair in example.features)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(
        {
            f"{place}\t{tag}": count
            for (place, tag), count in sorted(example.features.items())
            if place not in _UNWEIGHED and told[place, tag] >= _FEWEST
        }
        for example in examples
    )
    regression = LogisticRegression(C=_REGULARIZATION, max_iter=_ROUNDS)
    regression.fit(table, np.array([example.metric for example in examples]))
    metrics = [str(metric) for metric in regression.classes_]
    names = [tuple(name.split("\t")) for name in vectorizer.get_feature_names_out()]
    yield WeightRow(form, ALWAYS, ALWAYS, _whole(metrics, regression.intercept_))
    for (place, tag), weights in zip(names, regression.coef_.T, strict=True):
        if whole := _whole(metrics, weights):
            yield WeightRow(form, place, tag, whole)


def _whole(metrics: Sequence[str], weights: Sequence[float]) -> dict[str, int]:
    """Weights in whole hundredths, without those that count nothing."""
    whole = {metric: round(_SCALE * weight) for metric, weight in zip(metrics, weights, strict=True)}
    return {metric: weight for metric, weight in whole.items() if weight}


def cross_validate(parts: Sequence[Sequence[Annotated]], fixed: Sequence[Example]) -> Iterator[tuple[Annotated, Tally]]:
    """What is read from some annotated articles by weights that were learned without the part that each is in."""
    learned = [[example for each in part for example in examples_of(each)] for part in parts]
    for index, part in enumerate(parts):
        others = [example for other, examples in enumerate(learned) if other != index for example in examples]
        judge = judge_by(fit([*fixed, *others]))
        for each in part:
            yield each, total(compare(each.facts, extract(each.article, judge).observations).tallies().values())


def main() -> None:
    """Writes the weights, or shows what weights learned without an article read from it."""
    parser = argparse.ArgumentParser(description="Learns the judge's weights from annotated articles.")
    parser.add_argument("--validate", action="store_true", help="write nothing, cross-validate")
    _begin()
    fixed = [*_examples_of_folder(GOLD), *examples_of_samples(), *examples_of_rules(), *examples_of_cases()]
    if parser.parse_args().validate:
        _validate(fixed)
    else:
        _write(fixed)


def _begin() -> None:
    """Empties a weights file that was written for other metrics; what reads articles here needs none of its weights."""
    header = ",".join(("form", "place", "tag", *weighed_metrics())) + "\n"
    if not WEIGHTS.exists() or not WEIGHTS.read_text(encoding="utf-8").startswith(header):
        WEIGHTS.write_text(header, encoding="utf-8")


def _examples_of_folder(folder: Path) -> Iterator[Example]:
    return (example for annotated in read_annotated(folder) for example in examples_of(annotated))


def _write(fixed: Sequence[Example]) -> None:
    examples = [*fixed, *_examples_of_folder(REWORDED)]
    rows = fit(examples)
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("form", "place", "tag", *weighed_metrics()))
        for row in rows:
            writer.writerow(
                (row.form, row.place, row.tag, *(row.weights.get(metric, "") for metric in weighed_metrics()))
            )
    sys.stdout.write(f"{len(rows)} weights from {len(examples)} numbers in {WEIGHTS.relative_to(ROOT)}\n")


def _validate(fixed: Sequence[Example]) -> None:
    articles = list(read_annotated(REWORDED))
    parts = [articles[start::_PARTS] for start in range(_PARTS)]
    tallies = list(cross_validate(parts, fixed))
    of_reports = [tally for each, tally in tallies if each.source]
    _say(f"the {len(tallies)} articles of {REWORDED.relative_to(ROOT)}", [tally for _, tally in tallies])
    _say(f"the {len(of_reports)} of them that are published reports", of_reports)


def _say(articles: str, tallies: Iterable[Tally]) -> None:
    whole = total(tallies)
    sys.stdout.write(
        f"cross-validated on {articles}: precision {whole.precision:.3f}, recall {whole.recall:.3f}, "
        f"F1 {whole.f1:.3f}, F1 with region and period {whole.full_f1:.3f}\n"
    )


if __name__ == "__main__":
    main()
