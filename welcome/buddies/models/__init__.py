"""The tables of the scheme, one file per subject."""
