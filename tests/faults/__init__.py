"""Faults: the product's real processes are started, hurt, and started again.

Each file tells the story of one kind of harm; `laws` says what must hold after each. A
short form runs with the slow tests; `make faults` and `make soak` run the long ones.
"""
