"""What is tried on demand only: programs of others, in environments of their own."""
