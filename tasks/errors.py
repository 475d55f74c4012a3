"""Errors of the project: each names what it is about, what is wrong, and what to do."""

from __future__ import annotations

from pathlib import Path


class CakupanError(Exception):
    """What a user can understand and mend; the command prints it as one line instead of a traceback."""

    def __init__(self, subject: str | Path, reason: str, remedy: str) -> None:
        super().__init__(f"{subject}: {reason}; {remedy}")
        self.subject = str(subject)
        self.reason = reason
        self.remedy = remedy


class UsageError(CakupanError):
    """The command was called in a way that cannot work: exit status 2."""


class SeedError(CakupanError):
    """A file in seeds/ is missing or malformed."""


class WarehouseError(CakupanError):
    """The warehouse cannot be opened, written or published."""


class AuditError(WarehouseError):
    """A data audit found rows that break a rule; nothing was published."""
