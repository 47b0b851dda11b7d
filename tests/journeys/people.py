"""What people do in a browser; every page they open is held against axe and its width."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import APIResponse, Browser, Page, expect

from welcome.cli import cast

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = "el => el.scrollWidth - el.clientWidth"


def fetch_axe() -> str:
    """Read axe; fail with the command that fetches it."""
    assert AXE.is_file(), (
        "axe-core is missing: run `welcome assets fetch --locales all --keep`"
    )
    return AXE.read_text("utf-8")


@dataclass
class Person:
    """Somebody at a browser of their own."""

    page: Page
    url: str

    def open(self, path: str) -> None:
        """Open a page of the site."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.look()

    def look(self) -> None:
        """Hold the page against axe, and against the width of the screen."""
        self.page.evaluate(fetch_axe())
        found = self.page.evaluate(
            "tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS
        )
        faults = [
            (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
            for each in found["violations"]
        ]
        assert faults == [], (
            f"{self.page.url}: {json.dumps(faults, ensure_ascii=False)}"
        )
        over = self.page.locator("html").evaluate(LOOK)
        assert over <= 0, f"{self.page.url} is {over} px wider than the screen"

    def press(self, selector: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.look()

    def sees(self, text: str) -> None:
        """See a text on the page."""
        expect(self.page.locator("main")).to_contain_text(text)

    def waits_for(self, path: str, seconds: int = 120) -> APIResponse:
        """Ask for something that is still being made until it is there."""
        until = time.monotonic() + seconds
        while (answer := self.page.request.get(self.url + path)).status == 503:
            assert time.monotonic() < until, f"{path} is still being made"
            time.sleep(1)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer

    def keeps_picture(self, folder: Path, name: str) -> None:
        """Keep a picture of the page, for people to look at."""
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)


class Staff(Person):
    """Somebody who signs in."""

    def sign_in(self, key: str) -> None:
        """Sign in as one of the cast."""
        part = next(part for part in cast.PARTS if part.key == key)
        self.open("/-/account/sign-in")
        self.page.fill("input[name=email]", part.email)
        self.page.fill("input[name=password]", cast.KEY_TO_EVERY_DOOR)
        self.press("form:has(input[name=password]) button[type=submit]")

    def change_page(self, name: str, old: str, new: str) -> None:
        """Change words in the English text of a page and save it."""
        self.open(f"/-/writing/town/pages/{name}/")
        box = self.page.locator("textarea[name=body]")
        text = box.input_value()
        assert old in text
        box.fill(text.replace(old, new))
        self.press("#page-form .buttons button:not([name=act])")

    def unit(self, text: str):
        """Find the pair of blocks whose source has a text."""
        return self.page.locator("article.pair").filter(has_text=text)

    def take_suggestion(self, source: str) -> None:
        """Take the first suggestion as it stands and save it."""
        self.unit(source).locator("form[data-take='1'] button").click()
        self._save(source)

    def save_text(self, source: str, text: str) -> None:
        """Type a translation and save it."""
        self.unit(source).locator("textarea[name=text]").fill(text)
        self._save(source)

    def _save(self, source: str) -> None:
        pair = self.unit(source)
        with self.page.expect_response(lambda answer: "/units/" in answer.url):
            pair.locator("button[name=act][value=save]").click()
        expect(self.page.locator(".htmx-request")).to_have_count(0)
        self.look()

    def submit_page(self, name: str, tag: str) -> None:
        """Hand in everything that is saved on a page."""
        self.open(f"/-/translating/town/{tag}/pages/{name}/")
        self.press("form[action$='/submit/'] button")

    def fetch_table(self, folder: Path) -> Path:
        """Download the Word table of everything that is open."""
        with self.page.expect_download() as download:
            self.page.locator("a[href$='word-table.docx']").click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file

    def bring_table_back(self, file: Path) -> None:
        """Upload a Word table."""
        self.page.set_input_files("input[name=file]", file)
        self.press("form[enctype] button[type=submit]")

    def publish(self, *tags: str) -> None:
        """Publish languages, and wait until it is done."""
        self.open("/-/writing/town/publishing/")
        for box in self.page.locator("input[name=tags]").all():
            box.set_checked(box.get_attribute("value") in tags)
        self.press("#publish .buttons button")
        done = self.page.locator("#progress ul a").first
        expect(done).to_be_visible(timeout=60_000)
        self.look()


def at(browser: Browser, url: str, width: int, kind: type[Person] = Staff) -> Person:
    """Sit down at a fresh browser of some width."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    # Everything on a page comes from the site itself.
    page.on("request", lambda request: _refuse_foreign(request.url, url))
    return kind(page, url)


def _refuse_foreign(asked: str, url: str) -> None:
    assert asked.startswith((url, "data:", "blob:", "about:")), f"foreign: {asked}"
