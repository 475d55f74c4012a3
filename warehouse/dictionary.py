"""The data dictionary: what the catalog of the warehouse says about itself, as a page for people.

``python -m warehouse.dictionary`` writes ``docs/data-dictionary.md`` anew; a test says when that page is stale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.statements import statement
from warehouse.store import open_warehouse

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-dictionary.md"

_HEAD = """# Data dictionary

Written by `make dictionary` from the comments in the catalog; edit those (`warehouse/views`, `warehouse/migrations`).

What users query is in schema `main`. `core` and `raw` hold the tables behind it, with all earlier states.
"""
_SECTIONS = (
    ("main", "view", "Views"),
    ("main", "table macro", "Functions that give tables"),
    ("core", "table", "Tables of core"),
    ("raw", "table", "Tables of raw"),
    ("core", "macro", "Functions of core"),
)


def describe_catalog() -> str:
    """The page for the schema of this program, in Markdown."""
    with TemporaryDirectory() as folder, open_warehouse(Path(folder, "empty.duckdb")) as warehouse:
        return "\n".join(_lines(warehouse.connection))


def main() -> None:
    """Writes the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(describe_catalog(), encoding="utf-8")


def _lines(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    described = connection.execute(statement("list_described")).fetchall()
    columns: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for schema, table, *column in connection.execute(statement("list_described_columns")).fetchall():
        columns[schema, table].append((column[0], column[1], column[2]))
    yield _HEAD
    for schema, kind, title in _SECTIONS:
        yield f"## {title}\n"
        for _, _, name, comment in (each for each in described if each[:2] == (kind, schema)):
            shown = name if schema == "main" else f"{schema}.{name}"
            yield f"### {shown}\n\n{comment}\n"
            if columns[schema, name]:
                yield "| column | type | meaning |\n|---|---|---|"
                yield from (
                    f"| `{column}` | {_cell(form)} | {_cell(words)} |" for column, form, words in columns[schema, name]
                )
                yield ""


def _cell(text: str) -> str:
    """Text that does not end its cell."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
