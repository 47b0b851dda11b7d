"""What people may have of their record, what is kept for the law, and letting go."""
