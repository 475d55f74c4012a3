"""Brings pages from the web: politely, safely, and each only when it may have changed."""

from tasks.fetch.fetcher import Fetcher
from tasks.fetch.records import Answer, Failure, Limits, Politeness, Request, Wanted

__all__ = ["Answer", "Failure", "Fetcher", "Limits", "Politeness", "Request", "Wanted"]
