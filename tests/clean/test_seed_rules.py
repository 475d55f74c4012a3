"""Every row of the cleaning seeds is proven by its own example and counter-example, and a wrong row is told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from tasks import knowledge
from tasks.clean import boilerplate, elements, publishers, refusals
from tasks.clean.boilerplate import Rule, load_rules
from tasks.clean.elements import ElementRule, load_element_rules, spell_names
from tasks.clean.entries import Entry, apply_rules
from tasks.clean.refusals import RefusalRule, load_refusal_rules, refuse_by_rule
from tasks.errors import SeedError
from tests.clean.documents import LEAD

LINE_RULES = load_rules().rules
ELEMENT_RULES = [rule for rule in load_element_rules().rules if rule.example]
REFUSAL_RULES = load_refusal_rules()


def _taken(line: str, place: str) -> set[str]:
    """The rules that take something from a line."""
    entry = Entry(line)
    apply_rules(entry, place)
    return {removed.rule for removed in entry.removed}


@pytest.mark.parametrize("rule", LINE_RULES, ids=[rule.id for rule in LINE_RULES])
def test_line_rule_keeps_to_its_examples(rule: Rule) -> None:
    assert rule in load_rules().matching(rule.example)
    assert rule not in load_rules().matching(rule.counter_example)
    assert _taken(rule.example, rule.place)
    assert rule.id not in _taken(rule.counter_example, rule.place)


@pytest.mark.parametrize("rule", LINE_RULES, ids=[rule.id for rule in LINE_RULES])
def test_line_rule_leaves_a_paragraph_whole(rule: Rule) -> None:
    entry = Entry(LEAD)
    apply_rules(entry, rule.place)
    assert entry.text == LEAD


@pytest.mark.parametrize("rule", ELEMENT_RULES, ids=[rule.id for rule in ELEMENT_RULES])
def test_element_rule_keeps_to_its_examples(rule: ElementRule) -> None:
    assert rule.pattern.search(spell_names(rule.example))
    assert not rule.pattern.search(spell_names(rule.counter_example))


@pytest.mark.parametrize("rule", REFUSAL_RULES, ids=[rule.id for rule in REFUSAL_RULES])
def test_refusal_rule_keeps_to_its_examples(rule: RefusalRule) -> None:
    refused = refuse_by_rule(rule.max_words, {rule.where: rule.example})
    assert refused is not None
    assert refused.kind == rule.kind
    assert not rule.pattern.search(rule.counter_example)


@pytest.mark.parametrize(
    "names",
    [
        [rule.id for rule in LINE_RULES],
        [rule.id for rule in load_element_rules().rules],
        [rule.id for rule in REFUSAL_RULES],
    ],
    ids=["lines", "elements", "refusals"],
)
def test_identifiers_are_unique(names: list[str]) -> None:
    assert len(set(names)) == len(names)


def test_every_publisher_row_is_a_domain_with_a_name() -> None:
    for domain, publisher in publishers.load_publishers().items():
        assert publishers.host_of(f"https://www.{domain}/berita") == domain
        assert publisher.name.strip() == publisher.name != ""


class Loader(Protocol):
    """A cached function that reads a seed."""

    def __wrapped__(self) -> object:
        """Reads it anew."""


BAD_ROWS: dict[str, tuple[Loader, str, str, str]] = {
    "unknown place": (boilerplate.load_rules, "boilerplate.csv", "x,y,nowhere,line,9,abc,abc,d", "unknown place"),
    "unknown action": (
        boilerplate.load_rules,
        "boilerplate.csv",
        "x,y,any,burn,9,abc,abc,d",
        "unknown place or action",
    ),
    "broken pattern": (boilerplate.load_rules, "boilerplate.csv", "x,y,any,line,9,(abc,abc,d", "malformed"),
    "no number": (boilerplate.load_rules, "boilerplate.csv", "x,y,any,line,many,abc,abc,d", "malformed"),
    "broken element": (elements.load_element_rules, "page_elements.csv", "x,y,,[,a,b", "malformed"),
    "unknown kind": (
        refusals.load_refusal_rules,
        "refusals.csv",
        "x,boring,title,9,abc,abc,d",
        "unknown place or kind",
    ),
    "unknown zone": (publishers.load_publishers, "publishers.csv", "koran.example,Koran,mars,,", "unknown zone"),
}


@pytest.mark.parametrize(("load", "name", "row", "reason"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_wrong_row_is_named(
    load: Loader, name: str, row: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = (knowledge.SEEDS / name).read_text(encoding="utf-8").split("\n", 1)[0]
    (tmp_path / name).write_text(f"{header}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(knowledge, "SEEDS", tmp_path)
    with pytest.raises(SeedError, match=reason):
        load.__wrapped__()
