"""A pairing from its draft to its ending."""
