"""Signing in: invited people only, with a password and a second step, or a passkey."""
