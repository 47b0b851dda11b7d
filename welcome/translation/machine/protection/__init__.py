"""Keeping from an engine what it must not touch, and proving that it came through.

The method, one sentinel for each link, emphasis or fact, verified, then another family,
then the words between them one by one, was found by trying (see `drafts`).
"""
