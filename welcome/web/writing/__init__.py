"""The desk of writers and publishers: pages, their history, facts, editions."""
