"""The desk of translators and reviewers: queues, pages side by side, Word tables."""
