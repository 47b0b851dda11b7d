"""Whoever holds a pack in the hand: public pages, no account, no cookies."""
