"""From a source unit to a reviewed target."""
