"""What is said when a rule was broken: what was wrong, what is kept, what to do."""

from welcome.phrases.catalogues import mark

PHRASES: dict[str, str] = {
    "error": mark("Something went wrong. Nothing was changed."),
    "rule_broken": mark("That is not possible here. Nothing was changed."),
    "not_found": mark("This page does not exist, or it is not yours to see."),
    "not_allowed": mark(
        "Your account may not do this. Ask an administrator for the right."
    ),
    "unknown_setting": mark("The setting “%(name)s” in %(where)s is not known."),
    "bad_setting": mark("The setting “%(name)s” needs %(wanted)s."),
    "missing_secrets": mark(
        "%(file)s is missing but the database exists. Restore the file from your backup;"
        " new keys would lock the old data."
    ),
}
