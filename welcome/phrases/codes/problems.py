"""What is wrong in a document or a file of content, and how to mend it."""

from welcome.phrases.catalogues import mark

PHRASES: dict[str, str] = {
    "too-large": mark(
        "The document has %(size)d characters; %(limit)d are allowed. Split it into two pages."
    ),
    "too-many-lines": mark(
        "The document has %(size)d lines; %(limit)d are allowed. Split it into two pages."
    ),
    "block-too-long": mark(
        "This block has %(size)d characters; %(limit)d are allowed. Split it with an empty line."
    ),
    "too-many-block-lines": mark(
        "This block has %(size)d lines; %(limit)d are allowed. Split it with an empty line."
    ),
    "too-many-brackets": mark(
        "Here are %(size)d opening square brackets; %(limit)d are allowed. Split the text."
    ),
    "too-deep": mark(
        "This line is %(size)d levels deep; %(limit)d are allowed. Use fewer levels."
    ),
    "control": mark("Invisible control character U+%(codepoint)s. Delete it."),
    "raw-html": mark(
        "HTML such as “%(found)s” is not supported and would be shown as text. Use Markdown."
    ),
    "code-fence": mark(
        "Code blocks are not supported. Use a quote (a line that starts with >) instead."
    ),
    "indented-code": mark(
        "A line that starts with 4 spaces is shown as code. Remove the spaces."
    ),
    "list-needs-blank": mark(
        "Leave an empty line before a list, or it is read as part of the paragraph above."
    ),
    "list-indent": mark("Indent a list inside a list by 4 spaces."),
    "list-item": mark(
        "A list item must start with its own text. Write the text after the list mark."
    ),
    "list-spacing": mark(
        "Leave an empty line between all items of this list, or between none."
    ),
    "paren-list": mark("Number list items like “1.”, with a full stop."),
    "task-list": mark("Tick-box lists are not supported. Use a plain list."),
    "footnote": mark("Footnotes are not supported. Put the text where it is needed."),
    "macro": mark(
        "“%(found)s” belongs to another system and would be shown as text. Delete it."
    ),
    "h1": mark(
        "The page title is the only level-1 heading. Start this heading with ##."
    ),
    "heading-level": mark(
        "Headings have levels 2 to 4 (## to ####). Use fewer # signs."
    ),
    "empty-heading": mark("This heading has no text. Write it or delete the line."),
    "callout-kind": mark("Unknown callout “%(found)s”. Use one of: %(allowed)s."),
    "text-after-block": mark(
        "Leave an empty line between this text and the block above it."
    ),
    "block-needs-blank": mark(
        "Leave an empty line before this block; indent it by 4 spaces if it belongs to a list item."
    ),
    "definition": mark(
        "Write a term on one line and below it “:   ” with what it means."
    ),
    "definition-spacing": mark(
        "Leave an empty line before all definitions of this list, or before none."
    ),
    "reference-link": mark(
        "Links by reference are not supported. Write [text](address) in the sentence."
    ),
    "refused-link": mark(
        "The link “%(target)s” is refused. Use https:, mailto:, tel:, sms:, # or a page of this site."
    ),
    "nested-link": mark("A link inside a link is not possible. Separate them."),
    "remote-image": mark(
        "The image “%(target)s” is on another site. Upload it and use its own address here."
    ),
    "unknown-class": mark("Unknown class “%(found)s”. Use one of: %(allowed)s."),
    "unknown-attribute": mark(
        "Only {#name} and {.class} are supported here, not “%(found)s”."
    ),
    "bad-fact-name": mark(
        "“%(found)s” is not the name of a fact. Use small letters a to z, digits and hyphens: {{name}}."
    ),
    "ambiguous": mark(
        "This part can be read in two ways. Separate its blocks with empty lines."
    ),
    "unreadable": mark(
        "This part is nested in a way that cannot be read. Make it simpler."
    ),
    "unknown-fact": mark(
        "The register has no fact “%(name)s”. Add it to the facts, or correct the name."
    ),
    "bad-slug": mark(
        "“%(slug)s” cannot be part of an address. Use small letters a to z, digits and hyphens, at most 60."
    ),
    "bad-title": mark(
        "The title is missing, too long (200 characters are allowed) or has a line break."
    ),
    "bad-summary": mark(
        "The summary is too long (400 characters are allowed) or has a line break."
    ),
    "file-too-large": mark("The file is larger than %(most)s bytes. Split it."),
    "not-utf8": mark("This is not UTF-8 text. Save the file as UTF-8."),
    "not-text": mark("This is not a text file."),
    "no-front-matter": mark(
        "The file must begin with a line of +++, the page’s settings, and another line of +++."
    ),
    "front-matter-not-closed": mark(
        "The settings at the top are not closed with a second line of +++."
    ),
    "front-matter-too-long": mark(
        "The settings at the top are longer than %(most)s characters."
    ),
    "bad-toml": mark("The settings cannot be read: %(reason)s"),
    "unknown-key": mark("The setting “%(name)s” is not known. Correct or delete it."),
    "needs-text": mark("“%(name)s” needs a text between quotation marks."),
    "needs-list": mark("“%(name)s” needs a list in square brackets."),
    "bad-names": mark(
        "“%(name)s” may hold at most 200 names, each on one line and of at most 80 letters."
    ),
    "needs-table": mark("“%(name)s” needs a table of names and texts."),
    "needs-date": mark(
        "“%(name)s” needs a check_by date such as 2027-05-31, without quotation marks."
    ),
    "needs-bool": mark("“%(name)s” needs true or false, without quotation marks."),
    "needs-int": mark("“%(name)s” needs a whole number, without quotation marks."),
    "needs-dict": mark("“%(name)s” needs a table."),
    "unknown-choice": mark("“%(name)s” has a value that is not one of those allowed."),
    "unknown-locale": mark("“%(name)s” names a language that is not in the registry."),
    "unknown-page": mark("No page of the source language has this id."),
    "unknown-source": mark(
        "This translation was made from a source that this pack never had. Remove “source” to compare it with the present page."
    ),
    "unlike-source": mark(
        "The blocks are not those of the source page: expected %(expected)s, found %(found)s. Give the translation the same headings, paragraphs and list items."
    ),
    "text-too-long": mark(
        "A text is far longer than its source: %(most)s letters are allowed. Shorten it."
    ),
    "default-taken": mark(
        "The pack “%(slug)s” stands at the root of the site already. Write default = false there, or here."
    ),
    "no-pages": mark("There is no page in the source language."),
    "no-file": mark("The file is missing."),
    "bad-file-name": mark(
        "Name the file like 07-school.md: two or three digits, a hyphen, small letters. Links to other files are not read."
    ),
    "too-many-files": mark("There are more than %(most)s files."),
    "bad_fact": mark(
        "“%(name)s” has a value that does not fit its kind. A phone number needs digits, a web address https://, an e-mail address an @."
    ),
    "other_number": mark(
        "“%(name)s”: %(value)s dials another number than %(source)s. Write the same number, or make it a fact of its own."
    ),
    "fact-in-heading": mark(
        "A fact cannot stand in a title or summary. Put its {{name}} into the text."
    ),
    "name_taken": mark(
        "Another page or fact has the name “%(name)s” already. Choose another."
    ),
    "start_taken": mark(
        "The page “%(name)s” is the start of the pack already. Choose when a newcomer needs this one."
    ),
}
