"""One phrase for every code, in every language, without Flask."""
