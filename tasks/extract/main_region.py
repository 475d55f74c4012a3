"""Says which region an article is about: named in title and lead, and most often, or the country."""

from __future__ import annotations

from collections import Counter

from tasks.extract.answers import NO_REGION, RegionAnswer, quote_evidence, region_answer
from tasks.extract.lexicon import Mark
from tasks.extract.reading import Reading
from tasks.extract.regions import COUNTRY, RegionMention, regions
from tasks.records import Evidence

# How much a mention says about what the article is about, by what it is there for.
_ROLE_WEIGHTS = {"region": 1.0, "dateline": 0.2, "office": 0.2, "venue": 0.1, "context": 0.3, "compared": 0.1}
# "Cabang Nusa Tenggara Barat" works for all of the province, a branch of a town for its surroundings too.
_PROVINCIAL_OFFICE_WEIGHT = 0.7
_WEAK_NAME = 0.6
# "di Indonesia" is said in passing; it decides only where an article names no region at all.
_COUNTRY_WEIGHT = 0.15
# A minister or the agency's directors speak for the country unless regions are named oftener.
_SPEAKER_WEIGHT = 0.7
_MOST_SPEAKERS = 4.0
# National offices report from here: a Jakarta dateline speaks for the country, not for the province.
_CAPITAL = "31"
_TITLE_WEIGHT = 4.0
_LEAD_WEIGHT = 2.0
_LEAD_SENTENCES = 2


def main_region(reading: Reading) -> RegionAnswer:
    """The region that an article is about: named in title and lead, and most often."""
    weights: Counter[str] = Counter()
    lead_end = reading.sentences[:_LEAD_SENTENCES][-1].end if reading.sentences else 0
    in_text = [mention for mention in reading.regions if mention.code and not reading.tables.cell_at(mention.start)]
    for mention in in_text:
        code, weight = _weigh(mention)
        in_lead = mention.role == "region" and mention.end <= lead_end
        weights[code] += round(1000 * weight * (_LEAD_WEIGHT if in_lead else 1.0))
    if speakers := _national_speakers(reading, lead_end):
        weights[COUNTRY] += speakers
    for mention in reading.title_regions:
        if mention.code and mention.role != "context":
            weights[mention.code] += round(1000 * _TITLE_WEIGHT * _ROLE_WEIGHTS[mention.role])
    if not weights:
        return NO_REGION
    best = max(weights, key=lambda code: (weights[code], code))
    for mention in in_text:
        if _weigh(mention)[0] == best:
            return region_answer(reading.text, "main region of the article", mention, code=best)
    speaker = next((mark for mark in reading.marks if _speaks_for_the_nation(reading, mark)), None)
    if best == COUNTRY and speaker:
        evidence = quote_evidence(reading.text, "who speaks in the article", speaker.start, speaker.end)
        return RegionAnswer(COUNTRY, evidence)
    named = next(mention for mention in reading.title_regions if mention.code == best)
    words = (reading.title or "")[named.start : named.end]
    return RegionAnswer(best, Evidence(basis="main region, named in the title", text=words))


def _national_speakers(reading: Reading, lead_end: int) -> int:
    """How much those who speak for the whole country make an article one on the country."""
    speakers = [mark for mark in reversed(reading.marks) if _speaks_for_the_nation(reading, mark)]
    firsts = {reading.lowered[mark.start : mark.end]: mark for mark in speakers}.values()
    weights = (_LEAD_WEIGHT if mark.end <= lead_end else 1.0 for mark in firsts)
    return round(1000 * _SPEAKER_WEIGHT * min(sum(weights), _MOST_SPEAKERS))


def _speaks_for_the_nation(reading: Reading, mark: Mark) -> bool:
    """Whether a mark is somebody of the whole country; "Instruksi Presiden Nomor 2" is a law."""
    if "national_speaker" not in mark.tags:
        return False
    return not any(law.start <= mark.start < law.end for law in reading.regulations)


def _weigh(mention: RegionMention) -> tuple[str, float]:
    """The region that a mention speaks for, and how strongly."""
    if mention.code == COUNTRY or (mention.role in ("dateline", "venue", "office") and mention.code == _CAPITAL):
        return COUNTRY, _COUNTRY_WEIGHT
    weight = _ROLE_WEIGHTS[mention.role]
    if mention.role == "office" and mention.code and regions()[mention.code].level == "provinsi":
        weight = _PROVINCIAL_OFFICE_WEIGHT
    return mention.code or "", weight * (_WEAK_NAME if mention.strength == "weak" else 1.0)
