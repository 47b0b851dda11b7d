"""Tests of what goes out and comes back."""
