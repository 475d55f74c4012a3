"""Finds regions in a text and says which one each mention means, by Kemendagri code.

A name may mean several regions (Kabupaten and Kota Semarang, Provinsi and Kota Bengkulu). What decides is, in this
order: the word before it (Pemkab, Wali Kota …), another mention of the same article that is clear, the province
that the article is about. Where that leaves a choice, the mention has no code: no answer beats a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tasks.extract.calendar_words import WEEKDAY
from tasks.extract.clues import CluedPattern
from tasks.extract.phrases import PhraseFinder, lower
from tasks.knowledge import read_seed

COUNTRY = "00"


@dataclass(frozen=True, slots=True)
class Region:
    """A row of seeds/regions.csv."""

    code: str
    name: str
    level: str
    province_code: str


@dataclass(slots=True)
class RegionMention:
    """A region named at ``text[start:end]``, the level word before it included.

    ``codes`` are the regions it can mean, ``code`` the one it does or None. ``role`` is "region", "office" (a branch
    office's seat), "venue" (where something took place), "dateline", or "context" (the province around the region
    meant), or "compared" (held against the region meant). ``cue`` is the level that the word before it names.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    code: str | None
    role: str
    cue: str | None
    strength: str

    def moved(self, offset: int) -> RegionMention:
        """The same mention ``offset`` characters further on."""
        return replace(self, start=self.start + offset, end=self.end + offset)


@cache
def regions() -> dict[str, Region]:
    """All regions by code."""
    rows = read_seed("regions.csv", ("code", "name", "level", "province_code"))
    return {row["code"]: Region(row["code"], row["name"], row["level"], row["province_code"]) for row in rows}


def _provinces_of(code: str) -> frozenset[str]:
    """The province that a region lies in, and the one that it lay in before that was divided."""
    province = regions()[code].province_code
    return frozenset({province, _former_provinces().get(province, province)})


@cache
def _former_provinces() -> dict[str, str]:
    rows = read_seed("former_provinces.csv", ("province", "former", "since"))
    return {row["province"]: row["former"] for row in rows}


@dataclass(frozen=True, slots=True)
class _Name:
    codes: tuple[str, ...]
    strength: str


@cache
def _names() -> dict[str, _Name]:
    """Lower-case names with the regions that they can mean and how far they can be trusted."""
    codes: dict[str, list[str]] = {}
    strengths: dict[str, str] = {}
    for row in read_seed("aliases.csv", ("alias", "code", "strength", "note")):
        name = lower(row["alias"])
        codes.setdefault(name, []).append(row["code"])
        strengths[name] = max(strengths.get(name, "official"), row["strength"], key=_STRENGTHS.index)
    return {name: _Name(tuple(found), strengths[name]) for name, found in codes.items()}


_STRENGTHS = ("official", "common", "weak", "ambiguous")


@cache
def _decoys() -> tuple[str, ...]:
    """Names that hold the name of a region and mean something else: "Bank Jatim"."""
    return tuple(lower(row["phrase"]) for row in read_seed("region_decoys.csv", ("phrase", "meaning")))


@cache
def _finder() -> PhraseFinder:
    return PhraseFinder([*_names(), *_decoys()])


@cache
def _cues() -> dict[str, str]:
    return {row["cue"]: row["level"] for row in read_seed("region_cues.csv", ("cue", "level"))}


