"""Bytes become text once: by mark, zeros, validity, what is claimed, and last by detection."""

from __future__ import annotations

import codecs

import pytest

from tasks.clean.decode import Decoded, Undecodable, decode
from tests.clean.documents import LEAD, PARAGRAPHS, page, read, refuse

WORDS = "Harga “kopi” naik 5 % – kata Bupati Siak’s. " * 20


@pytest.mark.parametrize(
    ("content", "charset", "encoding", "basis"),
    [
        (codecs.BOM_UTF8 + WORDS.encode(), None, "utf-8", "bom"),
        (WORDS.encode("utf-16"), None, "utf-16", "bom"),
        (WORDS.encode("utf-32"), None, "utf-32", "bom"),
        (WORDS.encode("utf-16-le"), None, "utf-16-le", "zeros"),
        (WORDS.encode("utf-16-be"), "utf-8", "utf-16-be", "zeros"),
        (WORDS.encode(), "utf-8", "utf-8", "header"),
        (b'<meta charset="utf-8">' + WORDS.encode(), None, "utf-8", "meta"),
        (WORDS.encode(), None, "utf-8", "utf-8"),
        (WORDS.encode(), "iso-8859-1", "utf-8", "utf-8"),
        (WORDS.encode("cp1252"), "iso-8859-1", "cp1252", "header"),
        (
            b'<meta http-equiv=x content="text/html; charset=windows-1252">' + WORDS.encode("cp1252"),
            None,
            "cp1252",
            "meta",
        ),
        (WORDS.encode("cp1252"), None, "cp1252", "detected"),
        (WORDS.encode("cp1252"), "no-such-charset", "cp1252", "detected"),
    ],
)
def test_encoding_and_what_named_it(content: bytes, charset: str | None, encoding: str, basis: str) -> None:
    decoded = decode(content, charset)
    assert isinstance(decoded, Decoded)
    assert (decoded.encoding, decoded.basis) == (encoding, basis)
    assert decoded.text.endswith(WORDS)


def test_stray_windows_bytes_in_utf8_keep_both_readings() -> None:
    decoded = decode(("Desa Cīwa – “satu” … dua – tiga ".encode()) * 5 + b"\x93empat\x94 \x96 lima")
    assert isinstance(decoded, Decoded)
    assert (decoded.encoding, decoded.basis) == ("utf-8+cp1252", "mixed")
    assert decoded.text.endswith("“empat” – lima")
    assert decoded.text.startswith("Desa Cīwa – “satu” …")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n" + b"kata " * 100, "binary"),
        (b"PK\x03\x04" + b"kata " * 100, "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"kata\x01\x02\x03" * 50, "binary"),
        (codecs.BOM_UTF16_LE + b"k\x00a\x00\x00\xd8", "encoding"),
    ],
)
def test_what_is_no_text_is_told(content: bytes, kind: str) -> None:
    decoded = decode(content)
    assert isinstance(decoded, Undecodable)
    assert decoded.kind == kind
    assert refuse(content).kind == kind


def test_stray_zero_bytes_are_left_out() -> None:
    article = read(page().replace("Mempawah", "Mem\0pawah").encode())
    assert article.text == "\n".join(PARAGRAPHS)


def test_article_says_how_it_was_decoded() -> None:
    article = read(page().encode("utf-16"))
    assert (article.encoding, article.encoding_basis) == ("utf-16", "bom")
    assert LEAD in article.text
