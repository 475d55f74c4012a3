"""`cakupan ingest` and the commands that read, as a person uses them: the real command in its own process."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, ROOT, Command, Finished, environment, run

COUNTS = r"\d+ documents read: \d+ new, \d+ changed, \d+ unchanged, \d+ quarantined; observations: \d+ added, "
OWN_LINES = re.compile(
    rf"batch \d+: {COUNTS}.*|run \S+ done: {COUNTS}.*|passed over, not a kind of file that is read: .*"
    r"|findings: \d+ added, \d+ changed, \d+ gone"
)
NOTHING_NEW = "0 new, 0 changed, 10 unchanged, 0 quarantined; observations: 0 added, 0 changed, 0 gone"


def rows(sample: Command, sql: str) -> list[dict[str, object]]:
    result = sample("query", sql, "--format", "json")
    assert result.returncode == 0, result.stderr
    parsed: list[dict[str, object]] = json.loads(result.stdout)
    return parsed


def test_the_first_run_says_what_it_did_what_it_found_and_what_to_do_next(
    first_run: Finished, sample_data: Path
) -> None:
    assert first_run.returncode == 0
    lines = first_run.stderr.splitlines()
    assert [line for line in lines if not OWN_LINES.fullmatch(line)] == []
    assert sum(line.startswith("batch 1: 10 documents read: 10 new") for line in lines) == 1
    assert re.split(r"\s{2,}", first_run.stdout.splitlines()[1]) == [
        *("region", "metric", "value", "period", "publisher")
    ]
    assert "38.54 %" in first_run.stdout
    assert "Rp 42,000,000" in first_run.stdout
    assert f"{sample_data}/cakupan-work.duckdb" in first_run.stdout
    assert f"{sample_data}/cakupan.duckdb" in first_run.stdout
    assert max(map(len, first_run.stdout.splitlines())) <= max(100, len(str(sample_data)) + 60)


def test_all_that_a_run_keeps_lies_in_the_data_folder(sample: Command, sample_data: Path) -> None:
    assert {path.name for path in sample_data.iterdir()} >= {
        *("cakupan.duckdb", "cakupan-work.duckdb", "snapshots", "prefect")
    }
    snapshots = {str(path.relative_to(sample_data)) for path in sample_data.glob("snapshots/*/*")}
    assert {row["snapshot_path"] for row in rows(sample, "select snapshot_path from lineage")} <= snapshots


def test_the_commands_that_a_run_suggests_work(first_run: Finished, sample: Command) -> None:
    query, trace = re.findall(r'cakupan (query|trace) (?:"([^"]+)"|(\S+))', first_run.stdout)
    assert "38,54 persen" in sample("query", query[1]).stdout
    assert f"observation   {trace[2]}" in sample("trace", trace[2]).stdout


def test_every_quote_stands_where_the_warehouse_says(sample: Command) -> None:
    (row,) = rows(
        sample,
        "select count(*) as all, count(*) filter (substr(text, quote_start + 1, quote_end - quote_start) = quote)"
        " as found from observations join documents using (document_id)",
    )
    assert row["all"] == row["found"]
    assert row["all"]


def test_a_second_run_changes_nothing_and_needs_no_network(sample: Command, sample_data: Path) -> None:
    """In a network namespace of its own, where the machine allows one, only loopback exists."""
    cut_off = ["unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    can_cut_off = subprocess.run([*cut_off, "true"], capture_output=True).returncode == 0
    before = rows(sample, "select observation_id, first_run_id from observations order by all")
    result = subprocess.run(
        [*(cut_off if can_cut_off else []), COMMAND, "ingest", "seeds/articles"],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env=environment(sample_data),
    )
    assert result.returncode == 0, result.stderr
    assert NOTHING_NEW in result.stderr
    assert rows(sample, "select observation_id, first_run_id from observations order by all") == before


def test_query_writes_tables_for_reading_and_csv_and_json_for_programs(sample: Command) -> None:
    sql = "select region_name, value, period_end, programs from observations where value = 38.54 limit 1"
    table = sample("query", sql)
    assert table.stdout.splitlines()[0].split() == ["region_name", "value", "period_end", "programs"]
    assert "38.54" in table.stdout
    (row,) = csv.DictReader(io.StringIO(sample("query", sql, "--format", "csv").stdout))
    assert (row["region_name"], row["value"]) == ("Kabupaten Mempawah", "38.54")
    (fields,) = json.loads(sample("query", sql, "--format", "json").stdout)
    assert (fields["value"], fields["programs"]) == (38.54, [])
    assert sample("query", f"from ({sql}) where value < 0").stdout == "no rows\n"


def test_query_shows_wide_rows_as_blocks(sample: Command) -> None:
    result = sample("query", "from observations order by region_code, metric limit 2")
    assert result.stdout.count("observation_id") == 2
    assert result.stdout.splitlines()[0] == "── 1 ".ljust(100, "─")
    assert re.search(r"^quote {2,}\S", result.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["query", "selec 1"], 2, "the query: "),
        (["query", "create table t (a int)"], 2, "the query: "),
        (["query", "from 'seeds/regions.csv'"], 2, "the query: "),
        (["query"], 2, "cakupan: Missing argument 'SQL'; see cakupan query --help"),
        (["trace", "ffffffffffffffff"], 2, "ffffffffffffffff: is no observation; "),
        (["trace", "f"], 2, "f: is too short; "),
        (["nonsense"], 2, "cakupan: No such command 'nonsense'; see cakupan --help"),
        (["ingest"], 2, "cakupan: Missing argument 'PATH'; see cakupan ingest --help"),
        (["ingest", "seeds/articles", "--warehouse", "notes.txt"], 2, "notes.txt: is not the name of a warehouse; "),
        (["audit", "--warehouse", "nothing.duckdb"], 1, "nothing.duckdb: is not there"),
    ],
)
def test_wrong_use_gives_one_line_and_the_status_says_so(
    sample: Command, arguments: list[str], status: int, message: str
) -> None:
    result = sample(*arguments)
    assert (result.returncode, result.stdout) == (status, "")
    (line,) = result.stderr.splitlines()
    assert message in line


def test_trace_shows_the_sentence_with_the_quote_marked_and_the_way_back(sample: Command) -> None:
    (row,) = rows(sample, "select observation_id, quote from observations where value = 38.54 limit 1")
    shown = sample("trace", str(row["observation_id"])[:10]).stdout
    assert shown.startswith("38.54 % · coverage_rate · Kabupaten Mempawah (61.02) · 2024-09\n")
    assert f"[{row['quote']}]" in shown
    for name in ("rule", "region", "period", "article", "source", "snapshot", "first run", "last run"):
        assert re.search(rf"^{name} +\S", shown, re.MULTILINE), name
    assert "seeds/articles/" in shown


def test_audit_passes_on_what_was_published(sample: Command) -> None:
    result = sample("audit")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("every audit passes\n")


def test_help_and_version_are_for_newcomers(cakupan: Command) -> None:
    overview = cakupan("--help").stdout
    for command in ("ingest", "clean", "extract", "query", "trace", "audit"):
        assert command in overview
        result = cakupan(command, "--help")
        assert result.returncode == 0
        assert f"Example: cakupan {command} " in result.stdout or command == "audit"
    assert re.fullmatch(r"cakupan \d+\.\d+\.\d+\+[0-9a-f]{8}\n", cakupan("--version").stdout)


def test_a_second_command_waits_for_its_turn_and_can_be_interrupted(tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [COMMAND, "ingest", "seeds/articles"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(tmp_path),
        )
        assert process.stderr is not None
        assert process.stderr.readline() == f"{tmp_path}: another run is at work here; waiting for it to end\n"
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=60)
    assert process.returncode == 130
    assert messages.startswith("cakupan: interrupted; ")
    assert len(messages.splitlines()) == 1


def test_a_run_that_is_interrupted_or_killed_is_completed_by_the_next(
    tmp_path: Path, first_run: Finished, sample_data: Path
) -> None:
    articles, data = tmp_path / "articles", tmp_path / "data"
    # Prefect's database as the first run left it: making one takes four seconds.
    shutil.copytree(sample_data / "prefect", data / "prefect")
    articles.mkdir()
    source = (ROOT / "seeds" / "articles" / "01-mempawah-cakupan.txt").read_text(encoding="utf-8")
    for number in range(350):
        (articles / f"{number:03}.txt").write_text(f"{source}\nArsip nomor {number}.\n", encoding="utf-8")
    assert _stop_after_first_batch(articles, data, signal.SIGINT) == 130
    assert _stop_after_first_batch(articles, data, signal.SIGKILL) == -signal.SIGKILL
    last = run("ingest", articles, data=data)
    assert last.returncode == 0, last.stderr
    assert "350 documents read: 50 new, 0 changed, 300 unchanged" in last.stderr
    query = "select count(*) as rows, count(distinct source) as sources from documents"
    assert json.loads(run("query", query, "--format", "json", data=data).stdout) == [{"rows": 350, "sources": 350}]
    assert run("audit", data=data).returncode == 0


def _stop_after_first_batch(articles: Path, data: Path, how: signal.Signals) -> int:
    """Stops a run once its first batch is in; gives the exit status."""
    process = subprocess.Popen(
        [COMMAND, "ingest", articles],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(data) | {"CAKUPAN_DOCUMENTS_A_BATCH": "300"},
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("batch 1: 300 documents read")
    process.send_signal(how)
    messages = process.communicate(timeout=60)[1]
    assert "Traceback" not in messages
    return process.returncode
