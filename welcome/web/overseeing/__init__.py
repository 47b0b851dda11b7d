"""The desk of the scheme's lead: numbers of everybody, and the rules for all."""
