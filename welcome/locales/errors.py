"""What a tag can be refused for."""

from welcome.errors import NotFound


class MalformedTag(NotFound):
    """The text is not a BCP 47 tag of language, script, region and variants."""

    code = "malformed_tag"


class UnknownLocale(NotFound):
    """No locale of the registry has this tag."""

    code = "unknown_locale"
