"""People of the buddy scheme at their phones: every page speaks their language, whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.people import Person, Staff
from welcome import locales

CHOSEN = {"radio", "checkbox"}
# What is not wholly on the screen, but for desks, which scroll by themselves, and heads
# of tables, which cards do not show.
SPILT = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && !each.closest("[class*=visually-hidden], nav, thead")
    && (box.left < -1 || box.right > innerWidth + 1);
}).map((each) => each.outerHTML.slice(0, 120))"""
# Words in Latin letters that nobody set apart as another language or a name.
LATIN = """() => {
  const apart = "bdi, [dir=auto], option, input, textarea, script, style, [lang]:not(html)";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node; (node = walker.nextNode());) {
    if (!node.parentElement.closest(apart)) {
      found.push(...(node.data.match(/[A-Za-z]{2,}/g) || []));
    }
  }
  return found;
}"""
# Names, and what has no name in another language.
STAY_LATIN = {
    "Welcome", "Town", "Cora", "Sample", "DBS", "UK", "GDPR", "WS", "AB", "ico", "org", "uk",
}  # fmt: skip


@dataclass
class OnThePhone(Person):
    """Somebody who reads one language, and keeps a picture of every page they see."""

    tag: str = "en"
    name: str = "somebody"
    pictures: Path = Path()
    seen: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Look at the page: its language and direction, its width; then hold it to axe."""
        number = len(self.seen) + 1
        self.keeps_picture(self.pictures, f"{self.tag}-{self.name}-{number:02}")
        root = self.page.locator("html")
        said = root.get_attribute("lang"), root.get_attribute("dir")
        assert said == (self.tag, locales.get(self.tag).direction), self.page.url
        wide, there = self.page.evaluate(
            "() => [document.documentElement.scrollWidth, window.innerWidth]"
        )
        assert wide <= there, f"{self.page.url}: {wide} > {there}"
        spilt = self.page.evaluate(SPILT)
        assert spilt == [], f"{self.page.url}: {spilt}"
        super().look()
        if locales.get(self.tag).script != "Latn":
            left = set(self.page.evaluate(LATIN)) - STAY_LATIN
            assert left == set(), f"{self.page.url}: not translated: {left}"
        self.seen.append(self.page.url)

    def fills(self, answers: Mapping[str, str | list[str]]) -> None:
        """Answer the questions of a page."""
        for name, said in answers.items():
            for value in [said] if isinstance(said, str) else said:
                self._answers(name, value)

    def _answers(self, name: str, value: str) -> None:
        boxes = self.page.locator(f"main [name='{name}']")
        box = boxes.first
        if box.get_attribute("type") in CHOSEN:
            self.page.locator(f"main [name='{name}'][value='{value}']").first.check()
        elif box.evaluate("each => each.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)

    def goes(self, value: str = "next") -> None:
        """Press the button of a form that says where it leads."""
        self.press(f"button[name=go][value='{value}']")

    def walks(
        self, path: str, steps: tuple[Mapping[str, str | list[str]], ...]
    ) -> None:
        """Fill in a form of several steps."""
        self.open(path)
        for answers in steps:
            self.fills(answers)
            self.goes()


@dataclass
class AtTheDesk(OnThePhone, Staff):
    """A coordinator on the way, with a phone."""

    def acts(self, path: str, answers: Mapping[str, str] | None = None) -> None:
        """Fill in the form of a page that leads to a path, and send it."""
        self.fills(answers or {})
        self.press(f"form[method=post][action$='{path}'] button[type=submit]")
