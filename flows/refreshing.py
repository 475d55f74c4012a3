"""A refresh at work: what it knows of the addresses, what it did for each source, and what it keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest

from flows.runs import RunSummary, report_paths
from tasks.discover import Discovered, Found, KnownList, Source
from tasks.discover.entries import article_key
from tasks.fetch import Wanted
from tasks.fetch.articles import Fetched
from tasks.fetch.records import Request
from tasks.fetch.state import (
    KnownAddress,
    after_content,
    after_failure,
    after_unchanged,
    after_variant,
    find_again,
)
from tasks.records import Rejection, Snapshot
from tasks.settings import Settings
from tasks.snapshots import snapshot_path
from warehouse.requests import read_addresses, save_requests
from warehouse.store import Warehouse

_SHOWN_FAILURES = 3
"""Failures of one kind and source that are named one by one; the table raw.requests has all."""


@dataclass(slots=True)
class SourceReport:
    """What a refresh did for one source; ``found`` are addresses that were not known."""

    source_id: str
    listed: int = 0
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    variants: int = 0
    failed: int = 0
    requests: int = 0
    bytes: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


class Refreshing:
    """The state of one refresh; a plain class, which Prefect does not walk through."""

    def __init__(self, settings: Settings, store: Warehouse, summary: RunSummary, chosen: Sequence[Source]) -> None:
        """Reads what the warehouse knows of all addresses."""
        self.chosen = chosen
        self.reports = {source.id: SourceReport(source.id) for source in chosen}
        self._settings = settings
        self._store = store
        self._summary = summary
        self._known = read_addresses(store)
        taken = (each for each in self._known.values() if each.document_source)
        self._owners = {article_key(each.document_source or ""): each.address_key for each in taken}

    def known_lists(self, source: Source) -> dict[str, KnownList]:
        """The lists of a source that were read with the description that it has now."""
        return {
            each.address: KnownList(each.etag, each.last_modified)
            for each in self._known.values()
            if each.kind == "list" and each.source_id == source.id and each.basis == source.basis
        }

    def keep_found(self, result: Discovered) -> None:
        """Keeps the addresses that a source's lists gave, before any is fetched: a killed run loses none."""
        now = datetime.now(UTC)
        source, report = result.source, self.reports[result.source.id]
        report.listed = result.listed
        changes = [self._list_state(source, each.address, each.etag, each.last_modified, now) for each in result.lists]
        for found in result.found.values():
            known = self._known.get(found.key)
            merged = find_again(known, self._fresh(found, source, now))
            report.found += known is None
            if merged != known:
                changes.append(merged)
        self.save(result.requests, changes)
        self._report(source.id, result.failures)

    def due(self) -> list[tuple[KnownAddress, Wanted]]:
        """The articles to ask now: of each source the newest first, as many as it allows; sources take turns."""
        now = datetime.now(UTC)
        by_source: dict[str, list[KnownAddress]] = {source.id: [] for source in self.chosen}
        for each in self._known.values():
            if each.kind == "article" and each.source_id in by_source and each.is_due(now):
                by_source[each.source_id].append(each)
        for source in self.chosen:
            by_source[source.id].sort(key=lambda each: each.published_at or each.found_at, reverse=True)
            del by_source[source.id][source.at_most :]
        turns = zip_longest(*by_source.values())
        return [(each, self._wanted(each)) for turn in turns for each in turn if each is not None]

    def sort_out(self, fetched: Sequence[Fetched]) -> tuple[dict[str, KnownAddress], list[Snapshot]]:
        """What becomes of each address, by the source of its document, and the documents to read."""
        changes: dict[str, KnownAddress] = {}
        snapshots: list[Snapshot] = []
        for each in fetched:
            known, report, now = each.known, self.reports[each.known.source_id], datetime.now(UTC)
            answer = each.answer
            if answer.failure is not None:
                changes[known.address] = self._fail(each, now)
            elif answer.is_unchanged or answer.sha256 == known.sha256:
                report.unchanged += 1
                changes[known.address] = after_unchanged(known, now)
            else:
                self._take(each, now, changes, snapshots)
        return changes, snapshots

    def reject(self, changes: dict[str, KnownAddress], rejections: Iterable[Rejection]) -> None:
        """Documents that could not be read are asked again later: an error page may have stood in their place."""
        for rejection in rejections:
            known = changes.get(rejection.source)
            before = self._known.get(known.address_key) if known else None
            if known is not None and before is not None:
                changes[rejection.source] = after_failure(before, "rejected", datetime.now(UTC))
                report = self.reports[known.source_id]
                report.failed += 1
                report.new -= before.state == "waiting"
                report.changed -= before.state != "waiting"

    def save(self, requests: Sequence[Request], changes: Iterable[KnownAddress]) -> None:
        """Writes requests and addresses down."""
        changed = list(changes)
        save_requests(self._store, self._summary.run_id, requests, changed)
        self._known.update((each.address_key, each) for each in changed)
        for request in requests:
            report = self.reports[request.source_id]
            report.requests += request.robots in {"allowed", "none"}
            report.bytes += request.bytes

    def report_defect(self, source: Source, error: BaseException) -> None:
        """Names a source whose lists the code could not read."""
        reason = f"{source.id}: the code fails with {type(error).__name__}: {str(error)[:200]}"
        where = source.first_address
        defect = Rejection(source=where, stage="discover", kind="defect", reason=reason, remedy="report it")
        self._report(source.id, [defect])

    def report_rest(self) -> None:
        """One line for each kind of failure of which only the first were named."""
        for report in self.reports.values():
            for kind, count in report.kinds.items():
                if count > _SHOWN_FAILURES:
                    reason = f"{report.source_id}: {count - _SHOWN_FAILURES} more addresses failed like this ({kind})"
                    remedy = "raw.requests has each"
                    rest = Rejection(source=report.source_id, stage="fetch", kind=kind, reason=reason, remedy=remedy)
                    report_paths([rest], Counter(), self._summary)

    def _take(self, each: Fetched, now: datetime, changes: dict[str, KnownAddress], snapshots: list[Snapshot]) -> None:
        """A page that is new or has changed, unless it is another address of one that is there."""
        known, report = each.known, self.reports[each.known.source_id]
        own = known.document_source or each.own_address
        owner = self._owners.setdefault(article_key(own), known.address_key)
        if owner != known.address_key:
            report.variants += 1
            changes[known.address] = after_variant(known, owner, now)
            return
        report.new += known.state == "waiting"
        report.changed += known.state != "waiting"
        changes[own] = after_content(known, each.answer, own, now)
        snapshots.append(each.snapshot(own))

    def _fail(self, each: Fetched, now: datetime) -> KnownAddress:
        known, failure, report = each.known, each.answer.failure, self.reports[each.known.source_id]
        if failure is None:
            raise ValueError("an answer that failed says why")
        if failure.kind == "gone":
            report.gone += 1
        else:
            report.failed += 1
            reason = f"{known.source_id}: {failure.reason}"
            remedy = failure.remedy
            named = Rejection(source=known.address, stage="fetch", kind=failure.kind, reason=reason, remedy=remedy)
            self._report(known.source_id, [named])
        return after_failure(known, failure.kind, now)

    def _report(self, source_id: str, failures: Iterable[Rejection]) -> None:
        kinds = self.reports[source_id].kinds
        for failure in failures:
            kinds[failure.kind] += 1
            if kinds[failure.kind] <= _SHOWN_FAILURES:
                report_paths([failure], Counter(), self._summary)

    def _fresh(self, found: Found, source: Source, now: datetime) -> KnownAddress:
        owner = self._owners.get(found.key, found.key)
        is_variant = owner != found.key
        return KnownAddress(
            address_key=found.key,
            address=found.address,
            source_id=source.id,
            kind="article",
            state="variant" if is_variant else "waiting",
            same_as=owner if is_variant else None,
            title=found.title,
            found_at=now,
            published_at=_instant(found.published_at),
            modified_at=_instant(found.modified_at),
            due_at=None if is_variant else now,
        )

    def _list_state(
        self, source: Source, address: str, etag: str | None, last_modified: str | None, now: datetime
    ) -> KnownAddress:
        return KnownAddress(
            address_key=f"{source.id} {address}",
            address=address,
            source_id=source.id,
            kind="list",
            state="taken",
            found_at=now,
            checked_at=now,
            etag=etag,
            last_modified=last_modified,
            basis=source.basis,
        )

    def _wanted(self, known: KnownAddress) -> Wanted:
        """The request for an address, conditional only if the copy is really there."""
        stored = known.sha256 is not None and snapshot_path(self._settings.snapshots, known.sha256).exists()
        return Wanted(
            address=known.address,
            source_id=known.source_id,
            etag=known.etag if stored else None,
            last_modified=known.last_modified if stored else None,
        )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
