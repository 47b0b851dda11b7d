"""What is expected of any LibreTranslate server with English, French and Urdu.

Run against the loopback server here, and against the real one by `make libretranslate`.
"""

import pytest

from welcome.translation.errors import NoRoute
from welcome.translation.machine.libretranslate.engine import LibreTranslateEngine

SENTENCES = ["Welcome.", "Where is the doctor?", "Call ⟦1⟧ for help.", "Welcome."]


class Contract:
    """Needs a fixture `libre` whose server takes 300 characters and lists of 50."""

    def test_ways_are_known(self, libre: LibreTranslateEngine) -> None:
        assert libre.find_route("en", "ur") == ("en", "ur")
        assert libre.find_route("fr", "ur") == ("fr", "en", "ur")
        assert libre.find_route("en", "ti") is None
        assert libre.find_route("ur", "en") is None
        assert libre.find_route("en", "en") is None

    def test_each_text_has_its_answer(self, libre: LibreTranslateEngine) -> None:
        said = [each.text for each in libre.translate(SENTENCES, "en", "fr")]
        assert len(said) == len(SENTENCES)
        assert all(said)
        assert said[0] == said[3] != said[1]

    def test_a_way_through_english(self, libre: LibreTranslateEngine) -> None:
        [said] = libre.translate(["Bienvenue."], "fr", "ur")
        assert said.text
        assert said.confidence is None

    def test_more_than_a_list_holds(self, libre: LibreTranslateEngine) -> None:
        many = [f"Call {number} for help." for number in range(120)]
        assert len(libre.translate(many, "en", "fr")) == 120

    def test_a_text_beyond_the_limit(self, libre: LibreTranslateEngine) -> None:
        long = "Where is the doctor? " * 20
        [said, short] = libre.translate([long, "Welcome."], "en", "fr")
        assert said.text
        assert short.text

    def test_no_offer_for_a_sentence_beyond_the_limit(
        self, libre: LibreTranslateEngine
    ) -> None:
        [none, short] = libre.translate(["help " * 90, "Welcome."], "en", "fr")
        assert none.text == ""
        assert short.text

    def test_nothing_and_blanks(self, libre: LibreTranslateEngine) -> None:
        assert libre.translate([], "en", "fr") == []
        assert [each.text for each in libre.translate(["", " "], "en", "fr")] == [
            "",
            "",
        ]

    def test_no_way(self, libre: LibreTranslateEngine) -> None:
        with pytest.raises(NoRoute) as refused:
            libre.translate(["Welcome."], "en", "ti")
        assert refused.value.params == {
            "engine": "libretranslate",
            "source": "en",
            "target": "ti",
        }

    def test_another_try(self, libre: LibreTranslateEngine) -> None:
        text = "Welcome. Where is the doctor?"
        [said] = libre.translate([text], "en", "fr", careful=True)
        assert said.text

    def test_no_doubled_marks(self, libre: LibreTranslateEngine) -> None:
        for said in libre.translate(SENTENCES, "en", "ur"):
            assert not said.text.endswith(("۔.", "۔?", "؟?"))
