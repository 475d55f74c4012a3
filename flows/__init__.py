"""Orchestration: which steps run when, and the `cakupan` command."""