# A level is named in up to three words before a name: "wakil wali kota".
_CUE_WORDS = 3
_CUE_REACH = 45
_OPENING_QUOTES = '“"‘'
_ROLE_REACH = 90
_DATELINE_REACH = 40
_OFFICE_BEFORE = CluedPattern(
    "cab kanwil kantor kcp kc perintis kepala pimpinan",
    r"\b(?:cabang|kacab|kakacab|kanwil|kakanwil|kantor\swilayah|kcp|kc|perintis|kantor\scabang(?:\sperintis)?|"
    r"(?:kepala|pimpinan|kakacab)(?:\skantor)?(?:\scabang|\swilayah)?)"
    r"(?:\s(?:bpjs|bp)?\s?(?:ketenagakerjaan|jamsostek|bpjamsostek|bpjstk|tk|naker))?(?:\s\(?\w{2,12}\)?){0,1}\s$",
)
# "BPJS Ketenagakerjaan Sampit mencatat": a branch by its seat; "peserta BPJS Ketenagakerjaan Bungo" live there.
_AGENCY_BEFORE = CluedPattern(
    "bpjs bpjamsostek bpjstk jamsostek",
    r"(?<!peserta\s)(?<!kepesertaan\s)(?<!anggota\s)(?<!cakupan\s)(?<!program\s)(?<!perlindungan\s)(?<!kartu\s)"
    r"\b(?:(?:bpjs|bp)[\s-](?:ketenagakerjaan|jamsostek|tk|naker)|bpjamsostek|bpjstk)\)?"
    r"\s(?:\(\S{2,12}\)\s)?$",
)
# A place with a proper name, in the text's own case: "Hotel Mercure ", "Aula Kejati Aceh, ".
# "ujar Sulhan di Manado, belum lama ini"; "rapat dengan Komisi IX DPR RI di Jakarta"
_SPOKEN_AT = CluedPattern(
    "kata ujar ucap tutur jelas sebut ungkap terang papar tegas imbuh tambah ditemui rapat pertemuan dihubungi",
    r"\b(?:(?:kata|ujar|ucap|tutur|jelas|sebut|ungkap|terang|papar|tegas|imbuh|tambah)(?:nya)?|ditemui|dihubungi|rapat|"
    r"pertemuan)\b[^\d.;:”\"]{0,70}\sdi\s$",
)
_VENUE_BEFORE = re.compile(
    r"\b(?:Hotel|Aula|Gedung|Ballroom|Balai|Kantor|Rumah|Pendopo|Ruang|Convention|Hall|Mall?|Stadion|Lapangan|"
    r"Desa|Kelurahan|Kecamatan|Jalan|Jl|Bandara|Pelabuhan|Universitas|RSUD|Polres|Polda|Kodim|Kejari|Pengadilan|"
    r"Auditorium|Graha|Wisma|Centre|Center|Plaza|Kafe|Kedai|Resto)\.?"
    r"(?:,?\s[A-Z0-9][\w'’.-]*(?:,?\s(?:[A-Z0-9][\w'’.-]*|di|dan))*)?,?\s\(?$"
)
# "di Manokwari, Rabu": where it was said
_SAID_AT = re.compile(rf"^\)?,?\s(?:pada\s(?:hari\s)?)?(?:{WEEKDAY})\b")
# A dateline may begin with the paper's name: "SPN News – Jakarta, 30 Januari 2024 –"
_DATELINE_BEFORE = re.compile(r"(?:[\w.!’' ]{2,30}\s?[–—,|-]\s?)?")
_DATELINE_AFTER = re.compile(r"^(?:[,|(/\s][^\n–—-]{0,40}?)?\s?(?:-\s|--|–|—)|^(?:,\s[\w.]{3,30})?-(?=\w)")
# "Hi!Pontianak", "@kotabatam", "0415/Jambi": a part of another name
# "kalah cepat dari Sulawesi Utara", "kota tetangganya, Banjarbaru": only held against what the article is about
_COMPARED_WITH = CluedPattern(
    "banding ketimbang daripada kalah atas bawah mengungguli menyalip mengalahkan melampaui tetangga selain",
    r"\b(?:dibanding(?:kan)?(?:\sdengan)?|ketimbang|daripada|kalah\s(?:\w+\s)?dari|di\satas|di\sbawah|mengungguli|menyalip|"
    r"mengalahkan|melampaui|tetangga(?:nya)?,?|selain)\s(?:di\s)?$",
)
_STOPS = ",.("
_GLUED = "!@#/.-"
# A quarter of a place is another one: "Surabaya Timur", "Bolmong Timur"; those that are regions are names of their own.
_PART_OF_IT = re.compile(r"\s(?:Timur|Barat|Utara|Selatan|Tengah|Tenggara)(?:\s(?:Laut|Daya))?\b")
_BEFORE_LABEL = re.compile(r"\s?(?:[-•*·]\s?|\d{1,3}[.)]?\s?(?:\|\s?)?)?")
_BEHIND_LABEL = re.compile(r"\s?[|:]")
# "Kabupaten Semarang, Jawa Tengah", "Polewali Mandar (Polman), Sulawesi Barat", "Sumenep, Madura, Jawa Timur"
_PROVINCE_GAP = re.compile(r"\)?,?\s?\(?(?:[a-z]+,\s)?(?:provinsi\s)?")
#: What stands between the names of a list.
LISTED = re.compile(r",?\s(?:(?:dan|serta|maupun)\s)?")
# "Pesisir Selatan 892 orang, Agam 250 orang"
_COUNTED_LIST = re.compile(r"(?:\s\w+){0,2}\s\d[\d.,]*(?:\s\w+){0,2},?\s(?:(?:dan|serta|lalu|kemudian)\s)?")
_ALL_OF = re.compile(r"\bse-$")
# "14 kabupaten/kota se-Kalbar", "tertinggi se-Bali" only say among whom; "peserta se-Kaltara" are those of Kaltara.
_WITHIN_ENDS = ("se", "di", "at")
_WITHIN_BEFORE = re.compile(
    r"(?:kabupaten/kota|kabupaten\sdan\skota|kabupaten\skota|provinsi)\s(?:di|se)[-\s]?$|"
    r"\b(?:peringkat|urutan|posisi|juara|ranking)\s(?:ke[- ]?)?\w+\s(?:di|se)[-\s]$|\btingkat\s(?:di\s)?$|"
    r"\b(?:kabupaten|kota|daerah|desa|kelurahan|kecamatan|bupati|wali\skota|camat|lurah|kadis|sekda|opd|cabang|"
    r"ter[a-z]+|ke(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)|satu|dua|tiga|pertama)\sse[-\s]$",
)

