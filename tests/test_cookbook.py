"""The cookbook's answers are what the sample articles give; run as a program it writes them anew."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from test_check_warehouse import sample_documents  # noqa: E402
from warehouse_samples import open_warehouse, path_of, run  # noqa: E402

from flows.tables import plain_cell, show_records  # noqa: E402
from warehouse.publish import publish  # noqa: E402
from warehouse.read import query  # noqa: E402

PAGE = ROOT / "docs" / "cookbook.md"
RECIPE = re.compile(r"^## (\d+\. .+?)\n\n```sql\n(.+?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL | re.MULTILINE)
RECIPES = RECIPE.findall(PAGE.read_text(encoding="utf-8"))


def make_sample(folder: Path) -> Path:
    """A published copy with the sample articles."""
    published = folder / "cakupan.duckdb"
    with open_warehouse(path_of(folder)) as warehouse:
        run(warehouse, "r1", sample_documents())
        warehouse.check("r1")
        publish(warehouse, published)
    return published


def answer(published: Path, sql: str) -> str:
    """The answer as the command shows it on 100 columns."""
    table = query(published, sql)
    cells = [[plain_cell(row[column]) for column in table.column_names] for row in table.to_pylist()]
    return show_records(table.column_names, cells) + "\n" if cells else "no rows\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    patch = pytest.MonkeyPatch()
    patch.setenv("COLUMNS", "100")
    yield make_sample(tmp_path_factory.mktemp("cookbook"))
    patch.undo()


def test_there_are_ten_questions_in_order() -> None:
    assert [int(title.partition(".")[0]) for title, _, _ in RECIPES] == list(range(1, 11))
    assert all(title.endswith("?") for title, _, _ in RECIPES)


@pytest.mark.parametrize(("title", "sql", "shown"), RECIPES, ids=[title for title, _, _ in RECIPES])
def test_the_answer_is_the_answer(published: Path, title: str, sql: str, shown: str) -> None:
    assert answer(published, sql) == shown, f"{title}: docs/cookbook.md is stale: make cookbook"
    assert shown != "no rows\n"


def write_answers() -> None:
    """Writes the page with today's answers."""
    with TemporaryDirectory() as folder:
        published = make_sample(Path(folder))

        def recipe(match: re.Match[str]) -> str:
            title, sql, _ = match.groups()
            return f"## {title}\n\n```sql\n{sql}```\n\n```text\n{answer(published, sql)}```"

        PAGE.write_text(RECIPE.sub(recipe, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write_answers()
