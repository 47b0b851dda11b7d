"""The parts of an exact answer, pure: the problem, the paths, the proof."""
