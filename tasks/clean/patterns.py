"""RE2 patterns, whose time is linear in the text whatever a hostile page holds: the one place that knows RE2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, cast

import re2  # type: ignore[import-untyped]

_SET_MEMORY = 64 << 20


class PatternError(ValueError):
    """A pattern that RE2 does not accept."""


class Match(Protocol):
    """What a pattern found; offsets count code points."""

    def group(self, group: int | str = 0, /) -> str: ...  # noqa: D102
    def groupdict(self) -> dict[str, str | None]: ...  # noqa: D102
    def start(self, group: int | str = 0, /) -> int: ...  # noqa: D102
    def end(self, group: int | str = 0, /) -> int: ...  # noqa: D102
    def span(self, group: int | str = 0, /) -> tuple[int, int]: ...  # noqa: D102


class Pattern(Protocol):
    """A compiled pattern with the calls of the standard library's."""

    @property
    def pattern(self) -> str: ...  # noqa: D102
    @property
    def groups(self) -> int: ...  # noqa: D102
    def search(self, text: str, /) -> Match | None: ...  # noqa: D102
    def match(self, text: str, /) -> Match | None: ...  # noqa: D102
    def fullmatch(self, text: str, /) -> Match | None: ...  # noqa: D102
    def finditer(self, text: str, /) -> Iterator[Match]: ...  # noqa: D102
    def sub(self, replacement: str, text: str, /) -> str: ...  # noqa: D102


def compile_pattern(pattern: str) -> Pattern:
    """The pattern ready for use; raises :class:`PatternError` where RE2 does not accept it."""
    try:
        return cast("Pattern", re2.compile(pattern))
    except re2.error as error:
        raise PatternError(str(error)) from error


class PatternSet:
    """Many patterns searched for in one pass."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Takes patterns that :func:`compile_pattern` accepts."""
        options = re2.Options()
        options.max_mem = _SET_MEMORY
        self._set = re2.Set.SearchSet(options)
        for pattern in patterns:
            self._set.Add(pattern)
        self._set.Compile()

    def search(self, text: str) -> list[int]:
        """Indices of the patterns that the text holds, lowest first."""
        return sorted(self._set.Match(text) or ())
