"""Finds ranks: "peringkat ke 5 dari 14 kabupaten/kota", "juara III", "urutan keempat"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tasks.extract.calendar_words import MONTH
from tasks.extract.clues import CluedPattern, WordFinder, matches_at

_WORDS = {
    "pertama": 1, "satu": 1, "kesatu": 1, "kedua": 2, "dua": 2, "ketiga": 3, "tiga": 3, "keempat": 4, "empat": 4,
    "kelima": 5, "lima": 5, "keenam": 6, "enam": 6, "ketujuh": 7, "tujuh": 7, "kedelapan": 8, "delapan": 8,
    "kesembilan": 9, "sembilan": 9, "kesepuluh": 10, "sepuluh": 10, "kesebelas": 11, "sebelas": 11,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
}  # fmt: skip
_ORDINAL = "|".join(sorted(_WORDS, key=len, reverse=True))
_RANK_WORDS = WordFinder((
    "peringkat", "ranking", "rangking", "urutan", "diurutan", "posisi", "juara", "terbaik", "tempat", "nomor",
))  # fmt: skip
_RANK = re.compile(
    rf"(?<!para\s)(?<!orang\s)(?<!prioritas\s)(?<!sasaran\s)(?<!semua\s)(?<!setiap\s)\b(?:peringkat|ranking|rangking|(?:di)?urutan|posisi(?:\snomor)?|juara|terbaik|tempat|nomor(?=\s(?:satu|dua|tiga|empat|lima)\b))"
    rf"\s(?:ke[- ]?\s?)?(?P<rank>\d{{1,3}}(?![.,]?\d)|(?:{_ORDINAL})\b)"
    rf"(?!\s?(?:persen|%|juta|ribu|besar|(?:{MONTH})\b))",
)
_OF_AFTER = re.compile(
    r"[^.;\d]{0,40}?\b(?:dari|di\santara)\s(?:total\s|seluruh\s)?(?P<of>\d{1,3})\s(?:provinsi|kabupaten|kota|daerah|kab|desa|kecamatan)",
)
_OF_BEFORE = CluedPattern(
    "dari antara",
    r"\b(?:dari|di\santara)\s(?:total\s)?(?P<of>\d{1,3})\s(?:provinsi|kabupaten/kota|kabupaten|kota|daerah)\b[^.;\d]{0,80}$",
)


# Behind a region an ordinal alone is its rank: "Tambrauw keempat", "Gunungkidul kini keempat".
_BARE = re.compile(
    r",?\s(?:kini\s|di\s|berada\sdi\s)?(?P<rank>ke-\d{1,3}|ke(?:tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh))\b(?!\s(?:belah|pihak|orang))",
)


@dataclass(slots=True)
class RankMention:
    """A rank at ``text[start:end]``, the number of ranked ones included where it is stated."""

    start: int
    end: int
    rank: Decimal
    of: Decimal | None


def find_ranks(lowered: str, region_ends: Iterable[int]) -> list[RankMention]:
    """Ranks of a lower-case text in order; ``region_ends`` are where its region mentions end."""
    mentions = [
        RankMention(match.start("rank"), match.end(), _read(match["rank"]), None)
        for end in region_ends
        if (match := _BARE.match(lowered, end))
    ]
    for match in matches_at(_RANK, lowered, _RANK_WORDS.places(lowered)):
        rank = _read(match["rank"])
        after = _OF_AFTER.match(lowered, match.end())
        before = _OF_BEFORE.search(lowered, max(0, match.start() - 120), match.start())
        stated = after or before
        mentions.append(
            RankMention(
                match.start(),
                after.end("of") if after else match.end(),
                rank,
                Decimal(stated["of"]) if stated else None,
            )
        )
    return sorted(mentions, key=lambda mention: mention.start)


def _read(written: str) -> Decimal:
    """The number of an ordinal: "5", "ke-5", "kelima", "v"."""
    digits = written.removeprefix("ke-")
    return Decimal(digits) if digits.isdigit() else Decimal(_WORDS[written])
