"""Tests of the way from a source unit to a reviewed target."""
