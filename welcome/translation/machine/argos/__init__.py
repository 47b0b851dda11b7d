"""Argos Translate on our own machine: its packages, run through CTranslate2 directly."""
