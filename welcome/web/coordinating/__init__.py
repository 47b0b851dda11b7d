"""The coordinating desk."""
