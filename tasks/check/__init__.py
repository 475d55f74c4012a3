"""Checks: functions from the figures that articles state to findings, in words that a person understands.

They read neither clock nor warehouse, and give the same findings in whatever order the figures come.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import localcontext

from tasks.check.arithmetic import find_arithmetic
from tasks.check.conflicts import find_conflicts
from tasks.check.echoes import find_echoes
from tasks.check.figures import Figure
from tasks.check.plausibility import find_implausible
from tasks.records import Finding

_DIGITS = 80
"""Enough for sums and quotients of the largest numbers that the warehouse takes, 32 digits before the point."""

__all__ = ["Figure", "check_region"]


def check_region(figures: Iterable[Figure]) -> list[Finding]:
    """All findings about the figures of one region, or about those without a region; each once, in a fixed order."""
    stated = sorted(figures, key=lambda figure: figure.observation_id)
    with localcontext() as context:
        context.prec = _DIGITS
        findings = [
            *find_conflicts(stated),
            *find_arithmetic(stated),
            *find_implausible(stated),
            *find_echoes(stated),
        ]
    return list({finding.finding_id: finding for finding in findings}.values())
