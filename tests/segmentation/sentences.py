"""What an author reads for a problem."""

from welcome.phrases import codes
from welcome.segmentation import Problem


def sentence(problem: Problem) -> str:
    """Say a problem in English; a missing parameter fails."""
    return codes.word("en", problem.code, **problem.params)
