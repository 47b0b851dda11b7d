"""What has to be done today, by the clock or by a person."""
