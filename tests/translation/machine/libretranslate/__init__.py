"""Tests of drafts from a LibreTranslate server."""
