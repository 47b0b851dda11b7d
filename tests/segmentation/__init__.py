"""Tests of the room of segmentation."""
