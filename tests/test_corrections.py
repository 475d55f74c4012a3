"""Reviewed corrections: what they change, what they must find, and files that cannot be meant."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from calling import call
from expected import take

from tasks import documents
from tasks.corrections import COLUMNS, Correction, apply_corrections, correct_document, read_corrections
from tasks.errors import SeedError
from tasks.records import Article, Document, Evidence, Extraction, Observation, Rejection, Snapshot

SAMPLE = Path(__file__).resolve().parent.parent / "seeds" / "articles" / "01-mempawah-cakupan.txt"
LINE = {
    "correction_id": "c-001",
    "document": "articles/01-mempawah-cakupan.txt",
    "quote": "terkerek ke 38,54 persen",
    "metric": "coverage_rate",
    "value": "38.54",
    "action": "drop",
    "field": "",
    "new_value": "",
    "reason": "a typing error, says the agency",
    "status": "active",
    "reviewed_on": "2026-11-21",
}
OVERRIDE = LINE | {"action": "override", "field": "value", "new_value": "38.45"}

Writer = Callable[..., tuple[Correction, ...]]


@pytest.fixture
def corrections(tmp_path: Path) -> Writer:
    """Writes lines into a file of corrections and reads it."""

    def write_and_read(*lines: dict[str, str]) -> tuple[Correction, ...]:
        path = tmp_path / "corrections.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows(lines)
        read_corrections.cache_clear()
        return read_corrections(str(path))

    return write_and_read


@pytest.fixture(scope="module")
def taken() -> tuple[Article, Extraction]:
    """A sample article and what the rules read in it."""
    return take(SAMPLE)


def observation_of(extraction: Extraction, value: str) -> Observation:
    (found,) = [each for each in extraction.observations if each.value == Decimal(value)]
    return found


def document_of(article: Article, extraction: Extraction) -> Document:
    snapshot = Snapshot(
        source=article.source, content=b"", sha256=article.snapshot_sha256, retrieved_at="2026-11-21T00:00:00+00:00"
    )
    return Document(snapshot=snapshot, article=article, extraction=extraction)


def test_the_file_of_the_project_can_be_read() -> None:
    read_corrections()


def test_a_drop_takes_the_figure_away_and_explains_its_number(
    corrections: Writer, taken: tuple[Article, Extraction]
) -> None:
    _, extraction = taken
    corrected = apply_corrections(extraction, corrections(LINE))
    dropped = observation_of(extraction, "38.54")
    (match,) = corrected.corrections
    assert (match.correction_id, match.value, match.quote) == ("c-001", dropped.value, dropped.quote)
    assert match.observation is None
    assert corrected.observations == tuple(each for each in extraction.observations if each != dropped)
    (number,) = [each for each in corrected.numbers if each.role == "correction"]
    assert (number.text, number.explanation) == (
        "38,54 persen",
        "dropped by correction c-001: a typing error, says the agency",
    )
    assert len(corrected.numbers) == len(extraction.numbers)


def test_a_flag_changes_the_rule_alone(corrections: Writer, taken: tuple[Article, Extraction]) -> None:
    _, extraction = taken
    corrected = apply_corrections(extraction, corrections(LINE | {"action": "flag"}))
    before = observation_of(extraction, "38.54")
    assert observation_of(corrected, "38.54") == replace(before, rule=f"{before.rule} (flagged: c-001)")
    assert corrected.numbers == extraction.numbers


@pytest.mark.parametrize(
    ("field", "new_value", "changes"),
    [
        ("value", "38.45", {"value": Decimal("38.45")}),
        ("metric", "participants", {"metric": "participants", "unit": "person"}),
        ("of", "14", {"of": Decimal(14)}),
        (
            "region_code",
            "61.01",
            {"region_code": "61.01", "region_name": "Kabupaten Sambas", "region_level": "kabupaten"},
        ),
        ("region_code", "", {"region_code": None, "region_name": None, "region_level": None}),
        ("period", "2024-08", {"period": "2024-08"}),
        ("period", "2024-01/2024-08", {"period": "2024-01/2024-08"}),
        ("period", "", {"period": None}),
        ("segment", "petani", {"segment": "petani"}),
        ("programs", "JKK JKM", {"programs": ("JKK", "JKM")}),
        ("qualifier", "approx", {"qualifier": "approx"}),
    ],
)
def test_an_override_changes_its_field(
    corrections: Writer, taken: tuple[Article, Extraction], field: str, new_value: str, changes: dict[str, Any]
) -> None:
    _, extraction = taken
    line = OVERRIDE | {"field": field, "new_value": new_value}
    corrected = apply_corrections(extraction, corrections(line))
    before = observation_of(extraction, "38.54")
    (after,) = [each for each in corrected.observations if each not in extraction.observations]
    evidence = {"region_evidence": before.region_evidence, "period_evidence": before.period_evidence}
    assert replace(after, **evidence) == replace(before, rule=f"{before.rule} (corrected: c-001)", **changes)


@pytest.mark.parametrize(("field", "new_value"), [("region_code", "61.01"), ("period", "2024-08")])
def test_a_corrected_region_or_period_rests_on_the_reason(
    corrections: Writer, taken: tuple[Article, Extraction], field: str, new_value: str
) -> None:
    corrected = apply_corrections(taken[1], corrections(OVERRIDE | {"field": field, "new_value": new_value}))
    after = observation_of(corrected, "38.54")
    evidence = after.period_evidence if field == "period" else after.region_evidence
    assert evidence == Evidence(basis="correction c-001", text=LINE["reason"])


def test_corrections_of_one_figure_add_up_whatever_their_order(
    corrections: Writer, taken: tuple[Article, Extraction]
) -> None:
    _, extraction = taken
    second = OVERRIDE | {"correction_id": "c-002", "field": "period", "new_value": "2024-08"}
    for lines in ([OVERRIDE, second], [second, OVERRIDE]):
        corrected = apply_corrections(extraction, corrections(*lines))
        after = observation_of(corrected, "38.45")
        assert after.period == "2024-08"
        assert {(each.correction_id, each.value) for each in corrected.corrections} == {
            ("c-001", Decimal("38.54")),
            ("c-002", Decimal("38.54")),
        }
        assert all(each.observation == after for each in corrected.corrections)


@pytest.mark.parametrize(
    "other",
    [
        {"quote": "38,54 persen pada tahun depan"},
        {"quote": "menempati peringkat"},
        {"metric": "coverage_target"},
        {"value": "38.12"},
    ],
)
def test_words_metric_and_value_must_all_be_those_of_the_figure(
    corrections: Writer, taken: tuple[Article, Extraction], other: dict[str, str]
) -> None:
    _, extraction = taken
    assert apply_corrections(extraction, corrections(LINE | other)) == extraction


@pytest.mark.parametrize(
    ("document", "is_about"),
    [
        ("https://koran.example/berita/1", True),
        ("https://koran.example/berita/1?utm=2", True),
        ("https://koran.example/berita", False),
        ("folder/berkas baru.html", True),
        ("/data/folder/berkas baru.html", True),
        ("baru.html", False),
    ],
)
def test_documents_are_named_by_address_or_by_the_end_of_a_path(
    corrections: Writer, document: str, is_about: bool
) -> None:
    (correction,) = corrections(LINE | {"document": document})
    page = Article(
        source="https://koran.example/berita/1?utm=2",
        url="https://koran.example/berita/1",
        snapshot_sha256="0" * 64,
        text="",
    )
    file = replace(page, source="file:///data/folder/berkas%20baru.html", url=None)
    assert correction.is_about(page if "://" in document else file) is is_about


def test_a_correction_that_matches_nothing_sets_its_document_aside(
    corrections: Writer, taken: tuple[Article, Extraction]
) -> None:
    document = document_of(*taken)
    lost = LINE | {"correction_id": "c-002", "value": "99"}
    rejection = correct_document(document, corrections(LINE, lost))
    assert isinstance(rejection, Rejection)
    assert (rejection.source, rejection.stage, rejection.kind) == (document.article.source, "extract", "correction")
    assert "correction c-002 of" in rejection.reason
    assert "c-001" not in rejection.reason


@pytest.mark.parametrize("other", [{"status": "retired"}, {"document": "another.txt"}])
def test_retired_corrections_and_those_of_other_documents_change_nothing(
    corrections: Writer, taken: tuple[Article, Extraction], other: dict[str, str]
) -> None:
    document = document_of(*taken)
    assert correct_document(document, corrections(LINE | {"value": "99"} | other)) is document


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (LINE | {"correction_id": ""}, "correction_id is empty"),
        (LINE | {"quote": " "}, "quote is empty"),
        (LINE | {"reason": ""}, "reason is empty"),
        (LINE | {"metric": "coverage"}, "'coverage' is no metric"),
        (LINE | {"value": "38,54"}, "'38,54' is no number"),
        (LINE | {"value": "inf"}, "'inf' is no number"),
        (LINE | {"action": "delete"}, "'delete' is none of drop, override, flag"),
        (LINE | {"status": "done"}, "'done' is none of active, retired"),
        (LINE | {"reviewed_on": "21/11/2026"}, "21/11/2026"),
        (LINE | {"field": "value"}, "for override, not for drop"),
        (LINE | {"new_value": "1"}, "for override, not for drop"),
        (OVERRIDE | {"field": "quote"}, "field 'quote' is none of"),
        (OVERRIDE | {"new_value": ""}, "'' is no number"),
        (OVERRIDE | {"field": "metric", "new_value": ""}, "'' is no metric"),
        (OVERRIDE | {"field": "region_code", "new_value": "61.99"}, "'61.99' is no code"),
        (OVERRIDE | {"field": "period", "new_value": "September 2024"}, "is not YYYY"),
        (OVERRIDE | {"field": "period", "new_value": "2024-13"}, "month must be"),
        (OVERRIDE | {"field": "period", "new_value": "2024-09/2024-01"}, "ends before it begins"),
        (OVERRIDE | {"field": "programs", "new_value": "JKK, JKM"}, "'JKK,' is no programme"),
        (OVERRIDE | {"field": "qualifier", "new_value": "about"}, "'about' is none of"),
        (LINE | {"correction_id": "c-000"}, "its correction_id is taken"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(corrections: Writer, line: dict[str, str], complaint: str) -> None:
    with pytest.raises(SeedError) as raised:
        corrections(LINE | {"correction_id": "c-000"}, line)
    assert complaint in raised.value.reason
    assert raised.value.reason.startswith(f"line 3, correction {line['correction_id'] or 'without an id'}: ")
    assert raised.value.subject.endswith("corrections.csv")


def ingest(data: Path, *paths: Path) -> Any:
    from flows.ingest import ingest as flow

    data.mkdir(exist_ok=True)
    return call(flow([str(path) for path in paths], str(data)))


def figures(data: Path) -> dict[str, str]:
    """Values of the sample's coverage and the rules that gave them."""
    from warehouse.read import query

    rows = query(data / "cakupan.duckdb", "from observations where metric = 'coverage_rate'").to_pylist()
    return {f"{row['value'].normalize():f}": row["rule"] for row in rows}


