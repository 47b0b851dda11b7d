"""The clearing desk: what was seen of volunteers, and what is missing."""
