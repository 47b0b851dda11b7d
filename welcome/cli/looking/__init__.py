"""What the doctor looks at, by subject."""
