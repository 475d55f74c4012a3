"""Blanks, breaks and invisible characters have one form; words and figures stay as they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.normalise import normalise, normalise_line, split_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rp\u00a01.200\u202f000", "Rp 1.200 000"),
        ("ke\u00adtenaga\u200bkerjaan\ufeff", "ketenagakerjaan"),
        ("satu\r\ndua\rtiga\u2028empat\u0085lima", "satu\ndua\ntiga\nempat\nlima"),
        ("a\t \u3000b", "a b"),
        ("Cafe\u0301", "Café"),
        ("\u202bkanan\u202c ke \u200fkiri", "kanan ke kiri"),
        ("38,54 persen", "38,54 persen"),
        ("setengah\ud800 pasangan", "setengah pasangan"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_lines_are_stripped_and_blank_ones_stay() -> None:
    assert split_lines("  satu \r\n\r\n\u00a0dua") == ["satu", "", "dua"]


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    line = normalise_line(text)
    assert normalise_line(line) == line
    assert "\n" not in line


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"], exclude_characters="\u3164\uffa0\u115f\u1160")))
def test_words_are_not_altered(text: str) -> None:
    assert normalise(text) == unicodedata.normalize("NFC", text)
