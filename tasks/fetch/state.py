"""What is known of each address between runs, and when it is asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tasks.fetch.records import Answer

_SHORTEST = timedelta(hours=6)
_LONGEST = timedelta(days=60)
_MOST_FAILURES = 8
_LONGEST_PAUSE_HOURS = 168
_NOT_ASKED = frozenset({"host_closed", "robots_unreachable"})
"""Failures that say nothing about the page itself: the next run asks it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAddress:
    """An address as the warehouse keeps it; all times in UTC.

    ``kind`` is article or list; ``state`` waiting (not yet taken), taken, gone, variant or refused. A null
    ``due_at`` means never.
    """

    address_key: str
    address: str
    source_id: str
    kind: str
    state: str
    found_at: datetime
    title: str | None = None
    same_as: str | None = None
    document_source: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    due_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    basis: str | None = None
    failures: int = 0

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to ask it."""
        return self.due_at is not None and self.due_at <= now


def find_again(known: KnownAddress | None, fresh: KnownAddress) -> KnownAddress:
    """What is known of an address that a list names: ``fresh`` if it is new.

    A list that announces a later change than before makes it due at once. The times of publishers are only
    compared with each other: some stamp local time as UTC.
    """
    if known is None:
        return fresh
    announced = fresh.modified_at
    title = known.title or fresh.title
    published = known.published_at or fresh.published_at
    if announced is None or known.state in {"gone", "variant", "refused"}:
        return replace(known, title=title, published_at=published)
    if known.modified_at is not None and announced <= known.modified_at:
        return replace(known, title=title, published_at=published)
    news = known.modified_at is not None or known.checked_at is None or announced > known.checked_at
    due = fresh.found_at if news else known.due_at
    return replace(known, title=title, published_at=published, modified_at=announced, due_at=due)


def after_unchanged(known: KnownAddress, now: datetime) -> KnownAddress:
    """After the news that the stored copy is still right."""
    return replace(known, checked_at=now, due_at=next_check(known, now), failures=0)


def after_content(known: KnownAddress, answer: Answer, document_source: str, now: datetime) -> KnownAddress:
    """After content came, the same as before or not."""
    changed = now if answer.sha256 != known.sha256 else known.changed_at
    return replace(
        known,
        state="taken",
        document_source=document_source,
        checked_at=now,
        changed_at=changed,
        due_at=next_check(known, now),
        etag=answer.etag,
        last_modified=answer.last_modified,
        sha256=answer.sha256,
        failures=0,
    )


def after_variant(known: KnownAddress, owner: str, now: datetime) -> KnownAddress:
    """After it turned out to be another address of an article that is there."""
    return replace(known, state="variant", same_as=owner, checked_at=now, due_at=None, failures=0)


def after_failure(known: KnownAddress, kind: str, now: datetime) -> KnownAddress:
    """After no content came: gone for ever, later again, or after many failures never."""
    if kind == "gone":
        return replace(known, state="gone", checked_at=now, due_at=None, failures=0)
    if kind in _NOT_ASKED:
        return known
    failures = known.failures + 1
    if failures >= _MOST_FAILURES and known.state == "waiting":
        return replace(known, state="refused", due_at=None, failures=failures)
    pause = timedelta(hours=min(2**failures, _LONGEST_PAUSE_HOURS))
    return replace(known, due_at=now + pause, failures=failures)


def next_check(known: KnownAddress, now: datetime) -> datetime:
    """When an article is asked again: after half its age, so that new ones are asked more often than old ones."""
    born = max(filter(None, (known.published_at, known.modified_at)), default=known.found_at)
    return now + min(max((now - born) / 2, _SHORTEST), _LONGEST)
