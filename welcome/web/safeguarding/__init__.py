"""The safeguarding desk, and the form on which anybody raises a concern."""
