"""What is seen: tables as cards on a phone, typed Urdu in its own face, marks at their ends."""

from functools import partial

import pytest

from tests.journeys.people import at
from tests.journeys.site import running
from welcome.editions.markup import FactValue, to_html

pytestmark = pytest.mark.browser

DESKS = {
    "administrator": (
        "/-/keeping/",
        "/-/keeping/accounts/",
        "/-/keeping/accounts/1/",
        "/-/keeping/accounts/invite",
        "/-/keeping/journal/",
        "/-/keeping/jobs/",
        "/-/keeping/messages/",
        "/-/keeping/locales/",
    ),
    "officer": (
        "/-/writing/town/facts/",
        "/-/writing/town/publishing/",
        "/-/writing/town/editions/ur/",
        "/-/writing/town/pages/doctor/history/",
        "/-/translating/",
        "/-/translating/town/pl/",
    ),
}
TABLES = """() => [...document.querySelectorAll("table.cards")].map((table) => {
  const seen = (each) => getComputedStyle(each).display !== "none";
  const cells = [...table.querySelectorAll("tbody :is(th, td)")].filter(seen);
  const fits = ({left, right}) => left >= 0 && right <= innerWidth;
  return {
    isCards: getComputedStyle(table).display === "block",
    isScrolled: table.parentElement.scrollWidth > table.parentElement.clientWidth,
    allFit: cells.every((cell) => fits(cell.getBoundingClientRect())),
    unnamed: cells.filter((cell) => cell.matches("td:not([data-head], .wide)")).length,
  };
})"""
FACE = """(box) => {
  const style = getComputedStyle(box);
  const size = parseFloat(style.fontSize);
  return [style.fontFamily, Math.round(10 * parseFloat(style.lineHeight) / size) / 10];
}"""
# What stands on each line of an element, from left to right.
SEEN = """(element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), letters = [];
  for (let node; (node = walker.nextNode());) {
    for (let at = 0; at < node.length; at++) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width) letters.push([box.left, node.data[at]]);
    }
  }
  return letters.sort((one, other) => one[0] - other[0]).map(([, sign]) => sign).join("");
}"""
FACTS = {"tel": FactValue("phone", "01632 960001")}


@pytest.mark.parametrize("interface_tag", ["en", "ar", "ur"])
def test_tables_are_cards_on_a_phone(browser, tmp_path, interface_tag):
    with running(tmp_path, interface_tag=interface_tag) as site:
        sit_down = partial(at, browser, site.url)
        for key, places in DESKS.items():
            phone, desk = sit_down(360), sit_down(1280)
            phone.sign_in(key)
            desk.sign_in(key)
            for place in places:
                phone.open(place)
                for table in phone.page.evaluate(TABLES):
                    assert table["isCards"], place
                    assert table["allFit"], place
                    assert not table["isScrolled"], place
                    assert table["unnamed"] == 0, place
                desk.open(place)
                for role in ("table", "columnheader", "rowheader", "row"):
                    heard = phone.page.get_by_role(role).count()
                    assert desk.page.get_by_role(role).count() == heard, place
                assert not any(t["isCards"] for t in desk.page.evaluate(TABLES))


def test_urdu_is_typed_in_the_face_its_readers_see(browser, tmp_path):
    with running(tmp_path, interface_tag="en") as site:
        translator = at(browser, site.url, 360)
        translator.sign_in("translator_ur")
        translator.open("/-/translating/town/ur/pages/doctor/")
        boxes = translator.page.locator("textarea[lang=ur]")
        assert boxes.count()
        for seen in (boxes, translator.page.locator(".unit-text[lang=ur]")):
            face, leading = seen.first.evaluate(FACE)
            assert face.startswith('"Noto Nastaliq Urdu"')
            assert leading == 2.3
        ready = "async () => (await document.fonts.load('18px \"Noto Nastaliq Urdu\"', 'ا')).length"
        assert translator.page.evaluate(ready) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ا: “I need help.” ب۔", "۔ب “I need help.” :ا"),
        ("ا “help, please”.", ".“help, please” ا"),
        ("ا **share code**.", ".share code ا"),
        ("ا “Call **me** on {{tel}}!”", "“Call me on 01632 960001!” ا"),
        ("ا (01632 960001)، ({{tel}})۔", "۔)01632 960001( ،)01632 960001( ا"),
        ("ا 18:00–20:00، a@b.example.", ".a@b.example ،18:00–20:00 ا"),
        ("| ا | ب |\n|-|-|\n| 9am – 5pm. | ا |", "9am – 5pm."),
    ],
)
def test_marks_stand_at_the_end_of_what_they_end(browser, text, wanted):
    rendered = to_html(text, direction="rtl", facts=FACTS)
    page = browser.new_page()
    page.set_content(f"<!doctype html><html lang=ur dir=rtl><body>{rendered}")
    assert page.locator("p, tbody td").first.evaluate(SEEN).strip() == wanted
    page.close()
