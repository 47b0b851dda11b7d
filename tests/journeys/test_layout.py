"""How pages are laid out in four scripts, on a phone and on a desk, by day and by night."""

import pytest

from tests.journeys import tongues
from tests.journeys.people import Person, at
from tests.journeys.site import running
from welcome import locales

pytestmark = pytest.mark.browser

PLACES = ("", "doctor/", "safety/", "privacy/")
# Lines as high as the script wants them, and nothing cut off at a box's edge.
LINES = """(tag) => [...document.querySelectorAll("main :is(h1, h2, p, li)")]
  .filter((each) => each.closest("[lang]").lang === tag && each.offsetHeight)
  .map((each) => {
    const style = getComputedStyle(each);
    return {
      words: each.textContent.trim().slice(0, 40),
      isHeading: each.matches("h1, h2"),
      leading: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
      isCut: style.overflow !== "visible" && each.scrollHeight > each.clientHeight + 1,
    };
  })"""
SLANTED = """() => [...document.querySelectorAll("main *")].filter((each) =>
  getComputedStyle(each).fontStyle === "italic"
  || !["normal", "0px"].includes(getComputedStyle(each).letterSpacing)
  || getComputedStyle(each).textAlign === "justify").length"""
# What a thumb must hit: links that stand by themselves, not those inside a sentence.
SMALL = """() => [...document.querySelectorAll(".urgent a, .needs a, .bar a, .pill")]
  .filter((each) => each.offsetHeight && each.offsetHeight < 44)
  .map((each) => each.textContent.trim())"""
# The visual order of a phone number's digits, from left to right.
DIGITS = """(link) => {
  const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), found = [];
  for (let node; (node = walker.nextNode());) {
    for (let at = 0; at < node.length; at++) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      found.push([range.getBoundingClientRect().left, node.data[at]]);
    }
  }
  return found.sort((one, other) => one[0] - other[0]).map(([, sign]) => sign).join("");
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tongues")
    with running(folder, files=tongues.FILES) as opened:
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("tag", tongues.TAGS)
def test_readers_pages_are_laid_out_as_their_script_wants(
    browser, site, pictures, tag, width, scheme
):
    locale = locales.get(tag)
    reader = at(browser, site.url, width, Person)
    reader.page.emulate_media(color_scheme=scheme)
    for place in PLACES:
        reader.open(f"/{tag}/{place}")
        root = reader.page.locator("html")
        assert (root.get_attribute("lang"), root.get_attribute("dir")) == (
            tag,
            locale.direction,
        )
        for line in reader.page.evaluate(LINES, tag):
            assert not line["isCut"], line
            least = 1.2 if line["isHeading"] else locale.line_height - 0.05
            assert line["leading"] >= least, line
        if locale.script != "Latn":
            assert reader.page.evaluate(SLANTED) == 0, place
        assert reader.page.evaluate(SMALL) == [], place
        name = f"layout-{tag}-{width}-{scheme}-{place.strip('/') or 'start'}"
        reader.keeps_picture(pictures, name)


@pytest.mark.parametrize("tag", tongues.TAGS)
def test_numbers_and_times_are_read_from_left_to_right(browser, site, tag):
    reader = at(browser, site.url, 360, Person)
    reader.open(f"/{tag}/doctor/")
    phones = reader.page.locator("article a[href^='tel:']")
    assert phones.first.evaluate(DIGITS) == "01632 960001"
    times = reader.page.locator("article bdi", has_text="08:30").first
    assert times.evaluate(DIGITS) == "08:30"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("tag", tongues.TAGS[1:])
def test_translators_see_both_texts_in_their_own_direction(
    browser, site, pictures, tag, width
):
    locale = locales.get(tag)
    officer = at(browser, site.url, width)
    officer.sign_in("officer")
    officer.open(f"/-/translating/town/{tag}/pages/doctor/")
    texts = officer.page.locator(f".unit-text[lang='{tag}'], textarea[lang='{tag}']")
    assert texts.count()
    for each in texts.all():
        assert each.get_attribute("dir") == locale.direction
        style = "el => getComputedStyle(el)"
        size = each.evaluate(f"el => parseFloat(({style})(el).fontSize)")
        leading = each.evaluate(f"el => parseFloat(({style})(el).lineHeight)") / size
        assert leading >= locale.line_height - 0.05
    officer.keeps_picture(pictures, f"layout-{tag}-{width}-translating")
