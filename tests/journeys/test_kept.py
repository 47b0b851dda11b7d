"""What a translator types stays, and a reviewer's keys work, whatever happens between."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import at
from tests.journeys.site import running
from tests.journeys.test_changed_paragraph import CHANGED, NEW, OLD, RIGHT, WRONG

pytestmark = pytest.mark.browser

PAGE = "/-/translating/town/ur/pages/doctor/"


def test_typed_text_stays_when_the_session_has_ended(browser, tmp_path):
    with running(tmp_path) as site:
        writer = at(browser, site.url, 1280)
        writer.sign_in("writer")
        writer.change_page("doctor", OLD, NEW)
        translator = at(browser, site.url, 1280)
        complaints = []
        translator.page.on("console", lambda each: complaints.append(each.text))
        translator.sign_in("translator_ur")
        translator.open(PAGE)
        unit = translator.unit(CHANGED)
        box = unit.locator("textarea[name=text]")
        # As whoever pulls the box to another height.
        box.evaluate("each => { each.style.height = '300px'; }")
        box.fill(WRONG)
        box.press("Control+Enter")
        expect(unit.locator(".finding-blocking")).to_be_visible()
        expect(box).to_be_focused()
        assert [each for each in complaints if "inline style" in each] == []

        translator.page.context.clear_cookies()
        box.fill(RIGHT)
        box.press("Control+Enter")
        expect(unit.locator(".trouble")).to_contain_text("You are signed out")
        expect(box).to_have_value(RIGHT)
        assert translator.page.locator("main").count() == 1
        translator.look()
        with translator.page.expect_popup() as beside:
            unit.locator(".trouble a").click()
        other = type(translator)(beside.value, site.url)
        assert other.page.url.endswith(f"next={PAGE}")
        other.sign_in("translator_ur")

        box.press("Control+Enter")
        expect(unit.locator(".trouble")).not_to_be_empty()
        box.press("Control+Enter")
        expect(unit.locator(".finding-blocking")).to_have_count(0)
        expect(unit.locator("textarea[name=text]")).to_have_value(RIGHT)
        translator.submit_page("doctor", "ur")

        reviewer = at(browser, site.url, 1280)
        reviewer.sign_in("reviewer_ur")
        reviewer.open("/-/translating/town/ur/review/doctor/")
        reviewer.page.keyboard.press("r")
        expect(reviewer.page.locator("textarea[name=comment]")).to_be_focused()
        reviewer.open("/-/translating/town/ur/review/doctor/")
        with reviewer.page.expect_navigation():
            reviewer.page.keyboard.press("a")
        reviewer.sees("Nothing else waits for review")
