"""The bar at the foot of readers' pages holds its words in every locale, on any phone."""

import pytest

from welcome import locales
from welcome.editions import look
from welcome.phrases import catalogues

pytestmark = pytest.mark.browser

WORDS = ("Contents", "Print", "Languages")
BAR = """<!doctype html><html lang="{tag}" dir="{direction}"><style>{style}</style>
<nav class="bar"><ul>{items}</ul></nav><main></main></html>"""
ITEM = '<li><a href="#"><svg class="icon" viewBox="0 0 24 24"></svg>{word}</a></li>'
# What stands out of its place, or needs a second line.
TOO_LONG = """() => [...document.querySelectorAll(".bar a")].filter((each) => {
  const words = new Range(), place = each.getBoundingClientRect();
  words.selectNodeContents(each);
  const taken = words.getBoundingClientRect();
  return taken.width > place.width || place.height > 62 || place.left < 0
    || place.right > document.documentElement.clientWidth + 0.5;
}).map((each) => each.textContent)"""


@pytest.mark.parametrize("width", [320, 360])
def test_the_bar_holds_its_words_in_every_locale(browser, width):
    style = "".join(look.static_file(name).read_text("utf-8") for name in look.STYLES)
    page = browser.new_page(viewport={"width": width, "height": 640})
    found = {}
    for locale in locales.every():
        said = [catalogues.phrase(locale.tag, word) for word in WORDS]
        page.set_content(
            BAR.format(
                tag=locale.tag,
                direction=locale.direction,
                style=style,
                items="".join(ITEM.format(word=word) for word in said),
            )
        )
        assert page.locator(".bar a").count() == len(WORDS)
        found[locale.tag] = page.evaluate(TOO_LONG)
    page.close()
    assert {tag: words for tag, words in found.items() if words} == {}
