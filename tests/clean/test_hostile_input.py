"""Whatever a page holds, the answer comes in bounded time and memory, and is an article or a rejection."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.clean import clean
from tasks.records import Article, Rejection
from tests.clean.documents import LEAD, PARAGRAPHS, SECOND, THIRD, lines_of, page, read, snapshot

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 2.0
MOST_MEMORY = 10
"""Times the size of the document, with a floor of as many megabytes."""

GOOD = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
SCRIPT = '<script type="application/ld+json">'

DOCUMENTS: dict[str, Callable[[], str]] = {
    "deep divisions": lambda: "<html>" + "<div>" * 10_000 + GOOD,
    "deep inline elements": lambda: "<html>" + "<span>" * 11_000 + LEAD,
    "deep formatting": lambda: "<html>" + "<b><p>" * 9_000 + LEAD,
    "unclosed tables": lambda: "<html>" + "<table><tr><td>" * 9_000 + LEAD,
    "hundred thousand tags": lambda: "<html>" + "<div>" * 100_000 + GOOD,
    "one long paragraph": lambda: f"<html><p>{(LEAD + ' ') * 30_000}",
    "one long word": lambda: f"<html><p>{'a' * 4_900_000}",
    "many paragraphs": lambda: "<html>" + f"<p>{LEAD * 6}</p>" * 4_000,
    "unclosed comment": lambda: f"<html>{GOOD}<!-- {'x-' * 2_000_000}",
    "many comments": lambda: f"<html>{GOOD}{'<!--' * 39_000}",
    "script with paragraph ends": lambda: f"<html><script>var a='</p>';{'</p>' * 9_000}</script>{GOOD}",
    "a million entities": lambda: f"<html><p>{'&amp;' * 900_000}",
    "marks of direction": lambda: "<html><p>" + "\u202e".join(LEAD * 2_000),
    "nothing but links": lambda: "<html>" + "<a href=/x>Jalan Kabupaten Ruas Dua Mulai Diperbaiki</a>" * 19_000,
    "broken JSON-LD": lambda: f'<html>{SCRIPT}{{"@type":"NewsArticle","headline":"{"x" * 280_000}</script>{GOOD}',
    "deep JSON-LD": lambda: f"<html>{SCRIPT}{'[' * 100_000}</script>{GOOD}",
    "escapes in JSON-LD": lambda: f'<html>{SCRIPT}"headline":"{chr(92) * 290_000}</script>{GOOD}',
    "many attributes": lambda: f"<html><div {' '.join(f'a{n}=b' for n in range(300_000))}>{GOOD}",
    "many attributes, quoted": lambda: (
        f"<html><div {' '.join(f'a{n}={chr(34)}>{chr(34)}' for n in range(200_000))}>{GOOD}"
    ),
    "an open quote": lambda: f"<html>{GOOD}{'<div a=' + chr(34) * 30_000}",
    "many classes": lambda: f'<html><div class="{"related " * 500_000}">{GOOD}',
    "many metas": lambda: f"<html><head>{'<meta name=author content=Oleh>' * 19_000}</head>{GOOD}",
    "long title": lambda: f"<html><title>{'a - ' * 1_000_000}</title>{GOOD}",
    "its own path over and over": lambda: (
        f"<html><link rel=canonical href=https://a.example/a>{GOOD}{'/a' * 2_000_000}"
    ),
    "hidden blocks of many names": lambda: (
        f"<html>{GOOD}" + "".join(f'<div style="display:none" class="x{n}"><p>{LEAD}' for n in range(9_000))
    ),
    "shown and hidden blocks of many names": lambda: (
        "<html>"
        + "".join(
            f'<div class="y{n}"><p>{LEAD}</div><div style="display:none" class="x{n}">{LEAD}</div>'
            for n in range(4_900)
        )
    ),
    "blocks named as the article": lambda: "<html>" + f'<div class="article-body">{LEAD}</div>' * 9_000,
    "brackets": lambda: "(" * 4_900_000,
    "dashes": lambda: "A - " * 1_200_000,
    "dates": lambda: "12 Januari 2024 " * 300_000,
    "labels": lambda: "Kalimat. Baca juga: Judul " * 190_000,
    "blanks": lambda: "x" + " " * 4_900_000 + "y",
}


@pytest.mark.parametrize("build", DOCUMENTS.values(), ids=DOCUMENTS)
def test_time_and_memory_are_bounded(build: Callable[[], str]) -> None:
    clean(snapshot(page()))
    document = snapshot(build(), source="https://a.example/a")
    start = time.process_time()
    answer = clean(document)
    assert time.process_time() - start < MOST_SECONDS
    assert isinstance(answer, Article | Rejection)


TINY: dict[str, Callable[[], str]] = {
    "paragraphs of a letter": lambda: "<html>" + "<p>x" * 13_000,
    "too many paragraphs of a letter": lambda: "<html>" + "<p>x" * 19_000,
    "items of a letter": lambda: "<html><ul>" + "<li>a" * 13_000,
    "lines of a letter": lambda: "<html><p>" + "x<br>" * 13_000,
    "cells of a figure": lambda: "<html><table>" + "<tr><td>1<td>2" * 4_300,
    "numbered classes": lambda: "<html>" + "".join(f"<div class=a{n}>x</div>" for n in range(6_000)),
    "short sentences": lambda: "<html>" + f"<p>{'Kata ini adalah satu kalimat pendek. ' * 2}" * 9_500,
    "many tags on much text": lambda: "<html>" + ("<p>" + "kata " * 7) * 19_000,
    "empty elements": lambda: "<html>" + "<div><i></i></div>" * 4_000,
    "metas of a letter": lambda: "<html><head>" + "<meta name=a content=b>" * 9_000,
    "attributes of a letter": lambda: "<html>" + f"<p {' '.join('abcdefghijklmnopqrst')}>x" * 5_000,
    "attributes without blanks": lambda: "<html>" + '<p a=""b=""c=""d="">x' * 6_000,
    "bold letters that every paragraph repeats": lambda: (
        "<html><p>" + "".join(f"<b a={n}>" for n in range(900)) + "<p>x" * 900
    ),
    "three bold letters that every paragraph repeats": lambda: "<html><p><b><b><b>" + "<p>x" * 13_000,
    "objects in JSON-LD": lambda: f'<html>{SCRIPT}{{"@type":"Article","x":[{"{}," * 90_000}1]}}</script>{GOOD}',
    "an article of no words": lambda: "<html><meta property=og:type content=article>" + "<p>x" * 4_000,
    "lines of one long text": lambda: "<html><pre>" + "Kalimat ini berisi kata kata.\n" * 160_000,
}

GROWTH = """
import gc, sys
from tasks.clean import clean
from tests.clean.documents import page, snapshot
from tests.clean.test_hostile_input import TINY
import trafilatura  # the last way to a text, which takes the same memory whatever the page is
clean(snapshot(page()))
document = snapshot(TINY[sys.argv[1]](), source="https://a.example/a")
gc.collect()
def most() -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
with open("/proc/self/clear_refs", "w") as marks:
    marks.write("5")  # the peak begins anew
