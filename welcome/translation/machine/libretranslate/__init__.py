"""A LibreTranslate server, ours or somebody's: the texts are sent to its address."""
