"""Describes how a number is written and what stands around it, as tags for the rules ("form:…").

percent, points, money, count   what the number itself says
magnitude_N                     it has N+1 digits before the comma
words, scaled, single, few      written out; with ribu or juta; smaller than two; smaller than five
next_KIND, previous_KIND        another number close by in the sentence
next_case, next_persons         the next one counts claims, or persons that come with it
of_next_KIND                    "dari" stands between it and the next one
of_places, of_firms             it is a part of villages or of firms: "dari 391 desa, baru 9"
row                             its line is a row of cells
reaching                        it is a level that is reached: "hingga 96 persen"
placed                          "di" or "ke" stands right before it: "di 128 BPR"
part_follows                    the next one is said to be a part of it
bullet                          the line is an item of a list
labelled                        a region or a group of workers is named before it in its phrase
unknown_noun                    a word that is no known unit stands right behind it
vulnerable                      it counts workers who are no employees of an administration
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.clues import CluedPattern
from tasks.extract.numbers import Figure
from tasks.extract.reading import Reading, within
from tasks.extract.regions import RegionMention
from tasks.extract.scene import Surroundings
from tasks.extract.sentences import Sentence

_CLOSE = 75
_PART_REACH = 120
# A monthly contribution of one person is less.
_SMALL_MONEY = 1_000_000
_OUT_OF = CluedPattern(
    "dari",
    r"(?<!terdiri\s)(?<!lebih\s)(?<!kurang\s)(?<!berasal\s)(?<!naik\s)(?<!meningkat\s)(?<!turun\s)(?<!tumbuh\s)\bdari\s(?:(?:sekitar|total|jumlah|lebih|kurang\slebih|sebanyak|kira-kira|hampir)\s)*$",
)
_OUT_OF_REACH = 40
_PLACED = CluedPattern("di ke", r"\b(?:di|ke)\s(?:sekitar\s|lebih\sdari\s)?$")
_PLACED_REACH = 20
_REACHING = CluedPattern("hingga sampai menjadi ke", r"\b(?:hingga|sampai|menjadi|ke)\s(?:angka\s|level\s|sekitar\s)?$")
_OF_PLACES = CluedPattern(
    "dari",
    r"\bdari\s(?:\w+\s){0,2}[\d.,]+\s(?:desa|kelurahan|kecamatan|kampung|nagari|gampong|rt|rw|tps|proyek|paket|instansi|"
    r"opd|sekolah|(?P<firms>perusahaan|badan\susaha|pemberi\skerja|koperasi|umkm))\b[^.;\d]{0,60}(?:\w+\satau\s)?$",
)
# No single person is promised or pays as much.
_LARGE_MONEY = 1_000_000_000
# "1 ASN melindungi 1 pekerja rentan": one of something is a slogan or an example, no statistic.
_FEWEST = 2
# No article counts its covered workers in so few: "1 petugas melayani 3 peserta".
_MANY = 5
# A line of a list: "- Kader: 120", "Guru dan tenaga kependidikan: 13.245"
_BULLET = re.compile(r"(?:[-•*·]|\d{1,2}[.)]\s)|[^:\n]{2,60}:\s?(?:\w+\s){0,2}\d")
_PART = re.compile(
    r"\b(?:hanya|baru|cuma|di\santaranya|menjadi\speserta|jadi\speserta|"
    r"yang\s(?:sudah|telah|baru|terdaftar|terlindungi|aktif|ikut|menjadi|tercover|terealisasi|punya))\b",
    re.IGNORECASE,
)
_AMONG_THEM = re.compile(r"\s(?:\w+\s)?di\s?antaranya\s(?:sudah|telah|baru)\b", re.IGNORECASE)
_SO_MANY = re.compile(r",\s(?:sebanyak|sejumlah)\s$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s([A-Za-z]+)")
_PARTICIPANTS = re.compile(r"\bpeserta", re.IGNORECASE)
_RECIPIENTS = re.compile(r"\s(?:orang\s)?penerima\b(?!\s(?:upah|bantuan))", re.IGNORECASE)
_WITH = re.compile(r"\s(?:[\w/-]+\s){1,5}(?:dengan|dan|serta|yang\smendaftarkan)\s(?:\w+\s){0,4}", re.IGNORECASE)
_WORKERS = re.compile(r"\b(?:tenaga\skerja|pekerja|karyawan|peserta)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_OF = re.compile(r"[^.;]{0,40}?\bdari\b[^.;]{0,40}")
_VULNERABLE = frozenset({
    "pekerja rentan", "petani", "nelayan", "pedagang", "pengemudi", "pekerja keagamaan", "peternak", "kader",
    "pekerja seni", "difabel", "petugas kebersihan",
})  # fmt: skip
# The agency's own classes of participants.
_FUND_SEGMENTS = ("penerima upah", "bukan penerima upah", "jasa konstruksi")
# Words that may stand behind a number that counts what was named before.
_JOINING = frozenset({
    "dan", "atau", "yang", "di", "dari", "pada", "per", "hingga", "sampai", "untuk", "serta", "dengan", "ke",
    "lebih", "lagi", "saja", "sudah", "telah", "kini", "termasuk", "oleh", "secara", "sebagai", "itu", "ini",
    "tersebut", "dalam", "jadi", "menjadi", "naik", "turun", "tapi", "namun", "sedangkan", "sementara", "kemudian",
    "lalu", "karena", "sebab", "bila", "jika", "kalau", "agar", "supaya", "saat", "ketika", "sekitar", "atas",
    "selama", "setiap", "tiap", "dibanding", "dibandingkan", "ditambah", "plus", "terdaftar", "terlindungi",
    "tercover", "aktif", "mencapai", "adalah", "ialah", "merupakan", "akan", "bisa", "dapat", "an", "nya", "se",
    "lainnya", "sehingga", "maka", "padahal", "tetapi", "meski", "walau", "walaupun", "guna", "hanya", "baru",
    "masih", "belum", "bukan", "tidak", "juga", "pun", "sekaligus", "sepanjang", "sejak", "selain", "seperti",
    "yakni", "yaitu", "antara", "meliputi", "tersebar", "kata", "ujar", "jelas", "ungkap", "sebut", "imbuh", "tutur",
    "ucap", "lanjut", "tambah", "persis", "tepatnya", "unit", "buah",
})  # fmt: skip

# "Honorer ada 5.000 orang. Dari jumlah tersebut yang ikut baru 3.000": the whole of what the next sentence tells.
_PART_FOLLOWS = re.compile(
    r"[\s”\"’')]{0,4}(?:nah,?\s)?(?:dari\s(?:situ|sana|jumlah|angka|total|keseluruhan|seluruh|sebanyak|potensi)|"
    r"(?:namun|tetapi|tapi|akan\stetapi),?\syang)\b"
)


def describe_form(reading: Reading, sentence: Sentence, around: Surroundings) -> frozenset[str]:
    """The form tags of a number."""
    figure, text, lowered = around.figure, reading.text, reading.lowered
    tags = _written(figure)
    if _OUT_OF.search(lowered, max(0, figure.start - _OUT_OF_REACH), figure.start):
        tags.add("out_of")
    in_table = reading.tables.cell_at(figure.start) is not None
    if not in_table and (figure.start <= sentence.start + 1 or _BULLET.match(text, sentence.start, figure.start + 1)):
        tags.add("bullet")
    if text.find("|", sentence.start, sentence.end) >= 0:
        tags.add("row")
    if _REACHING.search(lowered, max(0, figure.start - _PLACED_REACH), figure.start):
        tags.add("reaching")
    if _PLACED.search(lowered, max(0, figure.start - _PLACED_REACH), figure.start):
        tags.add("placed")
    if out_of := _OF_PLACES.search(lowered, around.clause[0], figure.start):
        tags.add("of_firms" if out_of["firms"] else "of_places")
    tags |= _labels(reading.inside(sentence).regions, around)
    if around.noun is None and _has_unknown_noun(text, around):
        tags.add("unknown_noun")
    if when := _when(reading, sentence, around):
        tags.add(when)
    if around.next_figure is None and _PART_FOLLOWS.match(lowered, sentence.end):
        tags.add("part_told_next")
    return frozenset(tags | _groups(around) | _neighbours(text, around))


def _when(reading: Reading, sentence: Sentence, around: Surroundings) -> str | None:
    """Whether the period named in the number's phrase, the last before it or else the first behind, is yet to come."""
    if reading.anchor is None:
        return None
    inside = [each for each in reading.inside(sentence).periods if each.iso and each.kind not in ("statement", "now")]
    end = around.next_figure.start if around.next_figure else around.clause[1]
    before = [each for each in inside if around.phrase_start <= each.start < around.figure.start]
    behind = [each for each in inside if around.figure.end <= each.start < end]
    named = (*before[-1:], *behind[:1])
    if not named:
        return None
    year, told = (named[0].iso or "").rpartition("/")[2][:4], str(reading.anchor.year)
    return "period_to_come" if year > told else "period_of_the_year" if year == told else "period_past"


