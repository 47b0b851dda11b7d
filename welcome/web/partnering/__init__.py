"""The desk of partners: referring newcomers, and one word on how each stands."""
