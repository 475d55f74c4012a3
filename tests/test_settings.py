"""Settings: where they come from, which goes first, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from settings_table import PAGE, page, table

from tasks.errors import UsageError
from tasks.settings import read_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAKUPAN_DATA", raising=False)
    return tmp_path


def test_the_environment_goes_before_dotenv_and_that_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_settings().silent_days == 14
    (folder / "cakupan.toml").write_text('silent_days = 3\nreadable_floor = 0.5\nallowed_hosts = ["a.example"]\n')
    assert (read_settings().silent_days, read_settings().readable_floor) == (3, 0.5)
    assert read_settings().allowed_hosts == ("a.example",)
    (folder / ".env").write_text("CAKUPAN_SILENT_DAYS=5\nPREFECT_API_URL=http://elsewhere.example/api\n")
    assert read_settings().silent_days == 5
    monkeypatch.setenv("CAKUPAN_SILENT_DAYS", "7")
    monkeypatch.setenv("CAKUPAN_ALLOWED_HOSTS", ".localhost, Kota.Example ,")
    assert (read_settings().silent_days, read_settings().readable_floor) == (7, 0.5)
    assert read_settings().allowed_hosts == (".localhost", "kota.example")
    monkeypatch.setenv("CAKUPAN_SILENT_DAYS", "")
    assert read_settings().silent_days == 5


def test_a_warehouse_goes_before_the_data_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAKUPAN_DATA", "~/elsewhere")
    monkeypatch.setenv("HOME", str(folder))
    assert read_settings().data == folder / "elsewhere"
    assert read_settings(folder / "my.duckdb").data == folder
    assert read_settings(folder / "my.duckdb").published == folder / "my.duckdb"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "CAKUPAN_DOCUMENTS_A_BATCH",
            "many",
            "CAKUPAN_DOCUMENTS_A_BATCH: cannot be 'many': input should be",
        ),
        (
            "CAKUPAN_READABLE_FLOOR",
            "1.5",
            "CAKUPAN_READABLE_FLOOR: cannot be '1.5': input should",
        ),
        ("CAKUPAN_SERVER_PORT", "0", "CAKUPAN_SERVER_PORT: cannot be '0': "),
        ("CAKUPAN_CONTRACT", "a@b.example", r"CAKUPAN_CONTRACT: is no setting \(environment\); .*docs/settings.md"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=said):
        read_settings()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (".env", "CAKUPAN_CONTRACT=x\n", r"CAKUPAN_CONTRACT: is no setting \(\.env\)"),
        ("cakupan.toml", "contract = 'x'\n", r"contract: is no setting \(cakupan\.toml\)"),
        ("cakupan.toml", "silent_days = \n", "cakupan.toml: cannot be read: "),
    ],
)
def test_a_wrong_file_is_named(folder: Path, file: str, content: str, said: str) -> None:
    (folder / file).write_text(content)
    with pytest.raises(UsageError, match=said):
        read_settings()


def test_the_table_is_written_from_the_class() -> None:
    assert table() in PAGE.read_text(encoding="utf-8")
    assert page() == PAGE.read_text(encoding="utf-8")
