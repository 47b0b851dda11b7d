"""Phrases of acts."""

PHRASES: dict[str, str] = {}
