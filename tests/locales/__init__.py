"""Tests of the room of locales."""
