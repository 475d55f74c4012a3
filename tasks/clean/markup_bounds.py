"""What markup costs to read: bounds that hold before it is parsed, whatever a hostile page holds.

The parser builds whole trees, so that what would take too much time or memory must be told apart from the
text alone, and at once for the pages of every newspaper: counts come first, patterns only where those do not
suffice.
"""

from __future__ import annotations

import re

from tasks.clean.word_sets import word_set

_MOST_TAGS = 40_000
_CHECKED_TAGS = 5_000
_DEEPEST = 12_000
"""The parser's time grows with the square of the depth of unclosed elements: 0.15 s at this depth."""

_MOST_ATTRIBUTES = 3_000
_LONG_TAG = 10_000
"""The parser's time also grows with the square of an element's attributes: 10 ms at 3,000, which take a long tag."""

_MOST_EQUAL = 3
_MOST_REPEATED = 50_000
"""Elements that unclosed formatting ones may add: HTML repeats all that are open in every paragraph that follows."""

_TIMES = 10
_LEAST_SIZE = 1_000_000
"""Memory is bounded by so many times a page's size, small pages counted as large as this."""

_CHARACTER, _ELEMENT, _ATTRIBUTE, _REPEATED = 3, 700, 290, 170
"""Bytes that a character, an element with its paragraph, an attribute and a repeated element take in memory."""

_DENSEST = 125
"""Bytes that a character takes where nothing but attributes of one letter stand."""

_SAMPLED = 500_000
_SAMPLES = 32
_DOUBT = 1.6
"""Characters up to which attributes are guessed from so many places before they are counted, which takes longer;
what is guessed counts so many times."""

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_FORMATTING = re.compile(
    r"</?+[bBiIuUsScCeEfFtTnN](?=[\s/>iIoOmMtT])(?:[\s/>]|(?:[iI][gG]|[oO][dD][eE]|[mM]|[oO][nN][tT]|[mM][aA][lL][lL]"
    r"|[tT][rR](?:[iI][kK][eE]|[oO][nN][gG])|[tT]|[oO][bB][rR])[\s/>])"
)
"""b, big, code, em, font, i, nobr, s, small, strike, strong, tt and u; of a there is never more than one open.

The letters looked ahead to are those that may come second: most other tags are told apart by them at once.
"""

_OPEN_TAG = re.compile(r"""<[A-Za-z](?:[^"'>]++|"[^"]*+"?|'[^']*+'?)*+""")
_SCRIPT = re.compile(r"<(script|style|!--).*?(?:</\1|-->|$)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r""""[^"]*+"?|'[^']*+'?""")
_SCRIPT_BEGIN = re.compile("<script|<style|<!--")
_SCRIPT_END = {"<script": "</script", "<style": "</style", "<!--": "-->"}
_SELF_CLOSING = word_set(
    "area base br col embed hr img input link meta param source track wbr "
    "p li dt dd td th tr tbody thead tfoot option optgroup rp rt path"
)


def find_excess(markup: str) -> str | None:
    """What markup has more of than any article's page, as "has 100,000 tags"; None where it can be parsed."""
    tags = markup.count("<")
    if tags > _MOST_TAGS:
        return f"has {tags:,} tags, more than the {_MOST_TAGS:,} of the largest page"
    if tags > _CHECKED_TAGS and _depth(markup) > _DEEPEST:
        return f"nests elements deeper than {_DEEPEST:,}"
    if _has_long_tag(markup):
        most, _ = _count_attributes(without_scripts(markup))
        if most > _MOST_ATTRIBUTES:
            return f"has an element with {most:,} attributes"
    unclosed = _unclosed_formatting(markup)
    repeated = unclosed * (tags - markup.count("</")) if unclosed > 1 else 0
    if repeated > _MOST_REPEATED:
        return f"leaves {unclosed:,} formatting elements open, which make {repeated:,} more"
    return _find_dense(markup, tags, repeated)


