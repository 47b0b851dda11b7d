"""Packs, their pages, immutable source versions, units, and facts held once."""
