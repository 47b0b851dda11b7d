"""The whole database in one file, and back, into either kind of database."""
