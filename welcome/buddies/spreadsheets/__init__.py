"""Reading people from spreadsheets, and writing what was found into others.

Nothing here stops at the first problem: every row comes back, and with it every problem
by line and column.
"""
