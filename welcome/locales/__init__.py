"""What we publish in: tags, autonyms, directions, faces and negotiation."""

from welcome.locales.errors import MalformedTag, UnknownLocale
from welcome.locales.models import Locale
from welcome.locales.negotiation import likely, negotiate
from welcome.locales.registry import every, find, get

__all__ = [
    "Locale",
    "MalformedTag",
    "UnknownLocale",
    "every",
    "find",
    "get",
    "likely",
    "negotiate",
]
