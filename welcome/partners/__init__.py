"""Organisations that refer newcomers, host buddies and hand out packs."""
