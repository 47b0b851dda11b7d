"""The memory: what was accepted once, offered where the same is said again."""

from .learning import learn
from .lookup import context_hashes, exact, fuzzy, pick_in_context

__all__ = ["context_hashes", "exact", "fuzzy", "learn", "pick_in_context"]