def _groups(around: Surroundings) -> set[str]:
    """Whom it counts, by the groups of workers named beside it."""
    tags = set()
    if _segment_beside(around) in _FUND_SEGMENTS:
        tags.add("fund_segment")
    for mark in (*around.after[:3], *around.before[:3]):
        if mark.segment in _VULNERABLE:
            tags.add("vulnerable")
    return tags


def _written(figure: Figure) -> set[str]:
    """How the number itself is written, and its size."""
    tags = {figure.kind, f"magnitude_{figure.value.adjusted()}"}
    if figure.in_words:
        tags.add("words")
    if figure.scaled:
        tags.add("scaled")
    if figure.value < _FEWEST:
        tags.add("single")
    if figure.value < _MANY:
        tags.add("few")
    if figure.kind == "money":
        tags |= {"large"} if figure.value >= _LARGE_MONEY else {"small"} if figure.value < _SMALL_MONEY else set()
    return tags


def _neighbours(text: str, around: Surroundings) -> set[str]:
    figure, following, previous = around.figure, around.next_figure, around.previous_figure
    tags = set()
    if following and following.start - figure.end <= _CLOSE:
        tags.add(f"next_{following.kind}")
        of_cases = around.next_noun and around.next_noun.tags & {"unit:case", "heir"}
        if of_cases or _RECIPIENTS.match(text, following.end):
            tags.add("next_case")
        if _counts_persons(text, around, following):
            tags.add("next_persons")
        if _OF.fullmatch(text, figure.end, following.start):
            tags.add(f"of_next_{following.kind}")
    if following and following.kind == figure.kind and following.value < figure.value and _says_part(text, around):
        tags.add("part_follows")
    if previous and previous.end >= around.clause[0] and figure.start - previous.end <= _CLOSE:
        tags.add(f"previous_{previous.kind}")
    return tags


