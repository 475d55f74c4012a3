"""What a line of a news text is: a sentence, a headline, a dateline. Shapes only; no list of publishers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.clean.patterns import compile_pattern
from tasks.clean.word_sets import word_set

SENTENCE_WORDS = 8
"""A line of at least so many words that ends like a sentence is prose."""

PARAGRAPH_WORDS = 26
"""A line of at least so many words is prose however it ends: texts are cut in the middle of a sentence."""

HEADLINE_WORDS = 25

_LONGEST_WORD = 25
_END_REACH = 80
_FOLD_REACH = 1000
_DATELINE_WORDS = 9
_WEAK_WORDS = 4
_LONE_DATELINE_WORDS = 7

_MARKS = frozenset(".!?…;:。！？")
_CLOSERS = frozenset("\"”’')]")
_ENDS_SENTENCE = compile_pattern(r"[.!?…;:。！？][\"”’')\]]*$|[.!?]\s*\([\p{L}/ .-]+\)$|,[\"”]$")
_SMALL_WORDS = word_set(
    "di ke dari dan yang untuk dengan pada oleh atau dalam soal bagi akan ini itu para serta hingga usai saat agar se "
    "per jadi tak sang si vs of the a an and in on to for as at by from with"
)
_SENTENCE_BREAK = compile_pattern(r"[.!?][\"”]?\s+(?:\p{Lu}|[\"“])")
_WORD = re.compile(r"[^\W_]+")
_DATELINE_REACH = 100
_DASH = re.compile(r"\s?[–—]\s?|\s?--+\s?|\s-\s|-\s|\s-|:\s")
_DASH_MARK = re.compile("[-–—:]")
_DOMAIN = re.compile(r"[\w!-]+(?:\.[A-Za-z]{2,12})+")
_PLACE_BREAK = re.compile(r"[\s,|/()–—]+")
_DATELINE_MARKS = re.compile(r"[,|/(]|\sI\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input and whether a blank line stood before it."""

    text: str
    after_blank: bool = False


def join_lines(lines: Iterable[str], least: int) -> str:
    """The first lines of a text, as many as hold a number of characters; fewer only where there are no more."""
    first: list[str] = []
    length = 0
    for line in lines:
        first.append(line)
        length += len(line) + 1
        if length > least:
            break
    return "\n".join(first)


def count_words(text: str) -> int:
    """Number of words; in scripts that write no blanks, a quarter of the characters."""
    if not text:
        return 0
    words = text.count(" ") + 1
    return words if len(text) <= _LONGEST_WORD * words else len(text) // 4


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph: it ends like a sentence, or is too long for a headline."""
    words = count_words(text)
    return words >= PARAGRAPH_WORDS or (words >= SENTENCE_WORDS and ends_sentence(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends with the mark that ends a sentence, a quotation or a list's lead."""
    last = text[-1:]
    if last not in _CLOSERS:
        return last in _MARKS
    return _ENDS_SENTENCE.search(text[-_END_REACH:]) is not None


def ends_statement(text: str) -> bool:
    """Whether a line ends like a sentence that is no question or exclamation, which headlines may be."""
    return ends_sentence(text) and not text.rstrip("\"”’')").endswith(("?", "!"))


def is_headline(text: str) -> bool:
    """Whether a line can be a headline: short, with a letter, and not ended like a sentence (a question may be)."""
    if text.count(" ") >= HEADLINE_WORDS or _WORD.search(text) is None:
        return False
    return text.endswith(("?", "!", "…", "'", '"', "”", "’")) or not ends_sentence(text)


def title_case_share(text: str) -> float:
    """Share of the words that start with a capital, small words and figures left out; 0.0 where none is left."""
    words = [word for word in _WORD.findall(text) if not word[0].isdigit() and word.lower() not in _SMALL_WORDS]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def dateline_strength(text: str) -> int:
    """How surely a paragraph starts with the place and publisher of its report.

    2: a place and a publisher, as in "Kota, Koran.id - "; 1: capitalised words and a dash, as in "KOTA – ",
    which captions have too; 0: neither.
    """
    head = text[:_DATELINE_REACH]
    if "." in head and _starts_with_domain(head):
        return 2
    if _DASH_MARK.search(head) is None:
        return 0
    return max((_place_strength(head[: dash.start()], dash.group()) for dash in _DASH.finditer(head)), default=0)


def _place_strength(place: str, dash: str) -> int:
    """How surely the words before a dash are a dateline, as in :func:`dateline_strength`."""
    if place.count(" ") > _DATELINE_WORDS:
        return 0
    words = [word for word in _PLACE_BREAK.split(place) if _WORD.search(word)]
    if not words or len(words) > _DATELINE_WORDS:
        return 0
    if not all(word[0].isupper() or word[0].isdigit() or _DOMAIN.fullmatch(word) for word in words):
        return 0
    if _DATELINE_MARKS.search(place) is not None:
        return 2
    if dash.startswith(":"):
        return 0
    if any(_DOMAIN.fullmatch(word) for word in place.split()):
        return 2
    return 1 if len(words) <= _WEAK_WORDS else 0


def is_lone_dateline(text: str) -> bool:
    """Whether a line is a place, perhaps a publisher, and a dash and nothing else, as in "Kota, koran --"."""
    if not text.endswith(("-", "–", "—")) or text.count(" ") > _LONE_DATELINE_WORDS:
        return False
    return dateline_strength(text) > 0 or (text[0].isupper() and _DATELINE_MARKS.search(text) is not None)


def _starts_with_domain(place: str) -> bool:
    """Whether words start with a publisher's domain, a comma and a place, as in "Koran.com, Kota Bupati meninjau"."""
    domain = _DOMAIN.match(place)
    return domain is not None and re.match(r"\s?,\s?[A-Z]", place[domain.end() :]) is not None


def fold(text: str) -> str:
    """The words of a line alone, in lower case: what makes two lines the same headline."""
    return " ".join(_WORD.findall(text[:_FOLD_REACH].lower()))


def split_headline(text: str) -> tuple[str, str]:
    """A headline and the prose glued behind it, as in "Judul Berita Lain Bupati mengatakan hal itu."

    Without prose behind it the second part is empty. The prose starts at the last capital before two words
    in lower case, which no headline in title case has.
    """
    if not text.rstrip('"”’)').endswith((".", "…")) and text.count(" ") < HEADLINE_WORDS + 5:
        return text, ""
    words = list(re.finditer(r"\S+", text))
    lower = [_is_lower(match.group()) for match in words]
    for index in range(1, len(words) - 1):
        if lower[index] and lower[index + 1]:
            start = next((back for back in range(index, 0, -1) if _starts_capital(words[back].group())), 0)
            if start < 3:
                break
            return text[: words[start].start()].rstrip(), text[words[start].start() :]
    end = _SENTENCE_BREAK.search(text)
    if end is not None and end.end() < len(text):
        return text[: end.start() + 1], text[end.start() + 1 :].lstrip('"” ')
    return text, ""


def _is_lower(word: str) -> bool:
    """Whether a word is one that a headline in title case would write with a capital."""
    letters = _WORD.search(word)
    return letters is not None and letters.group()[0].islower() and letters.group() not in _SMALL_WORDS


def _starts_capital(word: str) -> bool:
    letters = _WORD.search(word)
    return letters is not None and letters.group()[0].isupper()
