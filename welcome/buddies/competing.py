"""Who competes for the same places, and how many more people a volunteer would help."""
