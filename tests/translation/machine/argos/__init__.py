"""Argos Translate: its packages, installed and run."""
