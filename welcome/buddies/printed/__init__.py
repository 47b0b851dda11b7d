"""What is handed to people on paper: slips with a code, sheets that say how it goes."""
