"""The arranging desk: who takes part, who shares with whom, what counts for all."""
