"""Finds addresses of articles on the topic in the feeds, sitemaps and lists of publishers."""

from tasks.discover.discover import Discovered, KnownList, ListState, discover
from tasks.discover.entries import Found
from tasks.discover.sources import Source, Sources, read_sources

__all__ = ["Discovered", "Found", "KnownList", "ListState", "Source", "Sources", "discover", "read_sources"]
