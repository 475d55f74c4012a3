"""Calls a flow as a function."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any


def call(run: Awaitable[Any]) -> Any:
    """What the flow did, whether or not with failures."""
    from flows.outcome import outcome

    async def wait() -> Any:
        return await outcome(run)

    return asyncio.run(wait())
