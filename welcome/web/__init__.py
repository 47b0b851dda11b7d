"""Pages, one desk per audience: this is the map of the site."""
