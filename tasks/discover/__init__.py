"""Finds the addresses of articles."""
