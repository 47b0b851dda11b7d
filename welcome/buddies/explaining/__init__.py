"""Reasons in figures, pure: for one person, for the town, for a plan."""
