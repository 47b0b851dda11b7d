"""How long things are kept, what a person may read, and how they are forgotten."""
