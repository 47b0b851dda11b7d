"""Groups are named in the reader's language, compared in words, and hidden if small."""

import pytest

from welcome.buddies.rules.vocabulary import Gender, Level, make_wish

PAGE = "/-/overseeing/fairness/"


@pytest.fixture
def page(session, town, lead):
    """Some more people, and how the page then reads."""

    def read(client=lead):
        session.commit()
        answer = client.get(PAGE)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return read


def test_groups_are_named_and_small_ones_hidden(town, page):
    town.ask(3, languages={"pl": Level.FIRST, "en": Level.WELL})
    town.ask(6, wish=make_wish([Gender.WOMAN]), languages={}, place=None)
    shown = page()
    for words in (
        "Tigrinya",
        "Polish",
        "No wish",
        "Only women",
        "Speaks no English",
    ):
        assert f"<bdi>{words}</bdi>" in shown
    assert "<bdi>Not told</bdi>" in shown
    polish = shown.split("<bdi>Polish</bdi>")[1].split("</tr>")[0]
    assert "fewer than 5, or hidden" in polish
    assert "22 people asked" in shown
    assert "No difference can be told" in shown


def test_a_difference_is_said_in_words(session, town, page):
    asked = town.ask(5, languages={"pl": Level.FIRST, "en": Level.WELL})
    for asking, volunteer in zip(asked, town.help(5), strict=True):
        town.pair(asking, volunteer, introduced_at=town.now)
    shown = page()
    assert "Least often “Tigrinya”: 0 of 100 have a buddy." in shown
    assert "Most often “Polish”: 100 of 100." in shown


def test_too_few_are_not_compared(session, town, signed_in_as, cast, page, foreign):
    shown = page(signed_in_as(foreign))
    assert "7 people asked" in shown
    for each in town.requests.values():
        session.delete(each)
    assert "Fewer than 5 people asked" in page()


def test_an_arabic_reader_reads_their_names(town, page, session, cast):
    cast.scheme_lead.interface_tag = "ar"
    assert "<bdi>التغرينية</bdi>" in page()
