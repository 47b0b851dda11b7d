"""What Python needs to live under a clock that is pretended."""
