"""One form for the characters of a text: composed, plain spaces, nothing invisible; words and figures stay."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_BLANKS = re.compile(
    "[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]{2,}|[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
)
"""What is to become one space; a lone space is left out, or a long text would be taken apart at every word."""

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\ufffe\uffff]+"
)


def normalise(text: str) -> str:
    """The text with line breaks as ``\\n``, every run of blanks as one space, no invisible characters, in NFC."""
    if text.isascii():
        return _BLANKS.sub(" ", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))
    text = "".join(character for character in text if not "\ud800" <= character <= "\udfff") if _torn(text) else text
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", text))


def _torn(text: str) -> bool:
    """Whether the text holds halves of surrogate pairs, which no encoding can write."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def split_lines(text: str) -> list[str]:
    """The lines of a text, normalised and stripped; blank lines stay as empty strings."""
    return [line.strip() for line in normalise(text).split("\n")]


_BLANK = re.compile(r"\s")
_SETTLED = re.compile("[ -~\u2018-\u201f\u2013\u2014\u2022\u2026]*")
"""What every form leaves as it is: printable ASCII, typographical quotation marks, dashes, bullets and ellipses."""

_SPLIT_LENGTH = 100_000
"""Characters above which the words of a text held apart would take too much memory."""


def normalise_line(text: str) -> str:
    """A text as one line in the form of :func:`normalise`, stripped."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # most texts need no more
    line = " ".join(text.split()) if len(text) <= _SPLIT_LENGTH else _join_words(text)
    if line.isprintable() and (line.isascii() or _SETTLED.fullmatch(line)):
        return line
    return normalise(line).replace("\n", " ").strip()


def _join_words(text: str) -> str:
    """The words of a long text with one space between them, taken apart piece by piece."""
    pieces = []
    start = 0
    while start < len(text):
        blank = _BLANK.search(text, start + _SPLIT_LENGTH)
        end = blank.start() if blank else len(text)
        pieces.append(" ".join(text[start:end].split()))
        start = end
    return " ".join(piece for piece in pieces if piece)
