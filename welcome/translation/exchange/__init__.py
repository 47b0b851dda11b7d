"""Targets going out to people without our tools, and coming back with their pins."""
