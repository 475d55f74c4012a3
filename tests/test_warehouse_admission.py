"""A row that breaks a rule goes to quarantine with its reason; the rest of its document goes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from warehouse_samples import RATE, WORKERS, change_observation, document, open_prepared, rows, run, with_all_kinds

from tasks.records import Document, Evidence, LoadCounts, NumberMention, RemovedText
from warehouse.audit import run_audits
from warehouse.reference import read_reference
from warehouse.rules import is_exact, observation_problem, period_days
from warehouse.store import Warehouse

REFERENCE = read_reference()


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_prepared(tmp_path) as opened:
        yield opened
        assert run_audits(opened.connection) == []


@pytest.mark.parametrize(
    ("values", "kind", "reason"),
    [
        ({"quote_start": 30}, "span", "at its span"),
        ({"quote_end": 10**6}, "span", "at its span"),
        ({"quote_start": -5}, "span", "is none"),
        ({"quote": "", "quote_end": 57, "quote_start": 57}, "span", "is none"),
        ({"sentence_start": 0}, "sentence", "does not begin at 0"),
        ({"sentence": "Cakupan di", "sentence_start": 32}, "sentence", "outside of its sentence"),
        ({"metric": "happiness"}, "metric", "metric happiness is not in seeds/metrics.csv"),
        ({"unit": "person"}, "unit", "unit person is not the metric's unit, percent"),
        ({"region_code": "99.99"}, "region", "region code 99.99 is not in seeds/regions.csv"),
        ({"value": Decimal("1e40")}, "value", "does not fit"),
        ({"value": Decimal("0.0000001")}, "value", "does not fit"),
        ({"value": Decimal("NaN")}, "value", "does not fit"),
        ({"value_max": Decimal("30")}, "value", "ends at 30"),
        ({"period": "Desember 2024"}, "period", "is not YYYY"),
        ({"period": "2024-13"}, "period", "is not YYYY"),
        ({"period": "2024-02-30"}, "period", "is not YYYY"),
        ({"period": "2024/2023"}, "period", "ends before it begins"),
        (
            {"region_evidence": Evidence(basis="stated", text="Kota", start=0, end=4)},
            "evidence",
            "that its region rests on are not there",
        ),
        ({"period_evidence": Evidence(basis="stated", text="Cakup", start=33, end=38)}, "evidence", "at its span"),
    ],
)
def test_rules_that_an_observation_can_break(values: dict[str, Any], kind: str, reason: str) -> None:
    sound = document("a", RATE, WORKERS)
    broken = change_observation(sound, **values).extraction.observations[0]
    assert observation_problem(sound.extraction.observations[0], sound.article.text, REFERENCE) is None
    problem = observation_problem(broken, sound.article.text, REFERENCE)
    assert problem is not None
    assert problem[0] == kind
    assert reason in problem[1]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"quote_start": 31}, "span"),
        ({"unit": "person"}, "unit"),
        ({"region_code": "99.99"}, "region"),
        ({"segment_text": "honorer\ud83d"}, "encoding"),
    ],
)
def test_a_broken_observation_is_set_aside_and_the_rest_goes_in(
    warehouse: Warehouse, values: dict[str, Any], kind: str
) -> None:
    broken = change_observation(document("a", RATE, WORKERS), **values)
    counts = run(warehouse, "r1", [broken, document("b", RATE)])
    assert counts == LoadCounts(documents_read=2, documents_new=2, observations_added=2, rows_quarantined=1)
    assert rows(
        warehouse, "SELECT source, stage, kind, starts_with(reason, 'observation ''38,54') FROM quarantine"
    ) == [(broken.snapshot.source, "load", kind, True)]
    assert rows(warehouse, "SELECT metric, title FROM observations ORDER BY ALL") == [
        ("coverage_rate", "Judul b"),
        ("participants", "Judul a"),
    ]


def test_two_readings_of_the_same_words_are_one_observation_and_one_rejection(warehouse: Warehouse) -> None:
    plain = document("a", RATE)
    (observation,) = plain.extraction.observations
    other = replace(observation, value=Decimal(99))
    both = replace(plain, extraction=replace(plain.extraction, observations=(observation, other)))
    assert run(warehouse, "r1", [both]).rows_quarantined == 1
    assert rows(warehouse, "SELECT value FROM observations") == [(Decimal("38.54"),)]
    assert rows(warehouse, "SELECT kind FROM quarantine") == [("identity",)]


def test_broken_agreements_and_regulations_are_set_aside(warehouse: Warehouse) -> None:
    whole = with_all_kinds()
    (agreement,), (regulation,) = whole.extraction.agreements, whole.extraction.regulations
    broken = replace(
        whole,
        extraction=replace(
            whole.extraction,
            agreements=(
                agreement,
                replace(agreement, date="besok"),
                replace(agreement, region_code="00.01"),
                replace(agreement, quote_start=3),
            ),
            regulations=(regulation, replace(regulation, year=20_230_000_000)),
        ),
    )
    assert run(warehouse, "r1", [broken]).rows_quarantined == 4
    assert rows(warehouse, "SELECT count(*) FROM agreements") == [(1,)]
    assert rows(warehouse, "SELECT count(*) FROM regulations") == [(1,)]
    assert rows(warehouse, "SELECT kind FROM quarantine ORDER BY ALL") == [
        ("period",),
        ("region",),
        ("span",),
        ("year",),
    ]


def test_a_row_stays_in_quarantine_until_its_document_comes_without_the_fault(warehouse: Warehouse) -> None:
    broken = change_observation(document("a", RATE, WORKERS), unit="person")
    run(warehouse, "r1", [broken])
    run(warehouse, "r2", [broken])
    assert rows(warehouse, "SELECT first_run_id, last_run_id FROM quarantine") == [("r1", "r2")]
    counts = run(warehouse, "r3", [document("a", RATE, WORKERS)], version="2")
    assert (counts.observations_added, counts.rows_quarantined) == (1, 0)
    assert rows(warehouse, "FROM quarantine") == []


def test_a_stored_observation_that_becomes_unfit_is_closed(warehouse: Warehouse) -> None:
    run(warehouse, "r1", [document("a", RATE)])
    counts = run(warehouse, "r2", [change_observation(document("a", RATE), value=Decimal("1e40"))])
    assert (counts.observations_gone, counts.rows_quarantined) == (1, 1)
    assert rows(warehouse, "FROM observations") == []


def _torn(whole: Document) -> Document:
    return replace(whole, article=replace(whole.article, title="Judul \udc80"))


def _of_another_source(whole: Document) -> Document:
    return replace(whole, article=replace(whole.article, source="https://koran.example/lain"))


def _of_another_snapshot(whole: Document) -> Document:
    return replace(whole, article=replace(whole.article, snapshot_sha256="0" * 64))


def _without_a_date(whole: Document) -> Document:
    return replace(whole, article=replace(whole.article, published_at="kemarin"))


@pytest.mark.parametrize("spoil", [_torn, _of_another_source, _of_another_snapshot, _without_a_date])
def test_a_document_that_cannot_be_kept_is_set_aside_as_a_whole(warehouse: Warehouse, spoil: Any) -> None:
    counts = run(warehouse, "r1", [spoil(document("a", RATE)), document("b", RATE)])
    assert counts == LoadCounts(documents_read=2, documents_new=1, documents_quarantined=1, observations_added=1)
    assert rows(warehouse, "SELECT source, stage, kind FROM quarantine") == [
        ("https://koran.example/a", "load", "document")
    ]
    assert run(warehouse, "r2", [document("a", RATE)]).documents_new == 1
    assert rows(warehouse, "FROM quarantine") == []


def test_characters_that_databases_stumble_over_are_kept(warehouse: Warehouse) -> None:
    odd = replace(RATE, sentence="Nol \x00 dan \u202e \\ud83d 'kutip' \"ganda\" ＄: 38,54 persen.")
    counts = run(warehouse, "r1", [document("a", odd, title="'; DROP TABLE core.documents; --")])
    assert (counts.observations_added, counts.rows_quarantined) == (1, 0)
    assert rows(warehouse, "SELECT sentence FROM observations") == [(odd.sentence,)]


def test_a_number_of_the_census_that_stands_elsewhere_is_set_aside(warehouse: Warehouse) -> None:
    plain = document("a", RATE, WORKERS)
    first, second = plain.extraction.numbers
    numbers = (first, replace(second, start=second.start + 1))
    counts = run(warehouse, "r1", [replace(plain, extraction=replace(plain.extraction, numbers=numbers))])
    assert (counts.observations_added, counts.rows_quarantined) == (2, 1)
    assert rows(warehouse, "SELECT text FROM core.number_mentions") == [(first.text,)]


def test_a_number_with_too_many_digits_goes_into_the_census_without_its_value(warehouse: Warehouse) -> None:
    account = NumberMention(
        text="9" * 50, start=0, end=50, value=Decimal("9" * 50), role="account", explanation="account number"
    )
    plain = document("a", intro="9" * 50)
    run(warehouse, "r1", [replace(plain, extraction=replace(plain.extraction, numbers=(account,)))])
    assert rows(warehouse, "SELECT value, role FROM core.number_mentions") == [(None, "account")]


@pytest.mark.parametrize(
    "text", ["0", "38.54", "60.700000000", "1E+3", "99999999999999999999999999999999.999999", "-2.5"]
)
def test_numbers_that_fit(text: str) -> None:
    assert is_exact(Decimal(text))


@pytest.mark.parametrize("text", ["0.0000001", "1E+32", "NaN", "Infinity", "123456789012345678901234567890123"])
def test_numbers_that_do_not_fit(text: str) -> None:
    assert not is_exact(Decimal(text))


def test_days_of_a_period_are_the_same_in_python_and_in_sql(warehouse: Warehouse) -> None:
    expected = {
        "2024": "2024-01-01 2024-12-31",
        "2024-02": "2024-02-01 2024-02-29",
        "2023-01-12": "2023-01-12 2023-01-12",
        "2021-12/2022-06": "2021-12-01 2022-06-30",
        "2021/2022-06-28": "2021-01-01 2022-06-28",
    }
    assert {period: "{} {}".format(*period_days(period) or ()) for period in expected} == expected
    in_sql = "SELECT p, concat(core.period_first_day(p), ' ', core.period_last_day(p)) FROM unnest(?) t(p)"
    assert dict(warehouse.connection.execute(in_sql, [list(expected)]).fetchall()) == expected


@pytest.mark.parametrize("period", ["", "24", "2024-1", "2024-W05", "2024/", "/2024", "a/b/c", "2024-00", "٢٠٢٤"])
def test_what_is_no_period(period: str) -> None:
    assert period_days(period) is None


def test_a_figure_in_a_sentence_that_was_removed_is_set_aside(warehouse: Warehouse) -> None:
    kinds = [RemovedText(kind=kind, rule="contoh", text=RATE.sentence) for kind in ("caption", "related")]
    repeated, related = (document(kind.kind, RATE, WORKERS, removed=(kind,)) for kind in kinds)
    counts = run(warehouse, "r1", [repeated, related])
    assert (counts.observations_added, counts.rows_quarantined) == (3, 1)
    ((kind, reason),) = rows(warehouse, "SELECT kind, reason FROM quarantine")
    assert kind == "removed"
    assert "was removed as related" in reason
