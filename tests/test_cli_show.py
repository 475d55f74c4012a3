"""What figures, rows and settings look like."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows.show import one_line, show_value
from flows.tables import plain_cell, plain_fields, show_records, show_table
from tasks.errors import UsageError
from tasks.settings import read_settings
from tasks.versions import cleaner_version, code_version, extractor_version


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("38.540000", "percent", "38.54 %"),
        ("100", "percent", "100 %"),
        ("1", "percentage_point", "1 point"),
        ("2.5", "percentage_point", "2.5 points"),
        ("8380", "person", "8,380 people"),
        ("1", "person", "1 person"),
        ("42000000.00", "IDR", "Rp 42,000,000"),
        ("1", "case", "1 case"),
        ("27", "employer", "27 employers"),
        ("12345678901234567890123456789012.5", "IDR", "Rp 12,345,678,901,234,567,890,123,456,789,012.5"),
        ("-0.3", "percentage_point", "-0.3 points"),
        ("3", "hectare", "3 hectare"),
    ],
)
def test_a_value_is_shown_as_it_is_read_aloud(value: str, unit: str, shown: str) -> None:
    assert show_value(Decimal(value), unit) == shown


def test_ranges_ranks_and_rates_are_shown_with_what_they_are_of() -> None:
    assert show_value(Decimal(5), "rank", of=Decimal("14.000000")) == "rank 5 of 14"
    assert show_value(Decimal(1), "person", value_max=Decimal(1500)) == "1–1,500 people"
    assert show_value(Decimal(16800), "IDR", per="month") == "Rp 16,800 per month"


def test_control_characters_are_written_out() -> None:
    assert one_line("a\nb\x1b[31m\tc – d\u2028e\udcff") == r"a\nb\x1b[31m\tc – d\u2028e\udcff"


def test_cells_are_exact_and_plain() -> None:
    assert plain_cell(Decimal("1234567.500000")) == "1234567.5"
    assert plain_cell(None) == ""
    assert plain_cell(["JKK", "JKM"]) == '["JKK", "JKM"]'
    assert plain_cell(datetime(2026, 11, 21, 9, 30, tzinfo=UTC)) == "2026-11-21T09:30:00+00:00"
    assert plain_fields({"a": Decimal("38.540000"), "b": Decimal(7), "c": [Decimal("0.1")], "d": date(2024, 9, 1)}) == {
        "a": 38.54,
        "b": 7,
        "c": [0.1],
        "d": "2024-09-01",
    }
    assert plain_fields({"large": Decimal("12345678901234567.25")}) == {"large": "12345678901234567.25"}


def test_a_table_fits_its_width_and_names_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    row = ("Kabupaten Ogan Komering Ulu Selatan", "participants_target", "1,234,567 people", "kata " * 20)
    table = show_table(("region", "metric", "value", "quote"), [row])
    assert all(len(line) <= 60 for line in table.splitlines())
    assert "participants_target" in table
    assert "1,234,567 people" in table


def test_rows_too_wide_for_a_table_become_blocks_without_empty_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    columns = [f"column_{number}" for number in range(8)]
    shown = show_records(columns, [["", "[]", *(["filled"] * 6)]])
    assert shown.splitlines()[0] == "── 1 ".ljust(60, "─")
    assert shown.splitlines()[1] == "column_2  filled"
    assert len(shown.splitlines()) == 7
    assert show_records(["a", "b"], [["1", "2"]]).splitlines()[0].split() == ["a", "b"]


def test_settings_move_everything_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAKUPAN_DATA", str(tmp_path / "elsewhere"))
    assert read_settings().published == tmp_path / "elsewhere" / "cakupan.duckdb"
    named = read_settings(tmp_path / "my.duckdb")
    assert (named.published, named.warehouse) == (tmp_path / "my.duckdb", tmp_path / "my-work.duckdb")
    assert (named.snapshots, named.prefect) == (tmp_path / "snapshots", tmp_path / "prefect")
    assert read_settings(tmp_path).published == tmp_path / "cakupan.duckdb"
    monkeypatch.delenv("CAKUPAN_DATA")
    monkeypatch.chdir(tmp_path)
    assert read_settings().data == Path.cwd() / "data"
    with pytest.raises(UsageError):
        read_settings("notes.txt")


def test_versions_follow_the_sources_and_seeds_that_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tasks import versions

    assert len({cleaner_version(), extractor_version(), code_version()}) == 3
    used = {path.name for path in versions._with_seeds(versions._files("tasks/clean"))}
    assert "boilerplate.csv" in used
    assert "regions.csv" not in used
    seed = tmp_path / "boilerplate.csv"
    seed.write_text("another rule")
    before = versions._version([versions._ROOT / "tasks" / "records.py"])
    monkeypatch.setattr(versions, "_ROOT", tmp_path)
    assert versions._version([seed]) != before
    first = versions._version([seed])
    seed.write_text("a third rule")
    assert versions._version([seed]) != first
