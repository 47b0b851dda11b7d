"""What the scheme's lead sees of everybody: numbers, never a person."""
