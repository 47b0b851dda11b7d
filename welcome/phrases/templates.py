"""The Jinja environment of print, web editions and letters."""

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from welcome import locales
from welcome.phrases import catalogues, codes

ROOMS = {"editions": "editions/templates", "letters": "messages/letters"}


@cache
def environment(tag: str) -> Environment:
    """Make the environment that speaks one locale; HTML is escaped, gaps are errors."""
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader("welcome", path) for path in ROOMS.values()]
        ),
        autoescape=lambda name: name is None or not name.endswith(".txt"),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    spoken = catalogues.translations(tag)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        spoken.ugettext, spoken.ungettext, newstyle=True
    )
    made.globals["locale"] = locales.get(tag)
    made.globals["word"] = lambda code, **params: codes.word(tag, code, **params)
    return made
