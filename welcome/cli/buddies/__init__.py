"""`welcome buddies …`: finding pairs without an installation."""
