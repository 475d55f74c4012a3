from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.number_words import read_word_number
from tasks.extract.numbers import Figure
from tasks.extract.numbers import find_figures as find_figures_in
from tasks.extract.phrases import lower


def find_figures(text: str) -> list[Figure]:
    """The figures of a text."""
    return find_figures_in(text, lower(text))


CASES = [
    ("38,54 persen", "38.54", "percent"),
    ("8.380 orang", "8380", "count"),
    ("40.86%", "40.86", "percent"),
    ("51,495", "51495", "count"),
    ("19.042 ribu", "19042", "count"),
    ("137. 953 orang", "137953", "count"),
    ("Rp.10, 19 miliar", "10190000000", "money"),
    ("Rp9, 10 miliar", "9100000000", "money"),
    ("6,157 juta", "6157000", "count"),
    ("1,2 juta", "1200000", "count"),
    ("41.56 juta orang", "41560000", "count"),
    ("Rp42 juta", "42000000", "money"),
    ("Rp. 6,19 miliar", "6190000000", "money"),
    ("2,4 milyar", "2400000000", "money"),
    ("Rp3,470 Miliar", "3470000000", "money"),
    ("Rp8 milliar", "8000000000", "money"),
    ("Rp 16 ribu", "16000", "money"),
    ("Rp16.800/orang", "16800", "money"),
    ("Rp302.666.660,-", "302666660", "money"),
    ("Rp20.482.811.718,42", "20482811718.42", "money"),
    ("Rp1.497.000.000,dan", "1497000000", "money"),
    ("16.500 rupiah", "16500", "money"),
    ("setengah juta", "500000", "count"),
    ("sejuta", "1000000", "count"),
    ("dua puluh lima orang", "25", "count"),
    ("seratus dua puluh ribu orang", "120000", "count"),
    ("seribu lima ratus orang", "1500", "count"),
    ("enam belas ribu delapan ratus rupiah", "16800", "money"),
    ("-2,06 persen", "-2.06", "percent"),
    ("638.000 ribu", "638000", "count"),
    ("1,72 poin", "1.72", "points"),
    ("35 persenan", "35", "percent"),
]


@pytest.mark.parametrize(("text", "value", "kind"), CASES)
def test_number_is_read_exactly(text: str, value: str, kind: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.kind) == (Decimal(value), kind)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("23–24 persen", "23", "24"),
        ("1,7-1,8 juta", "1700000", "1800000"),
        ("50 ribu sampai 100 ribu", "50000", "100000"),
        ("48 sampai 50 persen", "48", "50"),
    ],
)
def test_range_has_both_ends(text: str, first: str, last: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.value_max) == (Decimal(first), Decimal(last))


def test_percent_written_once_goes_for_the_whole_list() -> None:
    figures = find_figures("masing-masing 72, 60, dan 57 persen")
    assert [(figure.value, figure.kind) for figure in figures] == [
        (Decimal(72), "percent"),
        (Decimal(60), "percent"),
        (Decimal(57), "percent"),
    ]


@pytest.mark.parametrize("text", ["di Pulau Tiga", "Kabupaten Lima Puluh Kota"])
def test_number_word_in_a_name_is_no_number(text: str) -> None:
    assert find_figures(text) == []


def test_approximation_written_onto_the_number() -> None:
    assert [figure.approximate for figure in find_figures("16.000 an dan 100 ribuan")] == [True, True]


def _dotted(value: int) -> str:
    return f"{value:,}".replace(",", ".")


@given(st.integers(min_value=0, max_value=10**15))
def test_written_with_dots_reads_back(value: int) -> None:
    (figure,) = find_figures(f"{_dotted(value)} orang")
    assert figure.value == value


@given(st.decimals(min_value=0, max_value=999, places=2))
def test_percent_with_comma_or_point_reads_back(value: Decimal) -> None:
    for written in (str(value).replace(".", ","), str(value)):
        (figure,) = find_figures(f"{written} persen")
        assert (figure.value, figure.kind) == (value, "percent")


@given(
    st.integers(min_value=1, max_value=999), st.integers(min_value=0, max_value=99), st.sampled_from(["juta", "miliar"])
)
def test_scaled_rupiah_read_back(whole: int, cents: int, scale: str) -> None:
    (figure,) = find_figures(f"Rp{whole},{cents:02d} {scale}")
    factor = {"juta": 10**6, "miliar": 10**9}[scale]
    assert figure.value == Decimal(f"{whole}.{cents:02d}") * factor


_UNITS = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def _spell_below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    words = [] if not hundreds else ["seratus"] if hundreds == 1 else [_UNITS[hundreds], "ratus"]
    if rest in (10, 11):
        words.append({10: "sepuluh", 11: "sebelas"}[rest])
    elif 11 < rest < 20:
        words += [_UNITS[rest - 10], "belas"]
    else:
        tens, ones = divmod(rest, 10)
        words += [_UNITS[tens], "puluh"] if tens else []
        words += [_UNITS[ones]] if ones else []
    return " ".join(words)


def spell(value: int) -> str:
    """A number from 1 to 999,999,999 in Indonesian words."""
    words = []
    for factor, scale, single in ((10**6, "juta", "satu juta"), (10**3, "ribu", "seribu")):
        group, value = divmod(value, factor)
        if group:
            words.append(single if group == 1 else f"{_spell_below_thousand(group)} {scale}")
    if value:
        words.append(_spell_below_thousand(value))
    return " ".join(words)


@given(st.integers(min_value=1, max_value=999_999_999))
def test_spelled_number_reads_back(value: int) -> None:
    assert read_word_number(spell(value)) == value
    (figure,) = find_figures(f"{spell(value)} orang")
    assert figure.value == value


@given(st.text(alphabet="0123456789.,- RpjutaribuK%()\n–", max_size=60))
def test_any_text_gives_figures_in_order_that_do_not_overlap(text: str) -> None:
    figures: list[Figure] = find_figures(text)
    for first, second in pairwise(figures):
        assert first.end <= second.start
    for figure in figures:
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.value.is_finite()
