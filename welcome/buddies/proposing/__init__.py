"""From everybody who waits to drafts, with their proof."""
