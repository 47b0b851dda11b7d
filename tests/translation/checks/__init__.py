"""Tests of automatic quality control."""
