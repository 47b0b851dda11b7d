"""Tests of the room of editions."""
