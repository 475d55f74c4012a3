"""The data dictionary says what the catalog says."""

from __future__ import annotations

from warehouse.dictionary import PAGE, describe_catalog


def test_the_page_is_that_of_todays_catalog() -> None:
    assert PAGE.read_text(encoding="utf-8") == describe_catalog(), "docs/data-dictionary.md is stale: make dictionary"


def test_the_page_names_what_users_rely_on() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in ("observations", "coverage_gap", "findings", "observations_as_of(day)", "core.observation_history"):
        assert f"\n### {name}\n" in page
    assert "None" not in page
