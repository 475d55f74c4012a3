"""Small pages and text files for tests of cleaning."""

from __future__ import annotations

import hashlib

from tasks.clean import clean
from tasks.records import Article, Rejection, Snapshot

LEAD = (
    "Cakupan jaminan sosial ketenagakerjaan di Kabupaten Mempawah mencapai 38,54 persen per September, kata kepala"
    " dinas setempat seusai rapat evaluasi bersama para camat."
)
SECOND = (
    "Angka tersebut naik dari 31,2 persen pada tahun sebelumnya karena pemerintah desa mendaftarkan para perangkatnya"
    " dan sejumlah koperasi mendaftarkan para nelayan."
)
THIRD = (
    "Pemerintah kabupaten menargetkan separuh pekerja rentan di wilayah itu sudah terlindungi pada akhir tahun depan,"
    " demikian bunyi keterangan yang dibacakan dalam rapat tersebut."
)
PARAGRAPHS = (LEAD, SECOND, THIRD)
TITLE = "Separuh Pekerja Mempawah Ditargetkan Terlindungi"


def snapshot(content: str | bytes, source: str = "file:///artikel.html", charset: str | None = None) -> Snapshot:
    """A document as it came."""
    data = content.encode() if isinstance(content, str) else content
    digest = hashlib.sha256(data).hexdigest()
    return Snapshot(
        source=source, content=data, sha256=digest, retrieved_at="2026-01-02T03:04:05+00:00", charset=charset
    )


def read(content: str | bytes, source: str = "file:///artikel.html", charset: str | None = None) -> Article:
    """The article of a document that has one."""
    answer = clean(snapshot(content, source, charset))
    assert isinstance(answer, Article), answer
    return answer


def refuse(content: str | bytes, source: str = "file:///artikel.html") -> Rejection:
    """The rejection of a document that has no article."""
    answer = clean(snapshot(content, source))
    assert isinstance(answer, Rejection), answer
    return answer


def page(body: str | None = None, *, head: str = "", before: str = "", after: str = "", title: str = TITLE) -> str:
    """A page with a headline; ``body`` is the inside of the article's element, three paragraphs where it is None."""
    inside = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) if body is None else body
    return (
        f"<!doctype html><html lang=id><head><title>{title} | Koran Contoh</title>{head}</head><body>"
        f"<h1>{title}</h1>{before}<article>{inside}</article>{after}</body></html>"
    )


def text_file(*header: str, footer: tuple[str, ...] = ()) -> str:
    """A text file: header lines, the three paragraphs, footer lines."""
    return "\n".join((*header, *PARAGRAPHS, *footer))


def lines_of(article: Article) -> tuple[str, ...]:
    """The paragraphs of an article."""
    return tuple(article.text.split("\n"))


def removed_by(article: Article) -> dict[str, str]:
    """The removed texts and the kind of rule that took each."""
    return {item.text: item.kind for item in article.removed}