def _counts_persons(text: str, around: Surroundings, following: Figure) -> bool:
    """Whether the next number counts those who work there: "231 perusahaan dengan tenaga kerja 10.794"."""
    if not _WITH.fullmatch(text, around.figure.end, following.start):
        return False
    if around.next_noun and "unit:person" in around.next_noun.tags:
        return True
    return _WORKERS.search(text, around.figure.end, following.start) is not None


def _segment_beside(around: Surroundings) -> str | None:
    """The group of workers named right behind the number, else nearest before it."""
    for mark in (*around.after[:2], *around.before):
        if mark.segment:
            return mark.segment
    return None


def _says_part(text: str, around: Surroundings) -> bool:
    """Whether the next number is said to be a part: "183.814 pekerja, yang sudah ikut hanya 17.394"."""
    start = around.noun.end if around.noun else around.figure.end
    following = around.next_figure
    if following is None or following.start - start > _PART_REACH:
        return False
    if _AMONG_THEM.match(text, following.end):
        return True
    if _PART.search(text, start, following.start) or _SO_MANY.search(text, start, following.start):
        return _OF.fullmatch(text, start, following.start) is None
    out_of = text[max(0, around.figure.start - 5) : around.figure.start].lower().endswith("dari ")
    return out_of and _PARTICIPANTS.search(text, start, following.start) is not None


def _labels(regions: Sequence[RegionMention], around: Surroundings) -> set[str]:
    """What is named before the number in its phrase: "Boven Digoel 6.940", "PU 201.995 orang"."""
    start = around.clause[0]
    if around.previous_figure:
        start = max(start, around.previous_figure.end)
    tags = set()
    if within(regions, start, around.figure.start):
        tags |= {"labelled", "region_label"}
    for mark in around.before:
        if mark.segment:
            tags |= {"labelled", "segment_label"}
    return tags


def _has_unknown_noun(text: str, around: Surroundings) -> bool:
    """Whether the number counts something that no seed knows: "87 kelembagaan tani"; "pengrajin" are persons."""
    match = _NEXT_WORD.match(text, around.figure.end)
    if match is None or match[1].lower() in _JOINING:
        return False
    if around.after and around.after[0].start <= match.start(1):
        return False
    return not (match[1].startswith("pe") and not match[1].endswith("an"))
