"""Newcomers and volunteers: how they come in, are found, wait and leave."""
