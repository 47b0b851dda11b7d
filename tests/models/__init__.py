"""Real tiny packages for tests and the demonstration, and the way they are made."""
