"""Growing past one machine: real processes on folders of their own."""
