"""Cleaning: from the bytes of a page or file to the article, and what was removed and why."""
