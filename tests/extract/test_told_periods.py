"""Periods seen from what the text told before, and from the text's own time."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extract.period_readers import Anchor
from tasks.extract.periods import find_period_words
from tasks.extract.told_periods import find_event_day, resolve
from tests.extract.articles import read_text


def periods(text: str, anchor: date | None = None) -> list[str | None]:
    return [mention.iso for mention in resolve(find_period_words(text.lower()), Anchor(anchor))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Januari 2023 sebanyak 13 kasus, Februari 24 kasus, dan Maret 18 kasus", ["2023-01", "2023-02", "2023-03"]),
        ("pada 2019 Rp5 miliar, padahal tahun sebelumnya Rp4 miliar", ["2019", "2018"]),
        ("per 31 Desember 2023 81 persen, setahun sebelumnya 47 persen", ["2023-12-31", "2022"]),
        ("tahun 2023 ada 37 ribu. Setahun kemudian 42 ribu", ["2023", "2024"]),
        ("akhir 2021. Kala itu baru 56 kampung", ["2021", "2021"]),
        ("periode yang sama tahun 2023, saat itu Rp68 miliar", ["2023", "2023"]),
        ("empat bulan pertama 2024 Rp38 miliar", ["2024-01/2024-04"]),
        ("sepanjang 2020 sampai 22 Desember Rp661 miliar", ["2020-01/2020-12-22"]),
        ("sejak 1 Januari 2022 hingga 30 Maret 2023", ["2022-01-01/2023-03-30"]),
        ("kuartal I (Januari-Maret) tahun 2025 Rp28 miliar", ["2025-01/2025-03"]),
        ("pertengahan tahun 2024 Rp21 miliar", ["2024-06"]),
    ],
)
def test_a_period_is_seen_from_what_was_told_before(text: str, expected: list[str]) -> None:
    assert periods(text) == expected


def test_a_month_of_the_day_of_telling_is_not_drawn_to_another_sentence() -> None:
    text = "Pada Januari 2023 ada 13 kasus. Hingga Maret tercatat 18 kasus."
    assert periods(text, date(2024, 4, 2)) == ["2023-01", "2024-03"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Untuk 2019 ini target 11 persen, kata Seto, Rabu (09/01).", date(2019, 1, 9)),
        ("Sampai akhir September 2025 tercatat 118 ribu, katanya, Rabu (15/10).", date(2025, 10, 15)),
        ("Peserta bertambah, katanya, Rabu (15/10).", None),
    ],
)
def test_a_day_without_a_year_is_read_by_the_texts_own_time(text: str, expected: date | None) -> None:
    assert find_event_day(find_period_words(text.lower()), None) == expected


@pytest.mark.parametrize(
    ("stated", "published", "period"),
    [
        ("Jumat (31/5/2024)", "2025-11-19T08:00:00+07:00", "2024-05-31"),
        ("Rabu (4/1/2022)", "2023-01-05T08:00:00+07:00", "2023-01-05"),
    ],
)
def test_an_old_report_keeps_its_day_and_a_wrong_year_is_a_misprint(stated: str, published: str, period: str) -> None:
    text = f"Peserta BPJS Ketenagakerjaan di Kabupaten Kudus saat ini 18.000 orang, katanya, {stated}."
    (observation,) = read_text(text, published_at=published).observations
    assert observation.period == period


def test_an_earlier_year_is_not_gone_on_with() -> None:
    text = (
        "Klaim BPJS Ketenagakerjaan di Kota Palu selama semester I 2021 mencapai Rp168 miliar.\n"
        "Sepanjang tahun 2020 klaim yang dibayarkan Rp176 miliar.\n"
        "Jumlah itu mendekati setahun penuh.\n"
        "Klaim JHT dibayarkan kepada 13.144 peserta."
    )
    assert [each.period for each in read_text(text).observations] == [
        "2021-01/2021-06",
        "2020",
        "2021-01/2021-06",
    ]
