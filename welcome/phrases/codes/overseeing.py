"""Words for what the scheme's lead sees of everybody."""

from welcome.phrases.catalogues import mark

PHRASES = {
    "Counted.waiting": mark("Newcomers who wait"),
    "Counted.cleared": mark("Volunteers cleared"),
    "Counted.free": mark("Of these with a place free"),
    "Counted.paused": mark("Volunteers paused"),
    "Counted.meeting": mark("Pairs that meet"),
    "Counted.ended": mark("Pairs ended this year"),
}
