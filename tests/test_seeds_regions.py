from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from seeds import build_regions
from tasks.knowledge import read_seed

STRENGTHS = {"official", "common", "weak", "ambiguous"}


@pytest.fixture(scope="module")
def regions() -> dict[str, dict[str, str]]:
    rows = read_seed("regions.csv", ("code", "name", "level", "province_code"))
    assert len({row["code"] for row in rows}) == len(rows)
    return {row["code"]: row for row in rows}


@pytest.fixture(scope="module")
def aliases() -> list[dict[str, str]]:
    return read_seed("aliases.csv", ("alias", "code", "strength", "note"))


@pytest.fixture(scope="module")
def codes_by_alias(aliases: list[dict[str, str]]) -> dict[str, set[str]]:
    codes = defaultdict(set)
    for row in aliases:
        codes[row["alias"].casefold()].add(row["code"])
    return codes


def bare_name(region: dict[str, str]) -> str:
    """The name without Kabupaten or Kota; "Kota" inside a name, as in Lima Puluh Kota, stays."""
    return re.sub(r"^(Kabupaten|Kota) (Administrasi )?", "", region["name"])


def test_regions_are_what_the_builder_writes() -> None:
    assert build_regions.REGIONS.read_text(encoding="utf-8") == build_regions.render(build_regions.list_regions())


def test_builder_refuses_a_table_with_other_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(build_regions.EXPECTED_COUNTS, "kota", 99)
    with pytest.raises(ValueError, match="'kota': 98"):
        build_regions.list_regions()


def test_every_level_has_the_number_of_regions_of_the_decree(regions: dict[str, dict[str, str]]) -> None:
    levels = Counter(region["level"] for region in regions.values())
    assert levels == {"negara": 1, "provinsi": 38, "kabupaten": 416, "kota": 98}


def test_every_region_belongs_to_the_province_its_code_begins_with(
    regions: dict[str, dict[str, str]],
) -> None:
    for code, region in regions.items():
        if code == "00":
            assert region["province_code"] == ""
        else:
            assert region["province_code"] == code[:2]
            assert regions[code[:2]]["level"] == "provinsi"


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("00", "Indonesia", "negara"),
        ("15.08", "Kabupaten Bungo", "kabupaten"),
        ("31", "DKI Jakarta", "provinsi"),
        ("31.71", "Kota Administrasi Jakarta Pusat", "kota"),
        ("61", "Kalimantan Barat", "provinsi"),
        ("61.02", "Kabupaten Mempawah", "kabupaten"),
        ("61.71", "Kota Pontianak", "kota"),
        ("71.09", "Kabupaten Kepulauan Siau Tagulandang Biaro", "kabupaten"),
        ("95.08", "Kabupaten Nduga", "kabupaten"),
        ("96.71", "Kota Sorong", "kota"),
    ],
)
def test_known_regions(regions: dict[str, dict[str, str]], code: str, name: str, level: str) -> None:
    assert (regions[code]["name"], regions[code]["level"]) == (name, level)


def test_kabupaten_and_kota_carry_their_level_in_the_name(regions: dict[str, dict[str, str]]) -> None:
    for region in regions.values():
        if region["level"] in ("kabupaten", "kota"):
            assert region["name"].lower().startswith(region["level"] + " ")


def test_aliases_name_regions_that_exist(aliases: list[dict[str, str]], regions: dict[str, dict[str, str]]) -> None:
    assert {row["code"] for row in aliases} == set(regions)


def test_aliases_have_a_known_strength_and_a_reason(aliases: list[dict[str, str]]) -> None:
    for row in aliases:
        assert row["strength"] in STRENGTHS, row
        assert row["alias"], row
        assert row["note"], row


def test_no_alias_is_there_twice_whatever_its_letters_case(aliases: list[dict[str, str]]) -> None:
    counts = Counter((row["alias"].casefold(), row["code"]) for row in aliases)
    assert [key for key, count in counts.items() if count > 1] == []


