"""How the project asks the web: who it says it is, and how each host is treated."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

from tasks.discover import Source, Sources
from tasks.errors import UsageError
from tasks.fetch import Fetcher, Limits, Politeness
from tasks.settings import read_settings


def make_fetcher(sources: Sources, chosen: Iterable[Source], *, keep_exchanges: bool = False) -> Fetcher:
    """A fetcher for the chosen sources; the contact of the settings goes before that of the file.

    Raises :class:`UsageError` when nobody can be contacted.
    """
    settings = read_settings()
    contact = (settings.contact or sources.contact or "").strip()
    if not contact or not contact.isascii() or not contact.isprintable():
        raise UsageError(
            sources.path,
            "does not say how publishers can reach you",
            "enter a mail address or a page under contact, or set CAKUPAN_CONTACT",
        )
    return Fetcher(
        f"cakupan/{version('cakupan')} (+{contact})",
        limits=Limits(),
        politeness=_by_host(chosen),
        allowed=list(settings.allowed_hosts),
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
