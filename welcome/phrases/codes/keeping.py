"""Words for keys, retention, erasure and what somebody may have of their record."""

from welcome.phrases.catalogues import mark

KEYS = {
    "keys_needed": mark(
        "What lies sealed in the database needs the keys: put secrets.toml, which belongs"
        " to this database, into the instance folder first. Nothing was changed."
    ),
    "old_keys_needed": mark(
        "%(count)s texts are sealed by old keys still (%(tables)s). Nothing was changed."
        " Run: welcome keys rotate"
    ),
    "other_machines": mark(
        "Other machines work on this database (%(names)s), and their secrets.toml does not"
        " have the new key. Stop `welcome serve` and `welcome worker` there first, copy"
        " the file there when this is done, then start them again. Nothing was changed."
    ),
}

RULES = {
    "bad_clocks": mark(
        "“%(name)s” is not kept for so long: from %(least)s to %(most)s is possible."
        " Nothing was changed."
    ),
    "kept_for_law": mark(
        "This record has to be kept for the law. Nothing was erased. Whoever set that"
        " has to lift it first."
    ),
    "person_erased": mark("This record was erased: there is nothing left of it."),
    "second_look_needed": mark(
        "Somebody else than who prepared this has to look it through."
    ),
}

CLOCKS = {
    "Clock.newcomer": mark("A newcomer who had a buddy, after the end"),
    "Clock.never-paired": mark("A newcomer who never had one, after the last word"),
    "Clock.volunteer": mark("A volunteer who left"),
    "Clock.applicant": mark("An application that came to nothing"),
    "Clock.reference": mark("References, after the decision"),
    "Clock.pairing": mark("Notes about a pairing, after its end"),
    "Clock.concern": mark("A concern, after it was closed"),
    "Clock.run": mark("Runs of the matcher"),
    "Clock.link": mark("Links that have run out"),
    "Clock.message": mark("To whom letters went"),
    "Clock.export": mark("What was gathered for somebody about themselves"),
}

RIGHTS = {
    "ErasedFor.asked": mark("They asked for it"),
    "ErasedFor.retention": mark("It was kept long enough"),
    "ErasedFor.mistake": mark("It should never have been there"),
    "ErasedFor.restored": mark("A restored backup knew it again"),
    "KeptFor.court": mark("A court case"),
    "KeptFor.police": mark("The police ask for it"),
    "KeptFor.claim": mark("A claim, or insurance"),
    "KeptFor.complaint": mark("A complaint"),
    "KeptFor.inquiry": mark("An inquiry"),
    "ExportState.prepared": mark("Prepared, to be looked through"),
    "ExportState.reviewed": mark("Looked through"),
    "ExportState.released": mark("Given out"),
    "ExportState.removed": mark("Removed"),
}

ACTS = {
    "job:retain": mark("Let go of what was kept long enough"),
    "person.erased": mark("Somebody’s record erased"),
    "person.kept_for_law": mark("Somebody’s record kept for the law"),
    "person.kept_no_longer": mark("Somebody’s record kept for the law no more"),
}

PHRASES = {**KEYS, **RULES, **CLOCKS, **RIGHTS, **ACTS}
