"""Words for what a reviewer should know of a machine draft."""

from welcome.phrases.catalogues import mark

PHRASES = {
    "engine:argos": mark("Argos Translate"),
    "engine:libretranslate": mark("LibreTranslate"),
    "engine:pseudo": mark("Pseudo-translation"),
    "DraftNote.via": mark("Translated by way of %(through)s: read it twice."),
    "DraftNote.in-pieces": mark(
        "Made from pieces translated one by one: look at the order of the words."
    ),
    "DraftNote.fact-lost": mark("The draft lost %(missing)s."),
    "DraftNote.fact-added": mark("The draft added %(found)s; the source has no such."),
    "DraftNote.repetition": mark("The draft repeats itself: “%(found)s”."),
    "DraftNote.length": mark(
        "The draft is %(share)s as long as the source: something may be lost or invented."
    ),
    "DraftNote.untranslated": mark("The draft, or a part of it, is not translated."),
    "DraftNote.wrong-script": mark("The draft is not in the script of this language."),
    "DraftNote.unsure": mark("The engine itself was not sure of this draft."),
}
