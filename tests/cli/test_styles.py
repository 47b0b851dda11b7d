"""The styles and the icons: ours, and the mirror image in the other direction."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from welcome.cli.assets.shelves import Checkout

ROOT = Path(__file__).parents[2]
REAL = Checkout(ROOT)
COMPONENTS = Path(__file__).with_name("components.html")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WORDS = {
    "en": "Register with a doctor near you",
    "ar": "سجّل عند طبيب قريب منك",
    "ur": "اپنے قریب کسی ڈاکٹر کے پاس اندراج کروائیں",
}


# The styles and the icons


def test_styles_use_only_tokens_they_define() -> None:
    css = (REAL.vendor.folder / "govuk.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[\w-]+)", css))
    defined = set(re.findall(r"[{;](--[\w-]+):", css))
    assert used
    assert used - defined == set()


@pytest.mark.parametrize("sign", ["GDS", "crown", "--govuk-", "url(/assets", "http"])
def test_styles_carry_no_other_identity(sign: str) -> None:
    css = (REAL.vendor.folder / "govuk.css").read_text(encoding="utf-8")
    assert sign not in css


def test_the_sprite_holds_each_icon_once() -> None:
    sprite = ElementTree.parse(REAL.vendor.folder / "icons.svg").getroot()
    names = [symbol.get("id") for symbol in sprite]
    wanted = re.search(
        r"const ICONS = (\[.*?\]);",
        (REAL.styles / "build.mjs").read_text("utf-8"),
        re.S,
    )
    assert wanted
    assert names == json.loads(wanted[1].replace(",\n]", "]"))
    assert all(len(symbol) for symbol in sprite)


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    found = next(path for path in map(shutil.which, BROWSERS) if path)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(params=[360, 1280])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page as wide as a phone, and as a desk."""
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    yield page
    page.close()


BOXES = """() => [...document.querySelectorAll('#sample *')].map((element) => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  return [element.outerHTML.slice(0, 60), box.left, box.right, style.borderLeftWidth,
          style.borderRightWidth, style.paddingLeft, style.paddingRight];
})"""


def show(
    page: Page, folder: Path, whole: tuple[str, str], block: tuple[str, str]
) -> None:
    """Open the components with a language and direction for the page and for the block."""
    made = COMPONENTS.read_text(encoding="utf-8")
    style = (REAL.vendor.folder / "govuk.css").as_uri()
    for name, value in (
        ("BLOCKLANG", block[0]),
        ("BLOCKDIR", block[1]),
        ("LANG", whole[0]),
        ("DIR", whole[1]),
        ("STYLE", style),
        ("WORDS", WORDS[block[0]]),
    ):
        made = made.replace(name, value)
    file = folder / "components.html"
    file.write_text(made, encoding="utf-8")
    page.goto(file.as_uri())


@pytest.mark.browser
@pytest.mark.parametrize("whole", ["page", "block"])
def test_right_to_left_is_the_mirror_image(
    page: Page, tmp_path: Path, whole: str
) -> None:
    seen = []
    for direction in ("ltr", "rtl"):
        outer = direction if whole == "page" else "ltr"
        show(page, tmp_path, ("en", outer), ("en", direction))
        seen.append(page.evaluate(BOXES))
    width = page.evaluate("document.documentElement.clientWidth")
    wrong = [
        left[0]
        for left, right in zip(*seen, strict=True)
        if abs(left[1] - (width - right[2])) > 1.5
        or abs(left[2] - (width - right[1])) > 1.5
        or (left[3], left[5]) != (right[4], right[6])
    ]
    assert len(seen[0]) > 100
    # Chromium gives a closed list's options the box of their own text.
    assert [name for name in wrong if not name.startswith("<option")] == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en", "ar", "ur"])
def test_components_are_accessible(
    page: Page, tmp_path: Path, locale: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    way = "ltr" if locale == "en" else "rtl"
    show(page, tmp_path, (locale, way), (locale, way))
    page.add_script_tag(path=ROOT / "node_modules/axe-core/axe.min.js")
    found = page.evaluate("async () => (await axe.run()).violations")
    shown = [
        (fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found
    ]
    assert shown == []
    overflow = (
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert page.evaluate(overflow) is False
