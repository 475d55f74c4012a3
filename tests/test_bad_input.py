"""What is wrong with the input or the machine gives one line each; the rest goes in, and nothing stored is lost."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import resource
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from command import COMMAND, ROOT, Command, Finished, environment, run

FIGURE = "Cakupan BPJS Ketenagakerjaan di Kabupaten Mempawah 38,54 persen per September 2024."
ARTICLE = (
    f"{FIGURE} Angka itu disampaikan dalam rapat evaluasi para kepala dinas – kata “bupati” – di aula kantor daerah."
)
PAGE = f"<html><body><article><p>{ARTICLE}</p></article></body></html>"
ODD_NAME = os.fsdecode(b"odd \xff.txt")

BAD_FILES = {
    "empty.txt": (b"", "holds no text"),
    "blank.html": (b" \n\t " * 100, "holds no text"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "binary"),
    "menu.html": (b"<html><body><nav><a href=/>Beranda</a><a href=/n>Nasional</a></nav></body></html>", "no article"),
    "cut.html.gz": (gzip.compress(b"<p>isi</p>" * 1000)[:-20], "is not a whole gzip file"),
    "unpacks-to-50-MB.txt.gz": (gzip.compress(b"kata " * 10_000_000), "is too large"),
}
DEEP = "<div>" * 10_000 + f"<p>{ARTICLE}</p><p>{ARTICLE}</p>" + "</div>" * 10_000


@pytest.fixture(scope="module")
def bad_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three good articles among all that can be wrong with a file."""
    folder = tmp_path_factory.mktemp("bad") / "names with\nline breaks"
    folder.mkdir()
    for name, (content, _) in BAD_FILES.items():
        (folder / name).write_bytes(content)
    with (folder / "fifty-megabytes.txt").open("wb") as stream:
        stream.writelines([b"kata " * 100_000] * 100)
    os.mkfifo(folder / "pipe.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "round").symlink_to(folder)
    (folder / "good one.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "good-two.html").write_text(PAGE, encoding="utf-8")
    (folder / ODD_NAME).write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bad_run(bad_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, Path]:
    """One run over the good, the bad, a path that does not exist and an empty folder; and its data folder."""
    data, empty = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("empty")
    return run("ingest", bad_folder, bad_folder / ODD_NAME, "/no/such/path", empty, data=data), data


def test_every_file_that_failed_has_its_line_with_reason_and_remedy(
    bad_run: tuple[Finished, Path], bad_folder: Path
) -> None:
    result, _ = bad_run
    lines = result.stderr.splitlines()
    expected = {name: reason for name, (_, reason) in BAD_FILES.items()} | {
        "fifty-megabytes.txt": "is too large, more than the 5 MB that an article may have",
        "pipe.txt": "is not a regular file",
        "gone.txt": "does not exist",
    }
    shown = str(bad_folder).replace("\n", r"\n")
    for name, reason in expected.items():
        (line,) = [line for line in lines if line.startswith(f"{shown}/{name}: ")]
        assert reason in line
        assert "; " in line
    assert any(line.startswith("/no/such/path: does not exist; ") for line in lines)
    assert any(": holds no articles; " in line for line in lines)
    assert len([line for line in lines if line.startswith("/")]) == len(expected) + 2
    assert result.returncode == 1


def test_the_good_files_of_a_bad_folder_go_in_once(bad_run: tuple[Finished, Path]) -> None:
    result, data = bad_run
    assert f"{len(BAD_FILES) + 6} documents read: 3 new" in result.stderr
    assert f"{len(BAD_FILES) + 3} quarantined" in result.stderr
    ask = partial(run, "query", data=data)
    sources = json.loads(ask("select source from documents order by all", "--format", "json").stdout)
    assert [row["source"].rpartition("/")[2] for row in sources] == [
        "good%20one.txt",
        "good-two.html",
        "odd%20%FF.txt",
    ]
    quarantine = json.loads(ask("from quarantine", "--format", "json").stdout)
    assert len(quarantine) == len(BAD_FILES) + 3
    assert all(row["reason"] and row["remedy"] for row in quarantine)


@pytest.mark.parametrize("command", ["clean", "extract"])
def test_the_commands_without_a_warehouse_name_the_same_files(
    bad_run: tuple[Finished, Path], bad_folder: Path, cakupan: Command, command: str
) -> None:
    result = cakupan(command, bad_folder, "/no/such/path", "--format", "jsonl")
    assert result.returncode == 1
    assert len({json.loads(line)["document"] for line in result.stdout.splitlines()}) == 3
    named = {line.split(": ")[0] for line in result.stderr.splitlines()}
    assert named == {line.split(": ")[0] for line in bad_run[0].stderr.splitlines() if line.startswith("/")} - {
        line.split(": ")[0] for line in bad_run[0].stderr.splitlines() if "holds no articles" in line
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["article.txt", "article.html"])
def test_articles_in_other_encodings_are_read(tmp_path: Path, cakupan: Command, encoding: str, name: str) -> None:
    text = ARTICLE if name.endswith("txt") else PAGE
    (tmp_path / name).write_bytes(text.encode(encoding))
    result = cakupan("clean", name, "--format", "jsonl", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["text"] == ARTICLE


def test_an_article_with_bytes_of_two_encodings_is_read(tmp_path: Path, cakupan: Command) -> None:
    mixed = ARTICLE.encode() + "\nPenutup – dari sunting ulang, kata “sekretaris daerah”.".encode("cp1252")
    (tmp_path / "mixed.txt").write_bytes(mixed)
    result = cakupan("clean", "mixed.txt", "--format", "jsonl", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "– kata “bupati” –" in result.stdout
    assert "kata “sekretaris daerah”" in result.stdout


def test_a_page_nested_ten_thousand_deep_is_read_or_named(tmp_path: Path, cakupan: Command) -> None:
    (tmp_path / "deep.html").write_text(DEEP, encoding="utf-8")
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    result = cakupan("extract", "deep.html", "good.txt", "--format", "jsonl", cwd=tmp_path)
    found = {json.loads(line)["document"] for line in result.stdout.splitlines()}
    assert "good.txt" in found
    assert (result.returncode, result.stderr) == (0, "") if "deep.html" in found else result.returncode == 1
    assert len(result.stderr.splitlines()) <= 1


@pytest.mark.parametrize("name", ["nothing.txt", "empty", "data.csv"])
def test_nothing_to_read_is_said_at_once(tmp_path: Path, cakupan: Command, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "data.csv").touch()
    result = cakupan("ingest", name, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{name}: ")
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run("ingest", "seeds/articles", data=tmp_path / "file" / "data")
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{tmp_path}/file/data: cannot be written: Not a directory; ")


def test_a_server_that_cannot_start_or_be_reached_is_named(tmp_path: Path) -> None:
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "prefect.db").write_bytes(b"no database at all" * 100)
    result = run("ingest", "seeds/articles", data=tmp_path)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("Prefect: its embedded server did not start; ")
    assert str(tmp_path / "prefect" / "server.log") in line
    elsewhere = subprocess.run(
        [COMMAND, "ingest", "seeds/articles"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(tmp_path) | {"PREFECT_API_URL": "http://127.0.0.1:9/api"},
        timeout=60,
    )
    assert elsewhere.returncode == 1
    assert elsewhere.stderr.startswith("http://127.0.0.1:9/api: no Prefect server answers there; ")


def test_a_full_disk_is_named_and_what_was_stored_stays(tmp_path: Path, first_run: Finished, sample_data: Path) -> None:
    """The limit on the size of files makes the system refuse to write, as a full disk does."""
    data, articles = tmp_path / "data", tmp_path / "articles"
    assert first_run.returncode == 0
    shutil.copytree(sample_data, data)
    articles.mkdir()
    for number in range(20):
        # Words that no compression makes small.
        digests = (hashlib.sha256(f"{number} {line}".encode()).hexdigest() for line in range(1500))
        words = "\n".join(digests).translate(str.maketrans("0123456789", "ghijklmnop"))
        (articles / f"{number}.txt").write_text(f"{ARTICLE}\n{words}\n", encoding="utf-8")
    count = ("query", "select count(*) from observations", "--format", "csv")
    before = run(*count, data=data).stdout
    limit = (data / "cakupan-work.duckdb").stat().st_size + 100_000
    result = subprocess.run(
        [COMMAND, "ingest", articles],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(data),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "disk is full" in result.stderr.splitlines()[-1]
    assert run(*count, data=data).stdout == before
    assert run("audit", data=data).returncode == 0
    again = run("ingest", articles, data=data)
    assert again.returncode == 0, again.stderr
    assert "20 documents read" in again.stderr
