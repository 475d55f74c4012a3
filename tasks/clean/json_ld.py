"""The article among a page's JSON-LD, read with patience: graphs, lists and broken JSON all occur."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_LONGEST = 300_000
"""Characters of all scripts above which they are data of the page's own, not a description of its article."""

_MOST = 20
_DEPTH = 4
_OPENERS = ("<!--", "<![CDATA[", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */")
_CLOSERS = ("-->", "//-->", "]]>", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", ";")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(r'"(headline|datePublished|dateModified|articleBody|url)"\s*:\s*"((?:[^"\\\n]|\\.)*+)"')
_TYPES = ("article", "posting", "report", "news", "story")


def read_articles(scripts: list[str]) -> list[dict[str, Any]]:
    """The objects that describe an article, those with a headline first.

    A script that is no JSON gives the fields that can be told apart in it.
    """
    found: list[dict[str, Any]] = []
    left = _LONGEST
    for script in scripts[:_MOST]:
        if len(script) > left:
            continue
        left -= len(script)
        data = _parse(script)
        found.extend(_articles(data) if data is not None else _fields(script))
    return sorted(found, key=lambda item: "headline" not in item)


def _parse(script: str) -> Any:
    """The value of a script, or None where it is no JSON even without comment marks and trailing commas."""
    text = script.strip()
    for opener in _OPENERS:
        text = text.removeprefix(opener).lstrip()
    for closer in (";", *_CLOSERS):
        text = text.removesuffix(closer).rstrip()
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _articles(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The article objects in a value, in its lists and graphs."""
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        for item in data[:_MOST]:
            yield from _articles(item, depth + 1)
    elif isinstance(data, dict):
        if _is_article(data):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if key in data:
                yield from _articles(data[key], depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    types = item.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.lower().endswith(_TYPES) for name in names) or (
        "datePublished" in item and "headline" in item
    )


def _fields(script: str) -> list[dict[str, Any]]:
    """The plain fields of a script that is no JSON."""
    item: dict[str, Any] = {}
    for match in _FIELD.finditer(script):
        item.setdefault(match.group(1), match.group(2).replace('\\"', '"').replace("\\/", "/"))
    return [item] if "headline" in item or "datePublished" in item else []


def text_of(value: Any) -> str | None:
    """A text, or the first text of a list; None for anything else."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value.strip() if isinstance(value, str) and value.strip() else None


def names_of(value: Any) -> list[str]:
    """The names of a person or organisation, or of a list of them."""
    values = value if isinstance(value, list) else [value]
    names = [text_of(item.get("name")) if isinstance(item, dict) else text_of(item) for item in values[:_MOST]]
    return [name for name in names if name]


def address_of(item: dict[str, Any]) -> str | None:
    """The address that an article object gives of itself."""
    page = item.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return next((found for value in (item.get("url"), page, item.get("@id")) if (found := text_of(value))), None)
