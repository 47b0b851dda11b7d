"""Worries about somebody's safety, and who may read them."""
