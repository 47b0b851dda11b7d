"""What no restored backup may undo: kept beside the data, a line for each thing."""