before = most()
clean(document)
print(1024 * (most() - before), len(document.content))
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the peak of a process is read as Linux has it")
@pytest.mark.parametrize("name", TINY)
def test_a_process_grows_by_a_small_multiple_of_the_document(name: str) -> None:
    told = subprocess.run([sys.executable, "-c", GROWTH, name], capture_output=True, text=True, check=True, cwd=ROOT)
    growth, size = map(int, told.stdout.split())
    assert growth < MOST_MEMORY * max(size, 1_000_000)


@pytest.mark.parametrize("name", ["one long paragraph", "many paragraphs", "many classes", "dates", "unclosed comment"])
def test_memory_is_a_small_multiple_of_the_document(name: str) -> None:
    clean(snapshot(page()))
    document = snapshot(DOCUMENTS[name]()[:1_000_000])
    tracemalloc.start()
    clean(document)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_MEMORY * max(len(document.content), 1_000_000)


def test_twenty_megabytes_are_refused_without_being_read() -> None:
    start = time.process_time()
    answer = clean(snapshot(b"<p>kata</p>" * 2_000_000))
    assert isinstance(answer, Rejection)
    assert answer.kind == "too large"
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    "spoil",
    [
        lambda html: html.replace("</p>", "</p><!-- unclosed <b> -- "[:4] + "</p>"),
        lambda html: html + "<!-- unclosed " + "x" * 1000,
        lambda html: html.replace("<article>", "<script>document.write('</p></article>')</script><article>"),
        lambda html: html.replace("38,54", "38\u200e,5\u202c4"),
        lambda html: html.replace("persen", "per\0sen"),
        lambda html: html.replace("<head>", "<head>" + SCRIPT + "{not json</script>"),
        lambda html: html.replace("<body>", "<body>" + "</div>" * 500),
        lambda html: html.replace("<article>", "<div>" * 900 + "<article>"),
    ],
    ids=["stray end tags", "comment", "script", "direction", "zeros", "JSON-LD", "ends too many", "nested"],
)
def test_a_spoilt_page_keeps_its_article(spoil: Callable[[str], str]) -> None:
    assert lines_of(read(spoil(page()))) == (LEAD, SECOND, THIRD)


def test_a_value_that_holds_much_data_is_one_attribute() -> None:
    data = '{"kunci": "nilai lain", "berita": "judul"}, ' * 3_000
    assert lines_of(read(page(before=f"<div data-page='[{data}]'></div>"))) == (LEAD, SECOND, THIRD)


def test_a_long_page_of_a_newspaper_is_read() -> None:
    stories = "".join(
        f'<li class="item item-{n}"><a class="judul" href="/berita/{n}" title="Jalan {n}">Jalan Ruas {n}</a></li>'
        for n in range(3_000)
    )
    assert lines_of(read(page(after=f"<ul>{stories}</ul>"))) == (LEAD, SECOND, THIRD)


def test_icons_that_a_template_leaves_open_do_no_harm() -> None:
    items = "".join(f'<li><i class="ikon"><a href=/{n}>Kanal {n}</a></li>' for n in range(300))
    assert lines_of(read(page(before=f"<ul>{items}</ul>"))) == (LEAD, SECOND, THIRD)
