"""Periods in every style of writing read back as what was written, and relative ones against their anchor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.calendar_words import MONTHS, ORDINALS, WEEKDAYS
from tasks.extract.period_readers import Anchor
from tasks.extract.periods import PeriodMention, find_period_words
from tasks.extract.phrases import lower
from tasks.extract.told_periods import find_event_day, resolve
from tests.extract.articles import read_text

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
YEARS = st.integers(1900, 2099)
MONTH_NAMES = st.sampled_from(sorted(MONTHS))
BOTH_CASES = st.sampled_from([str.lower, str.title])

Writer = Callable[[date, str], str]


def mentions(words: str, anchor: date | None = None) -> list[PeriodMention]:
    """The periods of words in the middle of a sentence."""
    return resolve(find_period_words(lower(f"Sampai {words} tercatat sekian, kata dia.")), Anchor(anchor))


def read(words: str, anchor: date | None = None) -> str | None:
    """The only period of the words."""
    (mention,) = mentions(words, anchor)
    return mention.iso


def name_of(day: date) -> str:
    return next(name for name, number in MONTHS.items() if number == day.month)


DAY_STYLES: dict[str, Writer] = {
    "words": lambda day, name: f"{day.day} {name} {day.year}",
    "leading zero": lambda day, name: f"{day.day:02d} {name} {day.year}",
    "year named": lambda day, name: f"{day.day} {name} tahun {day.year}",
    "full stop": lambda day, name: f"{day.day} {name}. {day.year}",
    "as of": lambda day, name: f"per {day.day} {name} {day.year}",
    "weekday": lambda day, name: f"Rabu, {day.day} {name} {day.year}",
    "weekday without comma": lambda day, name: f"Rabu {day.day} {name} {day.year}",
    "words in brackets": lambda day, name: f"Rabu ({day.day} {name} {day.year})",
    "slashes": lambda day, name: f"{day.day}/{day.month}/{day.year}",
    "slashes with zeros": lambda day, name: f"{day.day:02d}/{day.month:02d}/{day.year}",
    "slashes in brackets": lambda day, name: f"Kamis ({day.day}/{day.month}/{day.year})",
    "time of day and brackets": lambda day, name: f"Kamis malam ({day.day}/{day.month}/{day.year})",
    "dashes": lambda day, name: f"{day.day:02d}-{day.month:02d}-{day.year}",
    "ISO 8601": lambda day, name: day.isoformat(),
}


@pytest.mark.parametrize("style", DAY_STYLES)
@given(day=DAYS, case=BOTH_CASES, data=st.data())
def test_day_reads_back(style: str, day: date, case: Callable[[str], str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name, number in MONTHS.items() if number == day.month]))
    assert read(DAY_STYLES[style](day, case(name))) == day.isoformat()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_day_with_two_digits_of_the_year_reads_back(day: date) -> None:
    assert read(f"Jumat ({day.day}/{day.month}/{day.year % 100:02d})") == day.isoformat()


@given(DAYS)
def test_day_without_a_year_is_in_the_year_of_the_anchor(anchor: date) -> None:
    for words in (f"{anchor.day} {name_of(anchor)}", f"Selasa ({anchor.day}/{anchor.month})"):
        assert read(words, anchor) == anchor.isoformat()
        assert read(words) is None


@pytest.mark.parametrize(
    "words", ["30 Februari 2024", "Senin (31/4/2024)", "(29/2/2023)", "2024-13-01", "(10/14/2024)"]
)
def test_day_that_does_not_exist_is_none(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize("words", ["(5/110)", "1.234/5.678", "1/2", "62/2018"])
def test_other_numbers_with_slashes_are_no_days(words: str) -> None:
    assert mentions(words) == []


MONTH_STYLES = ("{name} {year}", "bulan {name} {year}", "per {name} {year}", "akhir {name} {year}")
MONTH_STYLES += ("{name} tahun {year}", "{name}, {year}")


@pytest.mark.parametrize("style", MONTH_STYLES)
@given(name=MONTH_NAMES, case=BOTH_CASES, year=YEARS)
def test_month_reads_back(style: str, name: str, case: Callable[[str], str], year: int) -> None:
    assert read(style.format(name=case(name), year=year)) == f"{year}-{MONTHS[name]:02d}"


@pytest.mark.parametrize("preposition", ["per", "hingga", "hingga akhir", "pada", "sejak", "selama", "bulan", "awal"])
@given(name=MONTH_NAMES, anchor=DAYS)
def test_month_without_a_year_is_the_last_one_before_the_anchor(preposition: str, name: str, anchor: date) -> None:
    iso = read(f"{preposition} {name}", anchor)
    assert iso is not None
    first = date.fromisoformat(f"{iso}-01")
    assert first.month == MONTHS[name]
    assert first <= anchor < first + timedelta(days=366)
    assert read(f"{preposition} {name}") is None


JOINS = ("-", " - ", "–", " – ", " hingga ", " sampai ", " sampai dengan ", " s/d ")


@pytest.mark.parametrize("join", JOINS)
@given(months=st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted), year=YEARS)
def test_months_of_a_year_read_back(join: str, months: list[int], year: int) -> None:
    first, last = (name_of(date(year, month, 1)) for month in months)
    iso = f"{year}-{months[0]:02d}/{year}-{months[1]:02d}"
    assert read(f"{first}{join}{last} {year}") == iso
    assert read(f"bulan {first}{join}bulan {last} tahun {year}") == iso
    assert read(f"{first}{join}{last}", date(year, 12, 31)) == iso


@pytest.mark.parametrize("join", JOINS)
@given(first=DAYS, last=DAYS)
def test_months_of_two_years_read_back(join: str, first: date, last: date) -> None:
    iso = f"{first:%Y-%m}/{last:%Y-%m}"
    assert read(f"{name_of(first)} {first.year}{join}{name_of(last)} {last.year}") == iso


@given(months=st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] > pair[1]), year=YEARS)
def test_months_that_pass_the_new_year_begin_a_year_before(months: tuple[int, int], year: int) -> None:
    first, last = (name_of(date(year, month, 1)) for month in months)
    assert read(f"{first}-{last} {year}") == f"{year - 1}-{months[0]:02d}/{year}-{months[1]:02d}"


@pytest.mark.parametrize("join", ["-", "–", " - ", " – "])
@given(day=DAYS.filter(lambda day: day.day > 1), data=st.data())
def test_days_of_a_month_read_back(join: str, day: date, data: st.DataObject) -> None:
    first = day.replace(day=data.draw(st.integers(1, day.day - 1)))
    words = f"{first.day}{join}{day.day} {name_of(day)}"
    assert read(f"{words} {day.year}") == f"{first}/{day}"
    assert read(words, day) == f"{first}/{day}"


QUARTERS = ("triwulan", "kuartal", "TW", "Triwulan")
PART_STYLES = (
    "{part} {number} {year}",
    "{part} {number}/{year}",
    "{part} {number} tahun {year}",
    "{part} {number}, {year}",
)


@pytest.mark.parametrize("style", PART_STYLES)
@pytest.mark.parametrize("part", QUARTERS)
@given(number=st.sampled_from(sorted(ORDINALS)), case=st.sampled_from([str.lower, str.upper]), year=YEARS)
def test_quarter_reads_back(style: str, part: str, number: str, case: Callable[[str], str], year: int) -> None:
    last = ORDINALS[number] * 3
    iso = f"{year}-{last - 2:02d}/{year}-{last:02d}"
    assert read(style.format(part=part, number=case(number), year=year)) == iso


@pytest.mark.parametrize("style", PART_STYLES)
@given(number=st.sampled_from(sorted(word for word, number in ORDINALS.items() if number < 3)), year=YEARS)
def test_semester_reads_back(style: str, number: str, year: int) -> None:
    last = ORDINALS[number] * 6
    assert read(style.format(part="semester", number=number, year=year)) == f"{year}-{last - 5:02d}/{year}-{last:02d}"


@pytest.mark.parametrize("number", ["ke-2", "ke 2", "II", "kedua", "dua"])
@given(anchor=DAYS)
def test_part_of_a_year_without_the_year_is_of_the_year_of_the_anchor(number: str, anchor: date) -> None:
    year = anchor.year
    assert read(f"triwulan {number}", anchor) == f"{year}-04/{year}-06"
    assert read(f"semester {number} tahun ini", anchor) == f"{year}-07/{year}-12"
    assert read(f"triwulan {number} tahun lalu", anchor) == f"{year - 1}-04/{year - 1}-06"
    assert read(f"semester {number}") is None


def test_third_semester_does_not_exist() -> None:
    assert read("semester III 2024") is None


YEAR_STYLES = (
    "{year}",
    "tahun {year}",
    "sepanjang {year}",
    "akhir {year}",
    "akhir tahun {year}",
    "tahun anggaran {year}",
)
YEAR_STYLES += ("APBD {year}", "({year})", "penghujung tahun {year}")


@pytest.mark.parametrize("style", YEAR_STYLES)
@given(year=YEARS)
def test_year_reads_back(style: str, year: int) -> None:
    assert read(style.format(year=year)) == str(year)


@pytest.mark.parametrize("words", ["2.024 orang", "Rp2024,5", "120241", "2024.500", "Rp1.2024", "AB2024"])
def test_other_numbers_are_no_years(words: str) -> None:
    assert mentions(words) == []


@pytest.mark.parametrize("words", ["2021-2024", "2021–2024", "2023/2024", "2024-25"])
def test_span_of_years_is_no_period_of_a_figure(words: str) -> None:
    (mention,) = mentions(words)
    assert (mention.kind, mention.iso) == ("years", None)


YEARS_FROM_NOW = {
    "tahun ini": 0, "tahun berjalan": 0, "akhir tahun": 0, "akhir tahun ini": 0, "tahun depan": 1, "tahun lalu": -1,
    "tahun sebelumnya": -1, "tahun kemarin": -1, "tahun kemaren": -1, "tahun silam": -1, "akhir tahun lalu": -1,
}  # fmt: skip


@pytest.mark.parametrize("words", YEARS_FROM_NOW)
@given(anchor=DAYS)
def test_relative_year_is_counted_from_the_anchor(words: str, anchor: date) -> None:
    assert read(words, anchor) == str(anchor.year + YEARS_FROM_NOW[words])
    assert read(words) is None


@given(anchor=DAYS)
def test_relative_month_is_counted_from_the_anchor(anchor: date) -> None:
    before = anchor.replace(day=1) - timedelta(days=1)
    assert read("bulan ini", anchor) == f"{anchor:%Y-%m}"
    assert read("bulan lalu", anchor) == f"{before:%Y-%m}"
    assert read("bulan lalu") is None


@pytest.mark.parametrize(
    "words", ["saat ini", "kini", "hingga kini", "sekarang", "hari ini", "sejauh ini", "sampai kini"]
)
@given(anchor=DAYS)
def test_now_is_the_day_of_the_anchor(words: str, anchor: date) -> None:
    (mention,) = mentions(words, anchor)
    assert (mention.kind, mention.iso) == ("now", anchor.isoformat())
    assert read(words) is None


@pytest.mark.parametrize(
    "words", ["periode yang sama tahun lalu", "bulan yang sama tahun sebelumnya", "setahun sebelumnya"]
)
def test_shift_by_a_year_waits_for_the_period_that_it_shifts(words: str) -> None:
    (mention,) = mentions(words, date(2025, 7, 16))
    assert (mention.kind, mention.iso) == ("shift", None)


FRAGMENTS = st.sampled_from([
    "31 Maret 2025", "(16/7/2025)", "Rabu", "Januari", "sampai", "-", "2024", "triwulan III", "semester", "tahun lalu",
    "saat ini", "per", "12", "/", "(", ")", ",", "Mei", "ke-2", "tahun", "2025-01-02", "\n", "é", "periode yang sama",
])  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=30), st.sampled_from(["", " "]), st.one_of(st.none(), DAYS))
def test_any_text_gives_periods_in_order_that_do_not_overlap(
    fragments: list[str], gap: str, anchor: date | None
) -> None:
    text = gap.join(fragments)
    found = resolve(find_period_words(lower(text)), Anchor(anchor))
    for first, second in pairwise(found):
        assert first.end <= second.start
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)


def event_day(text: str, published: date | None = None) -> date | None:
    return find_event_day(find_period_words(lower(text)), published)


@given(first=DAYS, second=DAYS, weekday=st.sampled_from(WEEKDAYS))
def test_day_of_the_event_is_the_latest_dated_statement_whatever_its_weekday(
    first: date, second: date, weekday: str
) -> None:
    days = [f"({day.day}/{day.month}/{day.year})" for day in (first, second)]
    text = f"Per 31 Maret 2001 belum ada. Begitu kata dia, {weekday.title()} {days[0]}, lalu lagi pada Senin {days[1]}."
    assert event_day(text) == max(first, second)
    assert event_day(text, min(first, second)) == min(first, second)


def test_day_of_the_event_is_written_in_words_too() -> None:
    assert event_day("Begitu kata dia, Kamis (6 Oktober 2022).") == date(2022, 10, 6)


@given(day=DAYS, other=DAYS)
def test_event_without_a_year_is_completed_from_the_publication_or_another_date(day: date, other: date) -> None:
    text = f"Begitu kata dia, Kamis ({day.day}/{day.month})."
    assert event_day(text, day) == day
    assert event_day(f"{text} Data per {day.day} {name_of(day)} {day.year}.") == day
    assert event_day(text) is None


def test_date_that_figures_refer_to_is_no_event() -> None:
    assert event_day("Data per 31 Maret 2025 dan 16 Juli 2025 sudah lengkap.", date(2025, 8, 1)) is None


@pytest.mark.parametrize(
    ("published", "event"),
    [
        ("2025-07-17T08:00:00+07:00", "2025-07-16"),
        ("2025-07-16T08:00:00+07:00", "2025-07-16"),
        ("2025-07-15T23:00:00+07:00", "2025-07-16"),
        ("2025-07-10T08:00:00+07:00", None),
        ("2026-07-17T08:00:00+07:00", None),
        (None, "2025-07-16"),
    ],
)
def test_event_is_near_the_publication(published: str | None, event: str | None) -> None:
    text = "Peserta BPJS Ketenagakerjaan di Kota Padang bertambah, kata Wali Kota, Rabu (16/7/2025)."
    assert read_text(text, published_at=published).event_date == event


@pytest.mark.parametrize(
    ("words", "anchor", "iso"),
    [
        ("per 31 Desember", date(2026, 1, 10), "2025-12-31"),
        ("per 31 Desember", date(2026, 7, 10), "2025-12-31"),
        ("Rabu (31/12)", date(2026, 1, 2), "2025-12-31"),
        ("Jumat (2/1)", date(2025, 12, 30), "2026-01-02"),
        ("per 31 Desember tahun lalu", date(2025, 7, 1), "2024-12-31"),
        ("Maret tahun lalu", date(2025, 7, 1), "2024-03"),
        ("Maret lalu", date(2025, 7, 1), "2025-03"),
        ("Januari sampai September tahun lalu", date(2025, 7, 1), "2024-01/2024-09"),
        ("Januari s.d. September 2024", None, "2024-01/2024-09"),
        ("semester I tahun sebelumnya", date(2025, 7, 1), "2024-01/2024-06"),
        ("semester awal tahun ini", date(2025, 7, 1), "2025-01/2025-06"),
        ("triwulan-III 2024", None, "2024-07/2024-09"),
        ("1 Januari sampai 30 September 2024", None, "2024-01-01/2024-09-30"),
        ("28 Mei - 2 Juni 2025", None, "2025-05-28/2025-06-02"),
        ("22 hingga 24 Mei 2025", None, "2025-05-22/2025-05-24"),
    ],
)
def test_dates_and_spans_without_a_year_of_their_own(words: str, anchor: date | None, iso: str) -> None:
    assert read(words, anchor) == iso


@pytest.mark.parametrize("words", ["dua tahun lalu", "beberapa tahun sebelumnya", "sebanyak 2000 nelayan"])
def test_what_is_no_period(words: str) -> None:
    assert mentions(words, date(2025, 7, 1)) == []
