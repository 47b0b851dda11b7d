"""A paragraph changes: writer, translator, reviewer, publisher, reader."""

import pytest

from tests.journeys.people import Person, at
from tests.journeys.site import running

pytestmark = pytest.mark.browser

OLD, NEW = "08:30 to 18:00", "08:30 to 19:00"
WRONG = "ہنگامی صورت میں {{emergency}} یا 112 پر کال کریں۔ پیر کو 08:30 سے 18:00 تک کھلا ہے۔"
RIGHT = WRONG.replace("18:00", "19:00")
CHANGED = "In an emergency call"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("interface_tag", ["en", "ar"])
def test_a_changed_paragraph_reaches_its_readers(
    browser, tmp_path, pictures, interface_tag, width
):
    with running(tmp_path, interface_tag=interface_tag) as site:
        mark = f"{interface_tag}-{width}"
        reader = at(browser, site.url, width, Person)
        reader.open("/ur/doctor/")
        reader.sees("18:00")

        writer = at(browser, site.url, width)
        writer.sign_in("writer")
        writer.change_page("doctor", OLD, NEW)
        writer.open("/-/writing/town/")
        writer.keeps_picture(pictures, f"{mark}-1-matrix")

        translator = at(browser, site.url, width)
        translator.sign_in("translator_ur")
        translator.open("/-/translating/town/ur/pages/doctor/")
        changed = translator.unit(CHANGED)
        assert "18:00" in changed.locator("del").first.inner_text()
        assert "19:00" in changed.locator("ins").first.inner_text()
        translator.keeps_picture(pictures, f"{mark}-2-translator")
        translator.take_suggestion(CHANGED)
        assert WRONG in translator.unit(CHANGED).locator("textarea").input_value()
        assert translator.unit(CHANGED).locator(".finding-blocking").count() == 1
        translator.submit_page("doctor", "ur")

        reviewer = at(browser, site.url, width)
        reviewer.sign_in("reviewer_ur")
        reviewer.open("/-/translating/town/ur/review/doctor/")
        assert reviewer.page.locator("article.pair").count() == 1
        assert reviewer.page.locator("form[action$='/accept/']").count() == 0
        reviewer.keeps_picture(pictures, f"{mark}-3-blocked")
        reviewer.page.locator("summary[data-key=r]").click()
        reviewer.page.fill("textarea[name=comment]", "The closing time is wrong.")
        reviewer.press("form[action$='/return/'] button")

        translator.open("/-/translating/town/ur/pages/doctor/")
        translator.sees("The closing time is wrong.")
        translator.save_text(CHANGED, RIGHT)
        assert translator.unit(CHANGED).locator(".finding-blocking").count() == 0
        translator.submit_page("doctor", "ur")

        reviewer.open("/-/translating/town/ur/review/doctor/")
        reviewer.press("article form[action$='/accept/'] button")

        publisher = at(browser, site.url, width)
        publisher.sign_in("publisher")
        publisher.publish("en", "ur")
        publisher.keeps_picture(pictures, f"{mark}-4-published")

        reader.page.wait_for_timeout(2_500)
        reader.open("/ur/doctor/")
        reader.sees("19:00")
        reader.keeps_picture(pictures, f"{mark}-5-reader")
        reader.open("/en/doctor/")
        reader.sees("19:00")


def test_nobody_accepts_their_own_work(browser, tmp_path):
    with running(tmp_path, interface_tag="en") as site:
        writer = at(browser, site.url, 1280)
        writer.sign_in("writer")
        writer.change_page("doctor", OLD, NEW)

        reviewer = at(browser, site.url, 1280)
        reviewer.sign_in("reviewer_ur")
        reviewer.open("/-/translating/town/ur/pages/doctor/")
        reviewer.save_text(CHANGED, RIGHT)
        reviewer.submit_page("doctor", "ur")
        reviewer.open("/-/translating/town/ur/review/doctor/")
        reviewer.sees("somebody else must accept it")
        assert reviewer.page.locator("form[action$='/accept/']").count() == 0
