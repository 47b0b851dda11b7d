"""Volunteers, newcomers and their pairings."""
