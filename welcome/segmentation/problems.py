"""What can be wrong with a document, by code and line."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One thing an author must mend: `line` counts from 1, `params` fill the sentence."""

    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict, compare=False)


# Their sentences stand in `phrases`.
CODES = frozenset(
    {
        "too-large",
        "too-many-lines",
        "block-too-long",
        "too-many-block-lines",
        "too-many-brackets",
        "too-deep",
        "control",
        "raw-html",
        "code-fence",
        "indented-code",
        "list-needs-blank",
        "list-indent",
        "list-item",
        "list-spacing",
        "paren-list",
        "task-list",
        "footnote",
        "macro",
        "h1",
        "heading-level",
        "empty-heading",
        "callout-kind",
        "text-after-block",
        "block-needs-blank",
        "definition",
        "definition-spacing",
        "reference-link",
        "refused-link",
        "nested-link",
        "remote-image",
        "unknown-class",
        "unknown-attribute",
        "bad-fact-name",
        "ambiguous",
        "unreadable",
    }
)
