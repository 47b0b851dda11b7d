"""The second wall: an allow-list over the finished HTML."""

import re

import nh3

from welcome.segmentation.dialect import CALLOUT_KINDS, CLASSES
from welcome.segmentation.inline import SCHEMES, is_link_allowed, is_own_media
from welcome.segmentation.keys import HEADINGS

# Halves of surrogate pairs are no characters; nothing could write them to a file.
_HALVES = re.compile("[\ud800-\udfff]")
_TAGS = {
    *HEADINGS,
    *("p", "ul", "ol", "li", "blockquote", "hr", "br", "dl", "dt", "dd", "div", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("strong", "em", "a", "code", "img", "bdi"),
}
_ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "bdi": {"dir"},
}
_CLASSES_OF = {
    "div": {"admonition", "toc", *CALLOUT_KINDS},
    "p": {"admonition-title"},
    "td": {"align-start", "align-centre", "align-end"},
    "th": {"align-start", "align-centre", "align-end"},
}


def _keep(_tag: str, name: str, value: str) -> str | None:
    """Keep an attribute only where its value is one we could have written."""
    kept = {
        "href": is_link_allowed,
        "src": is_own_media,
        "start": str.isdecimal,
        "dir": "ltr".__eq__,
    }.get(name)
    return value if kept is None or kept(value) else None


_SANITISER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_keep,
    url_schemes=set(SCHEMES),
    allowed_classes={tag: {*CLASSES, *_CLASSES_OF.get(tag, ())} for tag in _TAGS},
    link_rel="noopener noreferrer",
)


def sanitise(rendered: str) -> str:
    """Give the HTML with nothing in it but what we could have written ourselves."""
    return _SANITISER.clean(_HALVES.sub("\ufffd", rendered))
