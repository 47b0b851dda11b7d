"""What can be wrong with a document, and the sentence that says how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One thing an author must mend: `line` counts from 1, `params` fill the sentence."""

    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict, compare=False)


SENTENCES: dict[str, str] = {
    "too-large": "The document has %(size)d characters; %(limit)d are allowed. Split it into two pages.",
    "too-many-lines": "The document has %(size)d lines; %(limit)d are allowed. Split it into two pages.",
    "block-too-long": "This block has %(size)d characters; %(limit)d are allowed. Split it with an empty line.",
    "too-many-block-lines": "This block has %(size)d lines; %(limit)d are allowed. Split it with an empty line.",
    "too-many-brackets": "Here are %(size)d opening square brackets; %(limit)d are allowed. Split the text.",
    "too-deep": "This line is %(size)d levels deep; %(limit)d are allowed. Use fewer levels.",
    "control": "Invisible control character U+%(codepoint)s. Delete it.",
    "raw-html": "HTML such as “%(found)s” is not supported and would be shown as text. Use Markdown.",
    "code-fence": "Code blocks are not supported. Use a quote (a line that starts with >) instead.",
    "indented-code": "A line that starts with 4 spaces is shown as code. Remove the spaces.",
    "list-needs-blank": "Leave an empty line before a list, or it is read as part of the paragraph above.",
    "list-indent": "Indent a list inside a list by 4 spaces.",
    "list-item": "A list item must start with its own text. Write the text after the list mark.",
    "list-spacing": "Leave an empty line between all items of this list, or between none.",
    "paren-list": "Number list items like “1.”, with a full stop.",
    "task-list": "Tick-box lists are not supported. Use a plain list.",
    "footnote": "Footnotes are not supported. Put the text where it is needed.",
    "macro": "“%(found)s” belongs to another system and would be shown as text. Delete it.",
    "h1": "The page title is the only level-1 heading. Start this heading with ##.",
    "heading-level": "Headings have levels 2 to 4 (## to ####). Use fewer # signs.",
    "empty-heading": "This heading has no text. Write it or delete the line.",
    "callout-kind": "Unknown callout “%(found)s”. Use one of: %(allowed)s.",
    "text-after-block": "Leave an empty line between this text and the block above it.",
    "block-needs-blank": "Leave an empty line before this block; indent it by 4 spaces if it belongs to a list item.",
    "definition": "Write a term on one line and below it “:   ” with what it means.",
    "definition-spacing": "Leave an empty line before all definitions of this list, or before none.",
    "reference-link": "Links by reference are not supported. Write [text](address) in the sentence.",
    "refused-link": "The link “%(target)s” is refused. Use https:, mailto:, tel:, sms:, # or a page of this site.",
    "nested-link": "A link inside a link is not possible. Separate them.",
    "remote-image": "The image “%(target)s” is on another site. Upload it and use its own address here.",
    "unknown-class": "Unknown class “%(found)s”. Use one of: %(allowed)s.",
    "unknown-attribute": "Only {#name} and {.class} are supported here, not “%(found)s”.",
    "bad-fact-name": "“%(found)s” is not the name of a fact. Use small letters a to z, digits and hyphens: {{name}}.",
    "ambiguous": "This part can be read in two ways. Separate its blocks with empty lines.",
    "unreadable": "This part is nested in a way that cannot be read. Make it simpler.",
}


def sentence(problem: Problem) -> str:
    """Give the English sentence for a problem: what was wrong and how to mend it."""
    return SENTENCES[problem.code] % problem.params