def test_aliases_are_sorted_by_code_and_name(aliases: list[dict[str, str]]) -> None:
    keys = [(row["code"], row["alias"].casefold()) for row in aliases]
    assert keys == sorted(keys)


def test_every_region_can_be_found_by_its_bare_name(
    regions: dict[str, dict[str, str]], aliases: list[dict[str, str]]
) -> None:
    strengths = {(row["alias"], row["code"]): row["strength"] for row in aliases}
    for code, region in regions.items():
        expected = {"weak"} if code == "00" else {"official", "ambiguous"}
        assert strengths.get((bare_name(region), code)) in expected, region


def test_a_name_of_several_regions_leaves_the_choice(
    regions: dict[str, dict[str, str]], codes_by_alias: dict[str, set[str]]
) -> None:
    codes_by_bare_name = defaultdict(set)
    for code, region in regions.items():
        codes_by_bare_name[bare_name(region).casefold()].add(code)
    shared = {name: codes for name, codes in codes_by_bare_name.items() if len(codes) > 1}
    assert {"banjar", "bogor", "gorontalo", "jambi", "sorong"} <= set(shared)
    for name, codes in shared.items():
        assert codes_by_alias[name] == codes


def test_explicit_levels_are_left_to_the_matcher(aliases: list[dict[str, str]]) -> None:
    """The one exception is a former name which, without its level, is the name of another region."""
    for row in aliases:
        if re.match(r"(kabupaten|kab\.?|provinsi|prov\.?|pemkab|pemkot|pemprov)\s", row["alias"].lower()):
            assert row["note"].startswith("former name"), row


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("pontianak", {"61.71": "official"}),
        ("kabupaten pontianak", {"61.02": "common"}),
        ("kalbar", {"61": "common"}),
        ("jakarta", {"31": "official"}),
        ("jakarta pusat", {"31.71": "official"}),
        ("solo", {"33.72": "common"}),
        ("muara bungo", {"15.08": "weak"}),
        ("batu", {"35.79": "ambiguous"}),
        ("ppu", {"64.09": "ambiguous"}),
        ("banjar", {"32.79": "ambiguous", "63.03": "ambiguous"}),
        ("gorontalo", {"75": "official", "75.01": "official", "75.71": "official"}),
        ("yogyakarta", {"34": "official", "34.71": "official"}),
        ("indonesia", {"00": "weak"}),
    ],
)
def test_known_aliases(aliases: list[dict[str, str]], alias: str, expected: dict[str, str]) -> None:
    found = {row["code"]: row["strength"] for row in aliases if row["alias"].casefold() == alias}
    assert found == expected


@pytest.mark.parametrize("word", ["nasional", "waris", "kisaran", "negara", "seribu", "tanjung", "sumber"])
def test_everyday_words_are_no_aliases(codes_by_alias: dict[str, set[str]], word: str) -> None:
    assert word not in codes_by_alias


def test_metrics_are_complete_and_their_bounds_in_order() -> None:
    rows = read_seed("metrics.csv", ("metric", "unit", "meaning", "minimum", "maximum"))
    assert [row["metric"] for row in rows] == [
        "coverage_rate",
        "coverage_target",
        "coverage_change",
        "participants",
        "participants_target",
        "uncovered_workers",
        "eligible_workers",
        "assisted_workers",
        "rank",
        "claims_count",
        "benefit_paid",
        "contribution",
        "budget",
        "employers",
    ]
    for row in rows:
        assert row["unit"] in {"percent", "percentage_point", "person", "rank", "case", "IDR", "employer"}
        assert row["meaning"]
        assert Decimal(row["minimum"]) < Decimal(row["maximum"])


def test_divided_provinces_are_provinces(regions: dict[str, dict[str, str]]) -> None:
    rows = read_seed("former_provinces.csv", ("province", "former", "since"))
    provinces = {code for code, row in regions.items() if row["level"] == "provinsi"}
    assert rows
    assert {row["province"] for row in rows} | {row["former"] for row in rows} <= provinces
    assert all(row["province"] != row["former"] and 1999 <= int(row["since"]) <= 2026 for row in rows)
