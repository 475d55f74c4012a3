"""The command `cakupan`: what a person types, and what it answers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.failures import run_command

app = typer.Typer(
    name="cakupan",
    help="Figures on Indonesian employment social security, from news articles into a DuckDB warehouse, "
    "each with the words that state it.",
    epilog="Start with: cakupan ingest seeds/articles",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files (.html, .htm, .txt, also with .gz) and folders of them."),
]
WarehouseOption = Annotated[
    str | None,
    typer.Option(
        "--warehouse",
        metavar="PATH",
        help="The published copy (a .duckdb file) or its folder; all else is kept beside it. "
        "Default: cakupan.duckdb in CAKUPAN_DATA, or in data/.",
    ),
]


class ArticleFormat(StrEnum):
    """How `clean` writes an article."""

    text = "text"
    jsonl = "jsonl"


class ObservationFormat(StrEnum):
    """How `extract` writes observations."""

    table = "table"
    jsonl = "jsonl"


class QueryFormat(StrEnum):
    """How `query` writes rows."""

    table = "table"
    csv = "csv"
    json = "json"


def main() -> None:
    """Runs the command and ends the process: 0 done, 1 done with failures that are named, 2 wrong usage."""
    run_command(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        from tasks.versions import code_version

        typer.echo(f"cakupan {code_version()}")
        raise typer.Exit


@app.callback()
def cakupan(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Options of the command itself."""


@app.command(epilog="Example: cakupan ingest articles/ page.html")
def ingest(paths: Paths, warehouse: WarehouseOption = None) -> int:
    """Read articles, clean them, take their figures, and bring them into the warehouse.

    What is there already and unchanged is left alone, so that the same command can be run again at any time.
    """
    from flows.run import ingest_files

    return ingest_files(paths, warehouse)


@app.command(epilog="Example: cakupan replay --since 2026-01-01 --adopt")
def replay(
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="Only pages and files received since then (YYYY-MM-DD)."),
    ] = None,
    adopt: Annotated[bool, typer.Option("--adopt", help="Take the result over instead of only showing it.")] = False,
    warehouse: WarehouseOption = None,
) -> int:
    """Read stored pages and files again with today's rules, those in quarantine too, and show what would change."""
    from flows.replaying import replay_stored

    return replay_stored(since, adopt, warehouse)


@app.command(epilog="Example: cakupan clean page.html --out texts/")
def clean(
    paths: Paths,
    form: Annotated[ArticleFormat, typer.Option("--format", help="Text for reading, or a JSON line an article.")] = (
        ArticleFormat.text
    ),
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write NAME.txt for each article into this folder."),
    ] = None,
) -> int:
    """Show the article of a page, without navigation, advertisements and notices; needs no warehouse."""
    from flows.texts import clean_files

    return clean_files(paths, form, out)


@app.command(epilog="Example: cakupan extract article.txt --format jsonl")
def extract(
    paths: Paths,
    form: Annotated[ObservationFormat, typer.Option("--format", help="A table, or a JSON line a figure.")] = (
        ObservationFormat.table
    ),
) -> int:
    """Show the figures that articles state; needs no warehouse."""
    from flows.texts import extract_files

    return extract_files(paths, form)


@app.command(epilog='Example: cakupan query "from observations order by region_code, metric"')
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A query in DuckDB's SQL.")],
    form: Annotated[QueryFormat, typer.Option("--format", help="A table, CSV or JSON.")] = QueryFormat.table,
    warehouse: WarehouseOption = None,
) -> int:
    """Run SQL on the published copy.

    Its views are observations, coverage, coverage_latest, coverage_gap, findings, agreements, regulations, documents,
    runs, quarantine and lineage; "describe observations" shows the columns of one.
    """
    from flows.reading import show_query

    return show_query(sql, form, warehouse)


@app.command(epilog="Example: cakupan trace 3f2a")
def trace(
    observation_id: Annotated[
        str,
        typer.Argument(metavar="OBSERVATION_ID", help="An observation_id, or the first characters of one."),
    ],
    warehouse: WarehouseOption = None,
) -> int:
    """Show the way back from a figure: its sentence, article, file, run, and the rule that took it."""
    from flows.reading import show_trace

    return show_trace(observation_id, warehouse)


@app.command(epilog="Example: cakupan audit")
def audit(warehouse: WarehouseOption = None) -> int:
    """Check the stored data against its own rules; exit status 1 if any row breaks one."""
    from flows.reading import show_audit

    return show_audit(warehouse)


SourcesFile = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="A file of sources instead of the project's own."),
]
sources_app = typer.Typer(
    help="List the sources, or try them.", invoke_without_command=True, epilog="Example: cakupan sources check antara"
)
app.add_typer(sources_app, name="sources")


@app.command(epilog="Example: cakupan refresh --source antara-kalbar")
def refresh(
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="ID", help="Only this source; can be given several times."),
    ] = None,
    file: SourcesFile = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="Also keep answers as they came over the line, in WARC files.")
    ] = False,
    warehouse: WarehouseOption = None,
) -> int:
    """Find new and changed articles of the sources on the web, and bring them into the warehouse.

    Publishers are asked rarely, slowly and only as their robots.txt allows; what did not change is not fetched again.
    """
    from flows.sources import refresh_sources

    return refresh_sources(source or [], warehouse, file, archive=archive)


@app.command(epilog="Example: cakupan up")
def up(
    only_prepare: Annotated[
        bool, typer.Option("--only-prepare", help="Make work pool, deployments and automations, and end.")
    ] = False,
) -> int:
    """Start a Prefect server and a worker here, with all deployments and their schedules, until Ctrl-C.

    With PREFECT_API_URL set, that server is used instead of starting one. docs/deploy.md says more.
    """
    from flows.up import run_all

    return run_all(only_prepare=only_prepare)


@sources_app.callback()
def sources(context: typer.Context, file: SourcesFile = None) -> int:
    """List the sources: who publishes articles, and how they are asked."""
    from flows.sources import list_sources

    return 0 if context.invoked_subcommand else list_sources(file)


@sources_app.command("check", epilog="Example: cakupan sources check antara-kalbar")
def check_sources(
    source: Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Sources; all by default.")] = None,
    file: SourcesFile = None,
) -> int:
    """Try sources: read their lists and the newest article; needs no warehouse. Exit status 1 if one fails."""
    from flows.sources import check_sources as check

    return check(source or [], file)
