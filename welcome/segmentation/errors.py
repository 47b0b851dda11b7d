"""How this room refuses a document."""

from collections.abc import Sequence

from welcome.errors import RuleBroken

from .problems import Problem


class OutsideSubset(RuleBroken):
    """The document cannot be read safely; `problems` say where, why and what to do."""

    code = "outside_subset"

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(line=first.line, problem=first.code)
        self.problems = tuple(problems)
