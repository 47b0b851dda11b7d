"""Phrases of problems."""

PHRASES: dict[str, str] = {}
