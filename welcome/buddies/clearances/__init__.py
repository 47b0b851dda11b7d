"""What a volunteer must show before they meet anybody."""
