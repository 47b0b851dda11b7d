"""The Jinja environment of print, web editions and letters."""

from functools import cache
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)

from welcome import locales
from welcome.locales import directions
from welcome.phrases import catalogues, codes

ROOMS = {
    "editions": "editions/templates",
    "buddies": "buddies/templates",
    "letters": "messages/letters",
}


@cache
def environment(tag: str) -> Environment:
    """Make the environment that speaks one locale; HTML is escaped, gaps are errors."""
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader("welcome", path) for path in ROOMS.values()]
        ),
        autoescape=select_autoescape(default=True, disabled_extensions=("txt",)),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    spoken = catalogues.translations(tag)
    # The extension adds this method to the environment, unseen by its types.
    speaking: Any = made
    speaking.install_gettext_callables(spoken.ugettext, spoken.ungettext, newstyle=True)
    made.filters["typed"] = directions.isolate_typed
    made.globals["locale"] = locales.get(tag)
    made.globals["word"] = lambda code, **params: codes.word(tag, code, **params)
    return made
