"""Phrases of findings."""

PHRASES: dict[str, str] = {}
