"""Letters drafted, sent, failed: the outbox and its channels."""
