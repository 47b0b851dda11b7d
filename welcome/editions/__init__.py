"""Frozen publications per locale: web, print, and the files made from them."""
