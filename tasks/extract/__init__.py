"""Extraction: from clean article text to observations, agreements and regulations."""
