"""The style rules, cascaded over small documents, and Burmese line breaks."""

import re
from xml.etree import ElementTree

import cssselect2
import pytest
import tinycss2

from welcome.locales import every, get
from welcome.locales.typography import break_burmese, css, family


def cascaded(sheet, document):
    """Give the winning declarations of each element by its id."""
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(sheet, skip_whitespace=True):
        declarations = {
            one.lower_name: tinycss2.serialize(one.value).replace('"', "'")
            for one in tinycss2.parse_blocks_contents(rule.content)
        }
        for selector in cssselect2.compile_selector_list(rule.prelude):
            matcher.add_selector(selector, declarations)
    root = cssselect2.ElementWrapper.from_html_root(ElementTree.fromstring(document))
    won = {}
    for element in root.iter_subtree():
        matched = sorted(matcher.match(element), key=lambda found: found[:2])
        won[element.id] = {}
        for _, _, _, declarations in matched:
            won[element.id] |= declarations
    return won


def test_a_bilingual_page_in_print():
    won = cascaded(
        css(map(get, ["en", "ur"])),
        """<html id="html" lang="ur"><body id="body"><p id="urdu">
        <bdi id="term" lang="en"><b id="bold"/></bdi></p>
        <table><tr><td id="english" lang="en"><span id="word" lang="ur">
        <i id="again" lang="ur"/></span></td></tr></table></body></html>""",
    )
    nastaliq = "'Noto Nastaliq Urdu','Noto Sans'"
    assert won["html"]["font-size"] == "13pt"
    assert won["html"]["line-height"] == "2.3"
    assert won["urdu"] == {"font-family": nastaliq, "letter-spacing": "normal"}
    assert won["term"] == {
        "font-family": "'Noto Sans'",
        "line-height": "1.55",
        "font-size": "0.8846em",
    }
    assert won["bold"] == {"font-family": "'Noto Sans'"}
    assert won["english"]["font-size"] == "0.8846em"
    assert won["word"]["font-size"] == "1.1304em"
    assert won["word"]["line-height"] == "2.3"
    assert "font-size" not in won["again"]


def test_an_english_page_with_urdu_in_it():
    won = cascaded(
        css(map(get, ["en", "ur", "pa-Arab", "pa", "ar"])),
        """<html id="html" lang="en"><p id="p" lang="ur"><b id="b" lang="pa-Arab"/>
        <b id="c" lang="ar"/></p><p id="q" lang="pa"/></html>""",
    )
    assert won["html"]["font-size"] == "11.5pt"
    assert won["p"]["font-size"] == "1.1304em"
    assert "font-size" not in won["b"]
    assert won["c"]["font-size"] == "0.8846em"
    assert won["c"]["line-height"] == "1.8"
    assert "font-size" not in won["q"]


def test_longer_tags_win_over_shorter_ones():
    won = cascaded(
        css(map(get, ["pa-Arab", "pa", "zh-Hant-HK", "zh-Hant"])),
        """<html id="html" lang="pa-Arab"><p id="p" lang="pa"/>
        <p id="q" lang="zh-Hant-HK"/></html>""",
    )
    assert won["html"]["font-family"] == "'Noto Nastaliq Urdu','Noto Sans'"
    assert won["html"]["line-height"] == "2.3"
    assert won["p"]["font-family"] == "'Noto Sans Gurmukhi','Noto Sans'"
    assert won["p"]["line-height"] == "1.75"
    assert won["q"]["font-family"] == "'Noto Sans','Noto Sans HK'"


def test_a_heading_that_carries_lang_keeps_the_sheets_size():
    sheet = css(map(get, ["en", "ur"])) + "h2{font-size:20pt;line-height:1.2}"
    won = cascaded(sheet, '<html id="html" lang="en"><h2 id="h" lang="ur"/></html>')
    assert won["h"]["font-size"] == "20pt"
    assert won["h"]["line-height"] == "2.3"


@pytest.mark.parametrize("medium", ["print", "web"])
@pytest.mark.parametrize("locale", every(), ids=lambda one: one.tag)
def test_each_locale_gets_its_face_among_all_the_others(locale, medium):
    won = cascaded(
        css(every(), medium),
        f'<html id="html" lang="{locale.tag}"><em id="em"/></html>',
    )
    stack = family(locale, medium).replace('"', "'")
    assert won["html"]["font-family"] == won["em"]["font-family"] == stack
    assert won["html"]["line-height"] == str(locale.line_height)
    assert ("font-style" in won["em"]) == (not locale.italics)
    assert ("letter-spacing" in won["em"]) == locale.joined


def test_print_stacks_are_explicit():
    assert family(get("zh-Hant"), "print") == "'Noto Sans','Noto Sans HK'"
    assert family(get("ckb"), "print") == "'Noto Naskh Arabic','Noto Sans'"
    assert family(get("ur"), "web").startswith('"Noto Nastaliq Urdu"')


def test_the_web_gets_no_sizes_and_no_print_stacks():
    sheet = css(map(get, ["en", "ur"]), "web")
    assert "font-size" not in sheet
    assert "system-ui" in sheet


def test_large_print_scales_every_script():
    won = cascaded(
        css(map(get, ["en", "ur"]), body=18), '<html id="html" lang="ur"></html>'
    )
    assert won["html"]["font-size"] == "20.35pt"


def test_only_one_size_differs_because_rules_between_two_are_not_written():
    assert {locale.print_points for locale in every()} == {11.5, 13.0}


def test_order_of_locales_does_not_change_the_sheet():
    assert css(every()) == css(reversed(every()))


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("အထောက်အထားမရှိသော်လည်း", "အ|ထောက်|အ|ထား|မ|ရှိ|သော်|လည်း"),
        ("အင်္ဂလိပ်စကား", "အင်္ဂ|လိပ်|စ|ကား"),
        ("တက္ကသိုလ်", "တက္က|သိုလ်"),
        ("ယောက်ျား", "ယောက်ျား"),
        ("သူ့ဖုန်း", "သူ့|ဖုန်း"),
        ("ခွင့်ပြု", "ခွင့်|ပြု"),
        ("ဥပဒေ၏", "ဥ|ပ|ဒေ၏"),
        ("၁၂နာရီ", "၁၂နာ|ရီ"),
        ("ပါသည်။နောက်", "ပါ|သည်။|နောက်"),
        ("ka က kb", "ka က kb"),
        ("no Burmese, عربي", "no Burmese, عربي"),
        ("", ""),
    ],
)
def test_burmese_lines_may_end_between_syllables(text, broken):
    assert break_burmese(text).replace("\u200b", "|") == broken


def test_breaking_burmese_twice_changes_nothing():
    once = break_burmese("အထောက်အထားမရှိသော်လည်း အင်္ဂလိပ်စကား")
    assert break_burmese(once) == once
    assert not re.search("\u200b[\u102b-\u103e]", once)