@pytest.mark.usefixtures("prefect")
def test_a_run_applies_corrections_and_fails_by_name_when_one_finds_nothing(
    tmp_path: Path, articles: Path, corrections: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample, other = articles / SAMPLE.name, articles / "02-pontianak-nota-kesepakatan.txt"
    fitting, lost = corrections(OVERRIDE), corrections(OVERRIDE, LINE | {"correction_id": "c-002", "value": "99"})

    monkeypatch.setattr(documents, "read_corrections", lambda: fitting)
    assert not ingest(tmp_path / "data", sample, other).has_failures
    before = figures(tmp_path / "data")
    assert before["38.45"].endswith(" (corrected: c-001)")
    assert "38.54" not in before

    monkeypatch.setattr(documents, "read_corrections", lambda: lost)
    # Another file of corrections is another version of the extractor: nothing counts as read by it.
    monkeypatch.setattr("flows.runs.extractor_version", lambda: "with c-002")
    summary = ingest(tmp_path / "data", sample, other)
    assert [(each.kind, "c-002" in each.reason) for each in summary.failures] == [("correction", True)]
    assert figures(tmp_path / "data") == before
    assert not ingest(tmp_path / "data", other).has_failures


@pytest.mark.usefixtures("prefect")
def test_a_wrong_file_of_corrections_ends_a_run_before_it_begins(
    tmp_path: Path, articles: Path, corrections: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "read_corrections", lambda: corrections(LINE | {"value": "much"}))
    with pytest.raises(SeedError, match="line 2, correction c-001: 'much' is no number"):
        ingest(tmp_path / "data", articles)
    assert not (tmp_path / "data" / "cakupan.duckdb").exists()
