"""What HTML could make a browser do, found by reading it as a browser does."""

import re

import lxml.html

PLAIN_TAGS = """
h1 h2 h3 h4 h5 h6 p ul li blockquote hr br dl dt dd div pre table thead tbody tr th td
strong em code
"""
ALLOWED = {
    **{tag: {"id", "class"} for tag in PLAIN_TAGS.split()},
    "ol": {"id", "class", "start"},
    "a": {"id", "class", "href", "title", "rel"},
    "img": {"id", "class", "src", "alt", "title"},
    "bdi": {"dir"},
}


def faults(html: str) -> list[str]:
    """What in this HTML a browser could be made to do; empty when it is harmless."""
    found = []
    for element in lxml.html.fragment_fromstring(
        html, create_parent="section"
    ).iterdescendants():
        allowed = ALLOWED.get(str(element.tag))
        if allowed is None:
            found.append(f"<{element.tag}>")
            continue
        found += [
            f"{element.tag} {name}" for name in element.attrib if name not in allowed
        ]
        found += [
            f"href {v!r}" for v in [element.get("href")] if v and not _leads_on(v)
        ]
        found += [f"src {v!r}" for v in [element.get("src")] if v and not _is_near(v)]
    return found


def _as_browser(address: str) -> str:
    """What is left of an address after the URL standard's preparation."""
    stripped = address.strip("".join(map(chr, range(0x21))))
    return re.sub(r"[\t\n\r]", "", stripped).replace("\\", "/").lower()


def _leads_on(address: str) -> bool:
    address = _as_browser(address)
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
    if scheme:
        return scheme[1] in ("http", "https", "mailto", "tel", "sms")
    return not address.startswith("//")


def _is_near(address: str) -> bool:
    address = _as_browser(address)
    return not address.startswith("//") and not re.match(r"[a-z][a-z0-9+.-]*:", address)
