"""The README keeps its word: each of its commands works, and the answer it shows is the answer one gets."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from command import ROOT, Command

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix(".venv/bin/cakupan ")
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith(".venv/bin/cakupan ")
]
TARGETS = re.findall(r"^make ([a-z-]+)$", README, re.MULTILINE)


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith("ingest ")])
def test_each_command_works_on_the_sample_articles(sample: Command, line: str) -> None:
    result = sample(*shlex.split(line))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout


def test_the_first_run_is_the_one_that_is_described() -> None:
    assert [line for line in COMMANDS if line.startswith("ingest ")] == ["ingest seeds/articles"]
    assert "cakupan ingest seeds/articles" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_answer_that_is_shown_is_the_answer(sample: Command) -> None:
    query, shown = re.search(r"cakupan (query .*?)\n```\n\n```text\n(.*?)```", README, re.DOTALL).groups()  # type: ignore[union-attr]
    assert sample(*shlex.split(query)).stdout == shown


def test_the_targets_and_folders_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert TARGETS == ["run", "test", "check"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in TARGETS)
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert all(f"make {target}" in ci for target in TARGETS)
    folders = re.findall(r"^\| `([a-z]+)/` \|", README, re.MULTILINE)
    assert all(Path(ROOT, folder).is_dir() for folder in folders if folder != "data")
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert all(Path(ROOT, link).exists() for link in links)
