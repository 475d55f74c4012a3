"""How the project asks the web: who it says it is, and how each host is treated."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.metadata import version

from tasks.discover import Source, Sources
from tasks.errors import UsageError
from tasks.fetch import Fetcher, Limits, Politeness


def make_fetcher(sources: Sources, chosen: Iterable[Source], *, keep_exchanges: bool = False) -> Fetcher:
    """A fetcher for the chosen sources.

    ``CAKUPAN_CONTACT`` goes before the file's contact; ``CAKUPAN_ALLOWED_HOSTS`` names hosts, separated by
    commas, that may be in the operator's own network. Raises :class:`UsageError` when nobody can be contacted.
    """
    contact = (os.environ.get("CAKUPAN_CONTACT") or sources.contact or "").strip()
    if not contact or not contact.isascii() or not contact.isprintable():
        raise UsageError(
            sources.path,
            "does not say how publishers can reach you",
            "enter a mail address or a page under contact, or set CAKUPAN_CONTACT",
        )
    allowed = [name.strip().lower() for name in os.environ.get("CAKUPAN_ALLOWED_HOSTS", "").split(",") if name.strip()]
    return Fetcher(
        f"cakupan/{version('cakupan')} (+{contact})",
        limits=Limits(),
        politeness=_by_host(chosen),
        allowed=allowed,
        keep_exchanges=keep_exchanges,
    )


def _by_host(sources: Iterable[Source]) -> dict[str, Politeness]:
    """The most careful treatment that any source asks for a host."""
    found: dict[str, Politeness] = {}
    for source in sources:
        for host in source.own_hosts:
            before = found.get(host, source.politeness)
            found[host] = Politeness(
                connections=min(before.connections, source.connections), delay=max(before.delay, source.delay)
            )
    return found
