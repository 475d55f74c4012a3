"""docs/extending.md keeps its word: its lines are lines of the files, and its commands work."""

from __future__ import annotations

import re
import shlex

import pytest
from command import ROOT, Command

DOCUMENT = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
LINES = [
    (name, line)
    for name, block in re.findall(r"```csv (\S+)\n(.*?)```", DOCUMENT, re.DOTALL)
    for line in block.splitlines()
]
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize(("name", "line"), LINES)
def test_lines_that_are_shown_are_lines_of_the_files(name: str, line: str) -> None:
    assert line in (ROOT / name).read_text(encoding="utf-8").splitlines()


def test_each_seed_line_of_words_is_shown_with_its_case() -> None:
    shown = [line.split(",")[:2] for name, line in LINES if name.endswith("cases.csv")]
    seeds = [name.removeprefix("seeds/") for name, _ in LINES if name.startswith("seeds/")]
    assert [seed for seed, _ in shown] == seeds[: len(shown)]
    assert len(shown) >= 4


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith(".venv/bin/cakupan ")])
def test_commands_work_on_the_sample_articles(sample: Command, line: str) -> None:
    result = sample(*shlex.split(line)[1:])
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout


def test_other_commands_name_what_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    others = [shlex.split(line) for line in COMMANDS if not line.startswith(".venv/bin/cakupan ")]
    targets = {words[1] for words in others if words[0] == "make"}
    paths = {word for words in others for word in words if word.startswith("tests/")}
    assert {words[0] for words in others} == {"make", ".venv/bin/python"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets | {"bench-extract"})
    assert all((ROOT / path).exists() for path in paths)


def test_links_and_columns_are_true() -> None:
    from tasks.corrections import COLUMNS

    links = re.findall(r"\]\(([^)#]+)\)", DOCUMENT)
    assert links
    assert all((ROOT / "docs" / link).exists() for link in links)
    headings = {re.sub(r"\W+", "-", title.lower()) for title in re.findall(r"^## (.+)$", DOCUMENT, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", DOCUMENT)) <= headings
    (table,) = re.findall(r"\| field \| holds \|\n(.*?)\n\n", DOCUMENT, re.DOTALL)
    assert re.findall(r"`([a-z_]+)`", "".join(row.split("|")[1] for row in table.splitlines()[1:])) == list(COLUMNS)
