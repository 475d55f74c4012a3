"""Reads all lists of a source and gives the articles on the topic that they name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tasks.discover.entries import Entry, Found, UnreadableListError, join_own, locate
from tasks.discover.feeds import read_feed
from tasks.discover.listings import describe_content, read_listing
from tasks.discover.sitemaps import read_sitemap
from tasks.discover.sources import Source
from tasks.discover.topic import Topic
from tasks.fetch import Answer, Fetcher, Request, Wanted
from tasks.records import Rejection

MOST_SITEMAPS = 20
"""Sitemaps of a source that are read in a run, the newest of each index."""

_DEEPEST_SITEMAP = 3
Reader = Callable[[Answer], list[Entry]]


@dataclass(frozen=True, slots=True)
class KnownList:
    """The validators of a list that was read before with the same description of its source."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class ListState:
    """A list as it answered now."""

    address: str
    etag: str | None
    last_modified: str | None
    checked_at: str


@dataclass(slots=True)
class Discovered:
    """What the lists of a source gave; ``listed`` counts all their articles, ``unchanged`` lists without news."""

    source: Source
    found: dict[str, Found] = field(default_factory=dict)
    listed: int = 0
    unchanged: int = 0
    lists: list[ListState] = field(default_factory=list)
    failures: list[Rejection] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


async def discover(source: Source, topic: Topic, fetcher: Fetcher, known: Mapping[str, KnownList]) -> Discovered:
    """Reads the lists of a source, those at ``known`` addresses only if they changed; never raises for the web."""
    result = Discovered(source)
    reading = _Reading(source, topic, fetcher, known, result)
    for address in source.feeds:
        await reading.read(address, "feed", lambda answer: read_feed(answer.content, answer.address, answer.charset))
    for address in source.sitemaps:
        await reading.read_sitemaps(address)
    for listing in source.listings:
        await reading.read(listing.address, "listing", _listing_reader(listing.links), on_topic=listing.on_topic)
    reading.add((Entry(address) for address in source.addresses), None, on_topic=True)
    if not result.unchanged and not result.failures and len(result.found) < source.at_least:
        reason = f"its lists name {len(result.found)} articles on the topic ({result.listed} in all)"
        reading.fail(
            source.feeds[0] if source.feeds else source.id, "too_few", reason, "look at its lists, or mend at_least"
        )
    return result


def _listing_reader(selector: str) -> Reader:
    return lambda answer: read_listing(answer.content, selector, answer.charset)


class _Reading:
    """One reading of a source, list by list."""

    def __init__(
        self, source: Source, topic: Topic, fetcher: Fetcher, known: Mapping[str, KnownList], result: Discovered
    ) -> None:
        self._source = source
        self._topic = topic
        self._fetcher = fetcher
        self._known = known
        self._result = result

    async def read(self, address: str, purpose: str, reader: Reader, *, on_topic: bool = False) -> None:
        """Adds what one list names."""
        answer = await self._ask(address, purpose)
        if answer is None:
            return
        try:
            entries = await asyncio.to_thread(reader, answer)
        except UnreadableListError as error:
            self._fail_unreadable(answer, purpose, error)
            return
        except Exception as error:
            self._fail_defect(answer, error)
            return
        self._keep(answer)
        await asyncio.to_thread(self.add, entries, answer.address, on_topic=on_topic)

    async def read_sitemaps(self, address: str) -> None:
        """Adds what a sitemap and those that it lists name; each is read once, however they list each other."""
        waiting, seen = [(address, 0)], {address}
        while waiting and len(seen) <= MOST_SITEMAPS + 1:
            address, depth = waiting.pop(0)
            answer = await self._ask(address, "sitemap")
            if answer is None:
                continue
            try:
                sitemap = await asyncio.to_thread(read_sitemap, answer.content)
            except UnreadableListError as error:
                self._fail_unreadable(answer, "sitemap", error)
                continue
            except Exception as error:
                self._fail_defect(answer, error)
                continue
            if not sitemap.sitemaps:
                self._keep(answer)
            await asyncio.to_thread(self.add, sitemap.entries, answer.address)
            hosts = self._source.hosts
            links = (join_own(each.link, answer.address, hosts) for each in sitemap.sitemaps)
            fresh = [each for each in dict.fromkeys(links) if each and each not in seen]
            if depth < _DEEPEST_SITEMAP:
                fresh = fresh[: max(0, MOST_SITEMAPS - len(seen))]
                seen.update(fresh)
                waiting.extend((each, depth + 1) for each in fresh)

    def add(self, entries: Iterable[Entry], base: str | None, *, on_topic: bool = False) -> None:
        """Keeps the entries that are articles of the source and on the topic, each once."""
        result = self._result
        for entry in entries:
            found = locate(entry, base or entry.link, self._source.hosts)
            if found is None:
                continue
            result.listed += 1
            if on_topic or self._topic.fits(found.title, found.address):
                before = result.found.get(found.key)
                result.found[found.key] = _merge(before, found) if before else found

    def fail(self, address: str, kind: str, reason: str, remedy: str) -> None:
        """Notes a failure under the name of the source."""
        self._result.failures.append(
            Rejection(source=address, stage="discover", kind=kind, reason=f"{self._source.id}: {reason}", remedy=remedy)
        )

    async def _ask(self, address: str, purpose: str) -> Answer | None:
        """The answer with a list to read; nothing when it did not change or failed."""
        known = self._known.get(address)
        answer = await self._fetcher.fetch(
            Wanted(
                address=address,
                source_id=self._source.id,
                purpose=purpose,
                etag=known.etag if known else None,
                last_modified=known.last_modified if known else None,
            )
        )
        self._result.requests.extend(answer.requests)
        if answer.failure is not None:
            self.fail(address, answer.failure.kind, answer.failure.reason, answer.failure.remedy)
            return None
        if answer.is_unchanged:
            self._result.unchanged += 1
            return None
        return answer

    def _keep(self, answer: Answer) -> None:
        self._result.lists.append(
            ListState(answer.wanted.address, answer.etag, answer.last_modified, answer.retrieved_at)
        )

    def _fail_unreadable(self, answer: Answer, purpose: str, error: UnreadableListError) -> None:
        described = "" if purpose == "listing" else describe_content(answer.content, answer.charset)
        self.fail(
            answer.wanted.address, f"no_{purpose}", f"{error}{described}", "open it in a browser and mend the source"
        )

    def _fail_defect(self, answer: Answer, error: Exception) -> None:
        """A list that the code cannot read; the source's other lists are read and its requests kept."""
        reason = f"the code to read it fails with {type(error).__name__}: {str(error)[:200]}"
        self.fail(answer.wanted.address, "defect", reason, "report it with the address")


def _merge(first: Found, second: Found) -> Found:
    """What two entries say about one article; the address of the first."""
    modified = max(filter(None, (first.modified_at, second.modified_at)), default=None)
    return Found(
        key=first.key,
        address=first.address,
        title=first.title or second.title,
        published_at=first.published_at or second.published_at,
        modified_at=modified,
    )
