"""`cakupan clean` and `cakupan extract`: files in, text and figures out, no warehouse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from command import COMMAND, ROOT, Command

FIGURE = "Cakupan kepesertaan BPJS Ketenagakerjaan di Kabupaten Mempawah 38,54 persen per September 2024."
ARTICLE = (
    f"{FIGURE} Angka itu disampaikan dalam rapat evaluasi bersama para kepala dinas di aula kantor bupati "
    "pada pagi hari."
)
OBSERVATION_KEYS = {
    *("document", "metric", "value", "unit", "of", "region_code", "region_name", "region_level", "period"),
    *("segment", "segment_text", "programs", "qualifier", "quote", "quote_start", "quote_end", "rule"),
}
ARTICLE_KEYS = {
    *(
        "document",
        "title",
        "published_at",
        "published_raw",
        "authors",
        "publisher",
        "url",
        "next_pages",
        "text",
        "removed",
    ),
}


def write(path: Path, text: str = ARTICLE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_extract_writes_a_line_a_figure_with_the_words_that_state_it(tmp_path: Path, cakupan: Command) -> None:
    write(tmp_path / "a.txt")
    result = cakupan("extract", "a.txt", "--format", "jsonl", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    (line,) = map(json.loads, result.stdout.splitlines())
    assert line.keys() >= OBSERVATION_KEYS
    assert (line["document"], line["metric"], line["value"]) == ("a.txt", "coverage_rate", "38.54")
    assert (line["region_code"], line["period"]) == ("61.02", "2024-09")
    assert ARTICLE[line["quote_start"] : line["quote_end"]] == line["quote"]
    assert isinstance(line["programs"], list)
    assert line["evidence"]["region"]["text"] == "Kabupaten Mempawah"


def test_extract_shows_a_table_that_a_person_can_read(cakupan: Command) -> None:
    result = cakupan("extract", "seeds/articles")
    assert result.returncode == 0
    assert "38.54 %" in result.stdout
    assert "8,380 people" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_clean_writes_text_for_reading_and_lines_for_programs(tmp_path: Path, cakupan: Command) -> None:
    write(tmp_path / "a.txt")
    shown = cakupan("clean", "a.txt", cwd=tmp_path)
    assert shown.stdout.startswith("==> a.txt <==\n")
    assert ARTICLE in shown.stdout
    line = json.loads(cakupan("clean", "a.txt", "--format", "jsonl", cwd=tmp_path).stdout)
    assert line.keys() >= ARTICLE_KEYS
    assert (line["document"], line["text"]) == ("a.txt", ARTICLE)


def test_clean_writes_a_file_for_each_article_into_a_new_folder(tmp_path: Path, cakupan: Command) -> None:
    result = cakupan("clean", ROOT / "seeds" / "articles", "--out", tmp_path / "new" / "texts")
    assert (result.returncode, result.stdout) == (0, "")
    written = sorted(path.name for path in (tmp_path / "new" / "texts").iterdir())
    articles = [path for path in (ROOT / "seeds" / "articles").iterdir() if path.suffix in {".txt", ".html"}]
    assert written == sorted(f"{path.stem}.txt" for path in articles)


def test_clean_never_writes_over_what_it_reads_or_has_written(tmp_path: Path, cakupan: Command) -> None:
    one, two = write(tmp_path / "a.txt"), write(tmp_path / "below" / "a.txt", ARTICLE.replace("38,54", "40"))
    in_place = cakupan("clean", "a.txt", "below", "--out", ".", cwd=tmp_path)
    assert in_place.returncode == 1
    assert [line.split(":")[0] for line in in_place.stderr.splitlines()] == ["a.txt", "below/a.txt"]
    assert (one.read_text(), two.read_text()) == (ARTICLE, ARTICLE.replace("38,54", "40"))
    clash = cakupan("clean", "a.txt", "below", "--out", "texts", cwd=tmp_path)
    assert clash.returncode == 1
    assert clash.stderr.startswith("below/a.txt: its text would overwrite texts/a.txt; ")
    assert (tmp_path / "texts" / "a.txt").read_text() == ARTICLE + "\n"


def test_failures_are_named_and_the_other_files_go_through(tmp_path: Path, cakupan: Command) -> None:
    write(tmp_path / "good.txt")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty.txt").touch()
    result = cakupan("extract", "nothing.txt", "good.txt", "binary.txt", "empty.txt", "--format", "jsonl", cwd=tmp_path)
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "nothing.txt",
        "binary.txt",
        "empty.txt",
    ]
    assert all(line.count(";") >= 1 for line in result.stderr.splitlines())


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path: Path, cakupan: Command) -> None:
    (tmp_path / "two\nlines \x1b[31m.txt").touch()
    result = cakupan("clean", ".", cwd=tmp_path)
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(r"two\nlines \x1b[31m.txt: ")


def test_a_reader_that_stops_early_ends_the_command_quietly() -> None:
    line = f"{COMMAND} clean seeds/articles --format jsonl | head -c 10"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert (result.stdout, result.stderr) == ('{"document', "")


def test_text_commands_load_neither_prefect_nor_the_warehouse() -> None:
    code = (
        "import sys; sys.argv = ['cakupan', 'extract', 'seeds/articles/01-mempawah-cakupan.txt']\n"
        "import atexit; atexit.register(lambda: print({'prefect', 'duckdb', 'pandas'} & set(sys.modules)))\n"
        "from flows.cli import main; main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert result.stdout.splitlines()[-1] == "set()"
