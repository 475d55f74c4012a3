"""Reads the numbers of Indonesian news text exactly, with what is written onto them: scale, percent, currency.

Sources of the rules: PUEBI (dot between thousands, comma before decimals) and the slips that newspapers make
(40.86 persen, 51,495 orang, "137. 953", "19.042 ribu", "Rp.10, 19 miliar"). Values are exact decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tasks.extract.clues import WordFinder, digit_runs, matches_at
from tasks.extract.number_words import FIRST_WORDS, WORD_NUMBER, read_word_number

# A figure of more digits than this is no count of people or money: a serial number, or noise.
_MAX_DIGITS = 18

_SCALES = {
    "ribu": Decimal(1_000),
    "rb": Decimal(1_000),
    "juta": Decimal(1_000_000),
    "jt": Decimal(1_000_000),
    "miliar": Decimal(1_000_000_000),
    "milyar": Decimal(1_000_000_000),
    "milliar": Decimal(1_000_000_000),
    "milyard": Decimal(1_000_000_000),
    "miliyar": Decimal(1_000_000_000),
    "triliun": Decimal(1_000_000_000_000),
    "trilyun": Decimal(1_000_000_000_000),
    "trilliun": Decimal(1_000_000_000_000),
}
# Decimals have no more digits than this.
_ONE, _TOO_LONG = Decimal(1), Decimal(10) ** 27
# Nobody counts people in billions: "nominalnya 1,65 miliar" is money without its Rp.
_LEAST_MONEY_SCALE = Decimal(1_000_000_000)
_SCALE_WORDS = "|".join(sorted(_SCALES, key=len, reverse=True))

_HIGHEST_SHARED_PERCENT = 150

_DIGITS = (
    r"\d{1,3}(?:\.\d{3})++(?!\d)(?:,\d++)?+"  # 8.380 and 20.482.811.718,42
    r"|\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?+"  # 51,495
    r"|\d{1,3}(?:\.[ \u00a0]\d{3})++(?![\d.,]*+\d)"  # 137. 953
    r"|\d++(?:[.,]\d++)?+"  # 38,54 and 2657 and 40.86
)
_FIGURE = re.compile(
    rf"(?<![\w/])(?<!\d[.,])(?P<money>(?:rp|idr)[.,]?\s?)?(?P<sign>[-−](?=\d))?"
    rf"(?P<digits>{_DIGITS})"
    rf"(?P<stray>,[ \u00a0](?:\d{{1,3}}(?=\s?(?:{_SCALE_WORDS})\b)|\d\d(?=\s?(?:persen\b|%))))?"
    rf"(?P<rupiah_dash>,-|,–)?"
    rf"(?:\s?[-–]?\s?(?P<scale>{_SCALE_WORDS}))?(?P<about>(?:-|\s)?an\b)?"
    rf"(?P<points>\s?(?:persen\spoin|poin\spersen(?:tase)?|poin)\b)?"
    rf"(?P<percent>\s?(?:persen|prosen|percent)(?:an|nya)?\b|\s?%)?"
    rf"(?P<rupiah>\s?rupiah\b)?",
)
_WORDS = re.compile(
    rf"(?<![\w])(?P<words>{WORD_NUMBER})(?![\w])(?P<percent>\s?(?:persen|prosen|percent)(?:an|nya)?\b|\s?%)?(?P<rupiah>\s?rupiah\b)?",
)
_FIRST_WORDS = WordFinder(FIRST_WORDS)
# "idr. -5"
_LEAD_REACH = 6
_SIGNS = ("-", "−")
_RANGE_JOIN = re.compile(r"\s?[-–—]\s?|\s(?:hingga|sampai|sampai dengan|s/d|s\.d\.)\s", re.IGNORECASE)


@dataclass(slots=True)
class Figure:
    """A number of the text at ``text[start:end]``.

    ``kind`` is "percent", "points" (of a percentage), "money" (rupiah) or "count"; ``value_max`` is the upper end of
    a range; ``approximate`` is said by the number itself ("16.000-an"). ``in_words`` marks a number written out,
    ``scaled`` one with ribu, juta or more; ``digits_end`` is where its digits end and the scale begins.
    """

    start: int
    end: int
    value: Decimal
    kind: str
    value_max: Decimal | None = None
    approximate: bool = False
    in_words: bool = False
    scaled: bool = False
    digits_end: int = 0


def find_figures(text: str, lowered: str) -> list[Figure]:
    """All numbers of a text in order, ranges joined; ``lowered`` is the text in lower case."""
    matches = matches_at(_FIGURE, lowered, _beginnings(lowered))
    figures = [figure for match in matches if (figure := _read(match)) is not None]
    taken = bytearray(len(text))
    for figure in figures:
        taken[figure.start : figure.end] = b"\x01" * (figure.end - figure.start)
    for match in matches_at(_WORDS, lowered, _FIRST_WORDS.places(lowered)):
        if taken.find(1, match.start(), match.end()) < 0 and not _is_in_name(text, match.start()):
            figures.append(_read_words(match))
    figures.sort(key=lambda figure: figure.start)
    return _share_percent(lowered, _join_ranges(lowered, figures))


def _beginnings(lowered: str) -> Iterator[int]:
    """Where a number can begin: at digits, at the sign or at the currency before them."""
    for start, _ in digit_runs(lowered):
        before = lowered[max(0, start - _LEAD_REACH) : start]
        if "rp" in before or "idr" in before:
            yield from range(start - len(before), start - 1)
        if before[-1:] in _SIGNS:
            yield start - 1
        yield start


def _is_in_name(text: str, start: int) -> bool:
    """Whether a number word is written as a part of a name: "Pulau Tiga", "Lima Puluh Kota"."""
    return text[start].isupper() and bool(re.search(r"[A-Z][\w.]+\s$", text[max(0, start - 20) : start]))


def _read(match: re.Match[str]) -> Figure | None:
    """The figure of a match, or None where the digits are no number (a code, a serial)."""
    digits = match["digits"]
    if len(digits) > _MAX_DIGITS and sum(char.isdigit() for char in digits) > _MAX_DIGITS:
        return None
    scale = (match["scale"] or "").lower()
    is_money = match["money"] or match["rupiah"] or _SCALES.get(scale, 0) >= _LEAST_MONEY_SCALE
    kind = "points" if match["points"] else "percent" if match["percent"] else "money" if is_money else "count"
    if match["stray"]:
        digits = digits.replace(".", "") + "." + match["stray"].lstrip(", \u00a0")
        value = Decimal(digits)
    else:
        value = _decimal(digits, scaled=bool(scale), percent=kind == "percent")
    doubled = scale in ("ribu", "rb") and _is_grouped(digits, ".")
    if scale and not doubled:
        value *= _SCALES[scale]
    if match["sign"]:
        value = -value
    return Figure(
        start=match.start(),
        end=match.end(),
        value=_plain(value),
        kind=kind,
        approximate=bool(match["about"]),
        scaled=bool(scale),
        digits_end=match.end("digits"),
    )


def _read_words(match: re.Match[str]) -> Figure:
    kind = "percent" if match["percent"] else "money" if match["rupiah"] else "count"
    return Figure(
        start=match.start(),
        end=match.end(),
        value=_plain(read_word_number(match["words"])),
        kind=kind,
        in_words=True,
        scaled=any(scale in match["words"].lower() for scale in _SCALES),
        digits_end=match.end("words"),
    )


def _is_grouped(digits: str, separator: str) -> bool:
    """Whether the digits are groups of three behind the first: 8.380, 1.234.567."""
    head, *groups = digits.split(separator)
    return bool(groups) and head != "0" and all(len(group) == 3 for group in groups)


def _decimal(digits: str, *, scaled: bool, percent: bool) -> Decimal:
    """The value of a written number.

    Two different separators tell their own meaning: the last one is the decimal mark. With one separator only,
    three digits behind it are thousands, unless a scale word, a percent sign or a leading zero says that they
    are decimals: "6,157 juta", "0,125 persen"; a dot before a scale stays a thousands mark only in "19.042 ribu".
    """
    digits = digits.replace(" ", "").replace("\u00a0", "")
    if "." in digits and "," in digits:
        decimal_mark = max(".", ",", key=digits.rfind)
        other = "," if decimal_mark == "." else "."
        return Decimal(digits.replace(other, "").replace(decimal_mark, "."))
    for separator in (".", ","):
        if separator not in digits:
            continue
        if not _is_grouped(digits, separator):
            return Decimal(digits.replace(separator, "."))
        single_group = digits.count(separator) == 1
        if single_group and (percent or (scaled and len(digits.split(separator)[0]) == 1)):
            return Decimal(digits.replace(separator, "."))
        if single_group and scaled and separator == ",":
            return Decimal(digits.replace(separator, "."))
        return Decimal(digits.replace(separator, ""))
    return Decimal(digits)


def _plain(value: Decimal) -> Decimal:
    """The value without an exponent and without zeros that only the scale brought in."""
    if value == value.to_integral_value():
        return value.quantize(_ONE) if abs(value) < _TOO_LONG else value
    return value.normalize()


def _join_ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """Joins "23–24 persen", "1,7-1,8 juta" and "50 ribu sampai 100 ribu" into one figure with a ``value_max``."""
    joined: list[Figure] = []
    for figure in figures:
        previous = joined[-1] if joined else None
        range_figure = _range(text, previous, figure) if previous else None
        if range_figure:
            joined[-1] = range_figure
        else:
            joined.append(figure)
    return joined


_LIST_JOIN = re.compile(r",\s(?:dan\s)?|\sdan\s")


def _share_percent(text: str, figures: list[Figure]) -> list[Figure]:
    """Gives the numbers of "72, 60, dan 57 persen" the unit that is written once, behind the last."""
    shared = list(figures)
    for index in range(len(shared) - 2, -1, -1):
        figure, following = shared[index], shared[index + 1]
        joined = (
            figure.kind == "count" and not figure.in_words and _LIST_JOIN.fullmatch(text, figure.end, following.start)
        )
        if joined and following.kind == "percent" and figure.value <= _HIGHEST_SHARED_PERCENT:
            shared[index] = replace(figure, kind="percent")
    return shared


def _range(text: str, first: Figure, last: Figure) -> Figure | None:
    """The range that two neighbouring figures write, or None. The unit of the last goes for both."""
    if first.value_max is not None or not _RANGE_JOIN.fullmatch(text, first.end, last.start):
        return None
    if first.kind not in ("count", last.kind):
        return None
    value = first.value
    if last.scaled and not first.scaled:
        scale = next((s for s in _SCALES if s in text[last.digits_end : last.end].lower()), None)
        value = _plain(value * _SCALES[scale]) if scale else value
    if not value < last.value:
        return None
    return Figure(
        start=first.start,
        end=last.end,
        value=value,
        value_max=last.value,
        kind=last.kind,
        approximate=first.approximate or last.approximate,
        in_words=first.in_words,
        scaled=first.scaled or last.scaled,
        digits_end=first.digits_end,
    )