# "aparatur desa se-Kalbar" are those of Kalbar.
_STAFF_BEFORE = re.compile(
    r"\b(?:aparatur|aparat|perangkat|kepala|staf|pegawai|anggota|kader|pengurus|petugas)\s(?:desa|kelurahan)\sse[-\s]$"
)


def find_region_mentions(text: str) -> list[RegionMention]:
    """Region mentions of a text in order, each with its role and, where nothing is open, its code."""
    lowered = lower(text)
    names = list(_names().values())
    mentions: list[RegionMention] = []
    doubtful: list[RegionMention] = []
    for start, end, index in _finder().find(lowered):
        if index >= len(names) or not text[start].isupper() or _is_glued(lowered, start):
            continue
        # "Medannya berat" is terrain.
        if _PART_OF_IT.match(text, end) or text[end : end + 1].isalpha():
            continue
        mention = _read_mention(text, lowered, start, end, names[index])
        held = names[index].strength != "ambiguous" or mention.cue or _is_label(text, start, end)
        (mentions if held else doubtful).append(mention)
    found = [mention for mention in doubtful if _stands_in_list(text, mention, mentions)]
    return _mark_context(lowered, _resolve(sorted([*mentions, *found], key=lambda mention: mention.start)))


def _stands_in_list(text: str, doubtful: RegionMention, mentions: Sequence[RegionMention]) -> bool:
    """Whether a name that is also a word stands between regions of its province: "Ambon, Buru, dan Seram"."""
    provinces = {regions()[code].province_code for code in doubtful.codes}
    for mention in mentions:
        gap = (mention.end, doubtful.start) if mention.end <= doubtful.start else (doubtful.end, mention.start)
        is_near = mention.code and regions()[mention.code].province_code in provinces
        if is_near and (LISTED.fullmatch(text, *gap) or _COUNTED_LIST.fullmatch(text, *gap)):
            return True
    return False


def _is_glued(lowered: str, start: int) -> bool:
    """Whether a name is a part of another one; "se-Kaltara" is all of Kaltara."""
    return start > 0 and lowered[start - 1] in _GLUED and not _ALL_OF.search(lowered, max(0, start - 4), start)


def _read_mention(text: str, lowered: str, start: int, end: int, name: _Name) -> RegionMention:
    """The mention of a name, narrowed by the level word before it where that fits the name."""
    first, cue = _level_word(lowered, start)
    codes = tuple(code for code in name.codes if regions()[code].level == cue) if cue else name.codes
    if not codes and name.strength == "ambiguous":
        cue = None
    codes = codes or name.codes
    return RegionMention(
        start=first,
        end=end,
        codes=codes,
        code=codes[0] if len(codes) == 1 else None,
        role=_role(text, lowered, first, end),
        cue=cue,
        strength=name.strength,
    )


def _is_label(text: str, start: int, end: int) -> bool:
    """Whether a name is the head of a line of a list or table: "Puncak | 688", "- Batu: 1.200 orang"."""
    line_start = text.rfind("\n", 0, start) + 1
    return _BEFORE_LABEL.fullmatch(text, line_start, start) is not None and _BEHIND_LABEL.match(text, end) is not None


def _level_word(lowered: str, start: int) -> tuple[int, str | None]:
    """Where the level word right before a name begins, and the level that it names: "wakil wali kota ", "(pemkab) "."""
    line_start = lowered.rfind("\n", 0, start) + 1
    before = lowered[max(line_start, start - _CUE_REACH) : start]
    words = before.split()
    if not words or not before[-1].isspace():
        return start, None
    for count in range(min(_CUE_WORDS, len(words)), 0, -1):
        level = _cues().get(" ".join(words[-count:]).strip("()" + _OPENING_QUOTES).removeprefix("se-"))
        if level is None:
            continue
        # "Pemerintah Kabupaten (Pemkab) Bungo": the word in front of the brackets belongs to the name
        if words[-1].startswith("(") and words[-2:-1] and words[-2] in _cues():
            count += 1
        return start - len(before) + _word_start(before, words[-count:]), level
    return start, None


