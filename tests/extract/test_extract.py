"""What articles give: general turns of phrase, each in an article of its own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.articles import only, read_text


def test_coverage_has_region_period_quote_and_evidence() -> None:
    text = "Cakupan BPJS Ketenagakerjaan di Kabupaten Sambas mencapai 24,5 persen pada Juni 2025."
    observation = only(text)
    assert (observation.metric, observation.value, observation.unit) == ("coverage_rate", Decimal("24.5"), "percent")
    assert (observation.region_code, observation.region_level, observation.period) == ("61.01", "kabupaten", "2025-06")
    assert text[observation.quote_start : observation.quote_end] == observation.quote
    assert observation.region_evidence is not None
    assert observation.region_evidence.text == "Kabupaten Sambas"
    assert observation.period_evidence is not None
    assert observation.period_evidence.text == "Juni 2025"


def test_kabupaten_and_kota_of_one_name_are_told_apart_by_the_word_before() -> None:
    kota = only("Peserta BPJS Ketenagakerjaan yang didaftarkan Pemkot Bogor mencapai 1.200 orang.")
    kabupaten = only("Peserta BPJS Ketenagakerjaan yang didaftarkan Bupati Bogor mencapai 1.200 orang.")
    assert (kota.region_code, kabupaten.region_code) == ("32.71", "32.01")


def test_name_of_two_regions_without_a_cue_has_no_code() -> None:
    assert only("Peserta BPJS Ketenagakerjaan di Semarang mencapai 1.200 orang.").region_code is None


def test_branch_office_is_no_region() -> None:
    text = "Kepala BPJS Ketenagakerjaan Cabang Pontianak menyebut cakupan di Kabupaten Mempawah 38 persen."
    assert only(text).region_code == "61.02"


def test_national_target_in_a_regional_article() -> None:
    text = "Cakupan Jamsostek Muba tercatat 48 persen. Target nasional 52 persen pada 2025."
    rate, target = read_text(text).observations
    assert (rate.region_code, target.metric, target.region_code) == ("16.06", "coverage_target", "00")


def test_health_insurance_beside_employment_insurance_gives_the_latter_alone() -> None:
    text = "Di Kota Batam cakupan BPJS Kesehatan sudah 98 persen, sedangkan cakupan BPJS Ketenagakerjaan 41 persen."
    assert only(text).value == Decimal(41)


def test_article_without_employment_insurance_gives_nothing() -> None:
    text = "Dinas Tenaga Kerja mencatat 22.972 penganggur dari 688.328 angkatan kerja, atau 3,34 persen."
    assert read_text(text).observations == ()


def test_share_of_a_target_is_no_coverage() -> None:
    text = "Kepesertaan BPJS Ketenagakerjaan di Ternate baru 61 persen dari target tahunan."
    assert read_text(text).observations == ()


def test_relative_year_is_read_against_the_publication() -> None:
    observation = only(
        "Cakupan BPJS Ketenagakerjaan Kabupaten Sambas tahun lalu 24 persen.", published_at="2025-03-04T09:00:00+07:00"
    )
    assert observation.period == "2024"


def test_stated_for_a_year_to_come_is_a_target() -> None:
    text = "Cakupan BPJS Ketenagakerjaan Kabupaten Sambas pada 2027 menyentuh 60 persen, kata Bupati, Senin (4/3/2024)."
    assert (only(text).metric, only(text).period) == ("coverage_target", "2027")


def test_part_and_whole() -> None:
    text = "Dari 12.000 nelayan di Kabupaten Natuna, yang sudah terdaftar BPJS Ketenagakerjaan baru 4.500 orang."
    found = {observation.metric: observation.value for observation in read_text(text).observations}
    assert found == {"eligible_workers": Decimal(12000), "participants": Decimal(4500)}


def test_denominator_stands_beside_its_count() -> None:
    text = "Di Aceh peserta BPJS Ketenagakerjaan 2.852 dari 689.158 pekerja rentan."
    participants = next(o for o in read_text(text).observations if o.metric == "participants")
    assert participants.of == Decimal(689158)


def test_table_is_read_by_the_heads_of_its_columns() -> None:
    text = "Peserta BPJS Ketenagakerjaan menurut provinsi.\nNo | Provinsi | Peserta Aktif |\n1 | Aceh | 583.638 |"
    observation = only(text)
    assert (observation.metric, observation.value, observation.region_code) == ("participants", Decimal(583638), "11")


def test_number_cut_off_at_the_end_is_not_taken() -> None:
    assert read_text("Peserta BPJS Ketenagakerjaan di Padang kini sudah 102").observations == ()


def test_number_split_by_a_blank_stays_one_number() -> None:
    assert only("Peserta BPJS Ketenagakerjaan di Kota Padang 137. 953 orang.").value == Decimal(137953)


def test_the_same_fact_twice_is_one_observation() -> None:
    text = "Cakupan BPJS Ketenagakerjaan Kota Padang 38,5 persen. Ya, cakupan Kota Padang 38,5 persen."
    assert len(read_text(text).observations) == 1


def test_agreement_has_kind_date_and_parties() -> None:
    text = (
        "Nota kesepakatan antara Pemerintah Kabupaten Sambas dan BPJS Ketenagakerjaan Cabang Singkawang diteken "
        "pada 12 Januari 2023. Nota kesepakatan itu berlaku tiga tahun."
    )
    (agreement,) = read_text(text).agreements
    assert (agreement.kind, agreement.date, agreement.region_code) == ("nota kesepakatan", "2023-01-12", "61.01")
    assert agreement.parties == ("Pemkab Sambas", "BPJS Ketenagakerjaan Cabang Singkawang")


@pytest.mark.parametrize("verb", ["akan menandatangani", "segera meneken", "berencana membuat"])
def test_planned_agreement_is_none(verb: str) -> None:
    text = f"Pemkab Sambas {verb} nota kesepakatan dengan BPJS Ketenagakerjaan."
    assert read_text(text).agreements == ()


def test_regulation_has_kind_number_year_and_issuer() -> None:
    text = (
        "Peserta Jamsostek di Kabupaten Sambas dilindungi Peraturan Gubernur Nomor 4 Tahun 2023 "
        "dan Inpres 2 Tahun 2021."
    )
    found = [(r.kind, r.number, r.year, r.region_code) for r in read_text(text).regulations]
    assert found == [("Pergub", "4", 2023, "61"), ("Inpres", "2", 2021, "00")]


def test_every_number_is_accounted_for() -> None:
    text = "Pada 12 Mei 2025 peserta BPJS Ketenagakerjaan di 14 kecamatan Kota Padang 9.000 orang, call center 175."
    roles = {number.text: number.role for number in read_text(text).numbers}
    assert roles["9.000"] == "observation"
    assert roles["14"] == "count of places"
    assert roles["2025"] == "date"
    assert roles["175"] == "phone number"


FRAGMENTS = st.sampled_from([
    "cakupan BPJS Ketenagakerjaan", "BPJS Kesehatan", "Kabupaten Sambas", "Pemkot Bogor", "38,5 persen", "Rp42 juta",
    "8.380 orang", "per Maret 2025", "target", "belum terdaftar", "dari", "menjadi", "(", ")", ".", ",", ";", "\n",
    "\n1 | ", " | ", "\u200f", "é", "juara III", "12/13/2025", "Rp", "ke-5", "nota kesepakatan", "  ",
    "Pergub Nomor 4 Tahun 2023",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENTS, max_size=40), st.text(max_size=20))
def test_any_text_is_read_and_every_span_holds(fragments: list[str], noise: str) -> None:
    text = " ".join(fragments) + noise
    extraction = read_text(text)
    for observation in extraction.observations:
        assert text[observation.quote_start : observation.quote_end] == observation.quote
        sentence_end = observation.sentence_start + len(observation.sentence)
        assert text[observation.sentence_start : sentence_end] == observation.sentence
        assert observation.sentence_start <= observation.quote_start < observation.quote_end <= sentence_end
    for item in (*extraction.agreements, *extraction.regulations):
        assert text[item.quote_start : item.quote_end] == item.quote
    for number in extraction.numbers:
        assert text[number.start : number.end] == number.text


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "Rp" * 50_000, "(" * 50_000 + "5" + ")" * 50_000, "1." * 50_000, "dua " * 25_000, "12/" * 30_000],
    ids=["digits", "Rp", "brackets", "dots", "number words", "slashes"],
)
@pytest.mark.timeout(20)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    assert read_text(f"Peserta BPJS Ketenagakerjaan {text} orang.").observations == ()


@pytest.mark.parametrize(
    "words",
    ["meninggal 1.000 peserta BPJS Ketenagakerjaan Mei 2024, ", "periode yang sama tahun lalu 1.000 peserta, ",
     "Kota Bima 41,5 persen, ", "2024 ", "tempat 1 ", "dari 5 juta pekerja di Bungo, "],
)  # fmt: skip
@pytest.mark.timeout(20)
def test_a_sentence_without_an_end_is_read_in_bounded_time(words: str) -> None:
    text = "Peserta BPJS Ketenagakerjaan. " + words * (40_000 // len(words))
    for observation in read_text(text).observations:
        assert text[observation.quote_start : observation.quote_end] == observation.quote


@given(st.text(alphabet="0123456789/-.,|KPM \n", max_size=60))
def test_every_digit_of_a_text_is_in_the_census(text: str) -> None:
    numbers = read_text(text).numbers
    listed = {place for number in numbers for place in range(number.start, number.end)}
    assert all(place in listed for place, char in enumerate(text) if char.isdigit())


def test_exact_count_told_again_is_one_fact() -> None:
    text = (
        "Peserta BPJS Ketenagakerjaan di Kabupaten Sambas 25.215 orang. "
        "Sebanyak 25.215 nelayan itu terdaftar BPJS Ketenagakerjaan sejak Juni 2025."
    )
    assert only(text).value == Decimal(25215)


def test_number_that_became_another_keeps_its_own_period() -> None:
    text = "Cakupan BPJS Ketenagakerjaan di Kabupaten Sambas naik dari 20 persen pada 2023 menjadi 24 persen pada 2024."
    assert [(found.value, found.period) for found in read_text(text).observations] == [
        (Decimal(20), "2023"),
        (Decimal(24), "2024"),
    ]


def figures_of(text: str) -> list[tuple[str, str]]:
    return [(found.metric, f"{found.value:f}") for found in read_text(text).observations]


def test_a_list_ends_where_something_else_is_told() -> None:
    text = (
        "Di Kota Bima jumlah angkatan kerja 80.000 orang, peserta aktif BPJS Ketenagakerjaan 30.000 orang, "
        "belum terlindungi 50.000 orang, dan pekerja rentan yang iurannya dibayar APBD 5.000 orang."
    )
    assert figures_of(text) == [
        ("eligible_workers", "80000"),
        ("participants", "30000"),
        ("uncovered_workers", "50000"),
        ("assisted_workers", "5000"),
    ]


def test_a_level_below_a_target_is_no_target() -> None:
    text = "UCJ Jamsostek Kabupaten Sleman baru 47,3 persen, masih di bawah target RPJMD 2026 sebesar 55 persen."
    assert figures_of(text) == [("coverage_rate", "47.3"), ("coverage_target", "55")]


def test_a_share_of_firms_is_no_number_of_firms() -> None:
    assert ("employers", "47") not in figures_of("Baru 47 persen dari 1.754 perusahaan terdaftar BPJS Ketenagakerjaan.")


def test_a_law_of_the_president_does_not_make_an_article_one_on_the_country() -> None:
    text = (
        "Warga Dompu didaftarkan ke BPJS Ketenagakerjaan.\nItu amanat Instruksi Presiden Nomor 2 Tahun 2021.\n"
        "Pesertanya sudah 41.250 orang."
    )
    assert {found.region_code for found in read_text(text).observations} == {"52.05"}


def test_a_group_that_is_left_out_is_not_the_one_that_is_counted() -> None:
    text = "Tenaga kerja di Kota Kendari (tidak termasuk ASN) yang ikut BPJS Ketenagakerjaan 140.940 orang."
    assert only(text).segment is None


def test_what_public_money_pays_is_of_the_year_of_the_only_budget_named() -> None:
    text = (
        "Pemko Pekanbaru mendaftarkan petugas pemilu ke BPJS Ketenagakerjaan. Untuk itu dianggarkan Rp524.776.069. "
        "Mereka mengikuti dua program. Semuanya memakai dana APBD 2024."
    )
    assert (only(text).metric, only(text).period) == ("budget", "2024")


def test_a_level_that_became_another_leaves_its_year_to_the_earlier_one() -> None:
    text = (
        "Peserta BPU BPJS Ketenagakerjaan di Bungo naik, dari sebelumnya 29.647 orang pada 2023 menjadi 42.217 orang."
    )
    assert [(found.value, found.period) for found in read_text(text).observations][-1] == (Decimal(42217), None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Di Kabupaten Polewali Mandar (Polman), Sulawesi Barat (Sulbar) yang menjadi peserta {} 4.020 orang.",
            "76.04",
        ),
        ("Di Kabupaten Mimika, Provinsi Papua yang menjadi peserta {} 14.600 orang.", "94.04"),
        ("Peserta {} se-Kota Jogja 3.366 orang.", "34.71"),
        ("Peserta {} di Kabupaten Gowa 3.366 orang, jauh di bawah rata-rata nasional.", "73.06"),
    ],
)
def test_the_region_is_the_one_whose_workers_are_counted(text: str, code: str) -> None:
    assert only(text.format("BPJS Ketenagakerjaan")).region_code == code


def test_where_somebody_spoke_is_not_carried_on() -> None:
    text = (
        "Klaim BPJS Ketenagakerjaan di Sulawesi Utara mencapai Rp40 miliar, kata Sulhan.\n"
        '"Klaim terus naik," ujar Sulhan di Manado, belum lama ini.\n'
        "Klaim JHT dibayarkan untuk 8.607 kasus."
    )
    assert {each.region_code for each in read_text(text).observations} == {"71"}


@pytest.mark.parametrize(
    "text",
    [
        "Paritrana Award BPJS Ketenagakerjaan: PT Maju Jaya meraih peringkat II kategori usaha besar.",
        "Cakupan BPJS Ketenagakerjaan Kota Cimahi diharap naik, harapannya Cimahi bisa jadi juara pertama.",
        "Orang nomor satu di Kabupaten Buton itu memuji cakupan BPJS Ketenagakerjaan.",
    ],
)
def test_rank_of_a_firm_or_of_a_wish_is_no_rank_of_a_region(text: str) -> None:
    assert read_text(text).observations == ()


def test_what_is_said_behind_a_whole_is_said_of_its_part() -> None:
    text = "Di Kabupaten Lingga baru 318 dari 945 ketua RT dan RW yang sudah terlindungi BPJS Ketenagakerjaan."
    assert figures_of(text) == [("participants", "318"), ("eligible_workers", "945")]


def test_number_of_a_document_is_no_figure() -> None:
    text = "Kerja sama BPJS Ketenagakerjaan melindungi pekerja lewat perjanjian Nomor: 37/HK.05.1-PKS/4/2024."
    assert read_text(text).observations == ()