def _find_dense(markup: str, tags: int, repeated: int) -> str | None:
    """Whether elements and attributes stand so densely that the parsed page takes many times its size."""
    size = len(markup)
    room = _TIMES * max(size, _LEAST_SIZE) - _CHARACTER * size - _REPEATED * repeated
    left = room - tags * _ELEMENT
    if size * _DENSEST <= left or (size < _SAMPLED and _DOUBT * _guess_attributes(markup) * _ATTRIBUTE <= left):
        return None
    elements = tags - markup.count("</")
    _, attributes = _count_attributes(without_scripts(markup))
    if elements * _ELEMENT + attributes * _ATTRIBUTE <= room:
        return None
    return f"has {elements:,} elements and {attributes:,} attributes in {size:,} characters, too many to read"


def _depth(markup: str) -> int:
    """How many elements are open at most, those left out whose end tag may be missing."""
    depth = deepest = 0
    for match in _TAG.finditer(markup):
        if match.group(2).lower() not in _SELF_CLOSING:
            depth = max(depth - 1, 0) if match.group(1) else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _unclosed_formatting(markup: str) -> int:
    """How many formatting elements are open at once at most; of equal ones HTML repeats no more than three."""
    depth = deepest = 0
    for tag in _FORMATTING.findall(markup):
        if tag[1] != "/":
            depth += 1
            if depth > deepest:
                deepest = depth
        elif depth:
            depth -= 1
    if deepest <= _MOST_EQUAL:
        return deepest
    opened = {markup[match.start() : markup.find(">", match.start())] for match in _FORMATTING.finditer(markup)}
    return min(deepest, _MOST_EQUAL * len(opened))


def _guess_attributes(markup: str) -> float:
    """About how many attributes a page has, by the tags at some places; so many that they matter are no small part."""
    size = len(markup)
    found = 0.0
    for place in range(size // _SAMPLES, size, size // _SAMPLES):
        begin = markup.rfind("<", 0, place)
        if begin > markup.rfind(">", 0, place):
            tag = markup[begin : markup.find(">", place) + 1]
            found += _attributes_of(tag) / max(len(tag), 1)
    return found * size / _SAMPLES


def without_scripts(markup: str) -> str:
    """Markup without its scripts, styles and comments."""
    lower = markup.lower()
    if len(lower) != len(markup):  # a few letters are longer in lower case
        return _SCRIPT.sub("", markup)
    pieces = []
    place = 0
    while (begin := _SCRIPT_BEGIN.search(lower, place)) is not None:
        pieces.append(markup[place : begin.start()])
        end = lower.find(_SCRIPT_END[begin.group()], begin.end())
        if end < 0:
            return "".join(pieces)
        place = end
    return "".join([*pieces, markup[place:]])


def _count_attributes(markup: str) -> tuple[int, int]:
    """How many attributes an element has at most, and all have, in markup without scripts."""
    tags = _OPEN_TAG.finditer(markup)
    counts = [_attributes_of(match.group()) for match in tags]
    return max(counts, default=0), sum(counts)


def _attributes_of(tag: str) -> int:
    """How many attributes a tag has, its values left out: each stands behind a blank, a slash or another's quote."""
    pieces = tag.split('"')
    is_plain = len(pieces) % 2 and "'" not in tag  # every quote has its end, so that each second piece is a value
    bare = '"" '.join(pieces[::2]) if is_plain else _QUOTED.sub('"" ', tag)
    return len(bare.replace("/", " ").split()) - 1


def _has_long_tag(markup: str) -> bool:
    """Whether a tag may be longer than any that a person writes: no ">" for long behind a "<"."""
    half = _LONG_TAG // 2
    place = 0
    while place < len(markup):
        last = markup.rfind(">", place, place + half)
        if last < 0:
            last = markup.find(">", place)
            last = last if last >= 0 else len(markup)
            opening = markup.find("<", place, last)
            if opening >= 0 and last - opening > _LONG_TAG:
                return True
        place = last + 1
    return False