def _word_start(before: str, words: Sequence[str]) -> int:
    """Where the last words of a text begin in it."""
    position = len(before)
    for word in reversed(words):
        opening = _OPENING_QUOTES if word.endswith(")") else _OPENING_QUOTES + "("
        position = before.rindex(word.lstrip(opening), 0, position)
    return position


def _role(text: str, lowered: str, start: int, end: int) -> str:
    """What a mention is there for, by the words around it."""
    before = lowered[max(0, start - _ROLE_REACH) : start]
    if _OFFICE_BEFORE.search(before) or _AGENCY_BEFORE.search(before):
        return "office"
    if before[-3:-1] in _WITHIN_ENDS and _WITHIN_BEFORE.search(before) and not _STAFF_BEFORE.search(before):
        return "context"
    said_here = before.endswith("di ") and _SAID_AT.search(lowered[end : end + 30])
    spoken_here = before.endswith(" di ") and lowered[end : end + 1] in _STOPS and _SPOKEN_AT.search(before)
    if said_here or spoken_here or _VENUE_BEFORE.search(text, max(0, start - _ROLE_REACH), start):
        return "venue"
    line_start = text.rfind("\n", 0, start) + 1
    if start - line_start <= _DATELINE_REACH and _DATELINE_BEFORE.fullmatch(text, line_start, start):
        # "KONTAN.CO.ID - JAKARTA. Jumlah peserta ..."
        is_head = text[start:end].isupper() and text.startswith(". ", end)
        return "dateline" if is_head or _DATELINE_AFTER.search(text[end : end + 60]) else "region"
    return "compared" if _COMPARED_WITH.search(before) else "region"


def _resolve(mentions: Sequence[RegionMention]) -> list[RegionMention]:
    """Settles mentions that can mean several regions by the clear ones of the same article."""
    clear: Counter[str | None] = Counter(mention.code for mention in mentions if mention.code)
    provinces = {regions()[code].province_code for code in clear if code and code != COUNTRY}
    levels = Counter(regions()[code].level for code in clear if code)
    return [
        mention if mention.code else replace(mention, code=_settle(mention, mentions, clear, provinces, levels))
        for mention in mentions
    ]


def _settle(
    mention: RegionMention,
    mentions: Sequence[RegionMention],
    clear: Counter[str | None],
    provinces: set[str],
    levels: Counter[str],
) -> str | None:
    named = [code for code in mention.codes if clear[code]]
    top = [code for code in mention.codes if regions()[code].level == "provinsi"]
    if top and named == [code for code in named if regions()[code].level == "kota"]:
        # "Jambi" is the province until the article says "Kota Jambi".
        named = [code for code in named if any(each.code == code and each.start < mention.start for each in mentions)]
        if clear and not named and len(mention.codes) == len(top) + 1:
            return top[0]
    if len(named) == 1:
        return named[0]
    within = [code for code in mention.codes if regions()[code].province_code in provinces]
    if len(within) == 1 and len({regions()[code].province_code for code in mention.codes}) > 1:
        return within[0]
    # A list of provinces means the province where a name is also that of its capital.
    if len(top) == 1 and levels["provinsi"] >= 3 and levels["provinsi"] > levels["kabupaten"] + levels["kota"]:
        return top[0]
    return None


def _mark_context(lowered: str, mentions: list[RegionMention]) -> list[RegionMention]:
    """Marks a province that only says where the region before it lies: "Kabupaten Semarang, Jawa Tengah"."""
    marked: list[RegionMention] = []
    for mention in mentions:
        previous = marked[-1] if marked else None
        if (
            previous
            and previous.code
            and mention.code
            and mention.code in _provinces_of(previous.code)
            and mention.code != previous.code
            and _PROVINCE_GAP.fullmatch(lowered, previous.end, mention.start)
        ):
            mention = replace(mention, role="context" if previous.role == "region" else previous.role)
        elif (
            previous
            and previous.role == "office"
            and re.fullmatch(r"\s?(?:,|-|dan|&)\s", lowered[previous.end : mention.start])
        ):
            mention = replace(mention, role="office")
        elif (
            # "Kalimantan Utara (Kaltara)": the same region twice is one mention
            previous
            and previous.code == mention.code
            and mention.code
            and lowered[previous.end : mention.start] in (" (", " / ")
        ):
            marked[-1] = replace(previous, end=mention.end)
            continue
        marked.append(mention)
    return marked
