"""Commands: `welcome …`, one file per group."""
