"""Cases of single seed lines: a sentence, and the one figure that it gives because of a line of seeds/.

A row of cases.csv names the seed file and the words that it proves, and the answer: metric, value, region, period
and segment, empty where there is none; without a metric, nothing is taken.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.knowledge import SEEDS, read_seed
from tests.extract.articles import read_text

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("seed", "words", "sentence", "metric", "value", "region_code", "period", "segment")
CASES = read_seed(str(Path(__file__).with_name("cases.csv")), COLUMNS)

with_each_case = pytest.mark.parametrize("case", CASES, ids=[f"{case['seed']}: {case['words']}" for case in CASES])


@with_each_case
def test_sentence_gives_what_its_seed_line_makes_of_it(case: dict[str, str]) -> None:
    found = [
        (each.metric, each.value, each.region_code or "", each.period or "", each.segment or "")
        for each in read_text(case["sentence"]).observations
    ]
    wanted = (case["metric"], case["region_code"], case["period"], case["segment"])
    assert found == ([(wanted[0], Decimal(case["value"]), *wanted[1:])] if case["metric"] else [])


@with_each_case
def test_case_names_a_line_whose_words_it_has(case: dict[str, str]) -> None:
    rows = (SEEDS / case["seed"]).read_text(encoding="utf-8").splitlines()
    assert any(case["words"] in row.split(",") for row in rows), "no such line"
    assert case["words"].lower() in case["sentence"].lower()


def test_no_case_is_there_twice() -> None:
    sentences = [case["sentence"] for case in CASES]
    assert len(set(sentences)) == len(sentences)


def test_every_case_needs_its_line(tmp_path: Path) -> None:
    """In a copy of the project without the lines that the cases name, each of them fails."""
    for folder in ("tasks", "seeds", "tests/extract"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for seed, words in {(case["seed"], case["words"]) for case in CASES}:
        path = tmp_path / "seeds" / seed
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(row for row in rows if words not in row.rstrip().split(",")), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-k", "gives", "tests/extract/test_cases.py"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert result.stdout.splitlines()[-1].startswith(f"{len(CASES)} failed"), result.stdout
    assert "SeedError" not in result.stdout
