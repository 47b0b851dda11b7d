"""On real models, too, no fact is lost or added without a word."""

from benchmarks.protection import COLUMNS, take_every_way
from welcome.translation.machine.argos.engine import ArgosEngine


def test_no_draft_of_the_pack_is_wrong_in_silence(engine: ArgosEngine) -> None:
    ways = take_every_way(engine)
    assert [way.name for way in ways] == [
        "en > fr",
        "en > ur",
        "fr > en",
        "fr > en > ur",
    ]
    for way in ways:
        figures = dict(zip(COLUMNS, way.figures, strict=True))
        assert figures["texts"] >= 400
        assert figures["with facts"] >= 100
        assert figures["one text"] + figures["in pieces"] > 0.9 * figures["texts"]
        assert figures["silent"] == 0, way.name
