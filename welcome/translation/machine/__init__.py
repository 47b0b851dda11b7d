"""Machine translation: one small interface, and the engines behind it."""
