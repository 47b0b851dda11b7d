"""Words for taking part: languages that CLDR has no name for, forms, areas."""

from welcome.phrases.catalogues import mark

LANGUAGES = {
    "language.aii": mark("Assyrian (Sureth)"),
    "language.apd": mark("Sudanese Arabic"),
    "language.bal": mark("Balochi"),
    "language.bfi": mark("British Sign Language (BSL)"),
    "language.ckb": mark("Kurdish (Sorani)"),
    "language.cmn": mark("Chinese (Mandarin)"),
    "language.din": mark("Dinka"),
    "language.fa": mark("Farsi (Persian)"),
    "language.hak": mark("Chinese (Hakka)"),
    "language.haz": mark("Hazaragi"),
    "language.jam": mark("Jamaican Patois"),
    "language.kmr": mark("Kurdish (Kurmanji, Badini)"),
    "language.kri": mark("Krio"),
    "language.ktu": mark("Kituba"),
    "language.mnk": mark("Mandinka"),
    "language.nan": mark("Chinese (Hokkien)"),
    "language.other:makaton": mark("Makaton"),
    "language.phr": mark("Pahari-Pothwari (Mirpuri)"),
    "language.prs": mark("Dari"),
    "language.rom": mark("Romani"),
    "language.skr": mark("Saraiki"),
    "language.syl": mark("Sylheti"),
    "language.yue": mark("Chinese (Cantonese)"),
}

RULES = {
    "no_language": mark("“%(text)s” is not the name of a language. Please look again."),
    "language_too_wide": mark(
        "“%(text)s” can mean languages that differ much. Please choose one: %(choices)s."
    ),
    "bad_areas": mark("The file was not taken in: %(why)s. Nothing was changed."),
    "scheme_not_open": mark(
        "The buddy scheme is not open here yet. Please try again later."
    ),
    "not_an_adult": mark("The buddy scheme is for people who are 18 or older."),
    "nothing_spoken": mark("Choose at least one language that you speak."),
    "bad_hours": mark("The hours must end later than they begin."),
    "no_way_to_reach": mark(
        "Write the e-mail address or phone number by which you want to be reached."
    ),
    "foreign_form": mark(
        "This form was not sent from our own page, so nothing was done. Please open the"
        " page again and fill it in there."
    ),
    "form_too_old": mark(
        "This form was open too long, so it was not sent. Please start again."
    ),
}

RECORDING = {
    "known_already": mark(
        "Somebody with this e-mail address or phone number is written down here already."
        " Open their page instead; nothing was changed."
    ),
    "agreed_ahead": mark(
        "The day on which they agreed lies ahead. Choose another day."
    ),
    "interpreter_unnamed": mark("Write the name of whoever interpreted."),
}

ACTS = {
    "areas.imported": mark("Areas taken in"),
    "request.referred": mark("Newcomer referred"),
    "newcomer.recorded": mark("Newcomer written down"),
    "volunteer.recorded": mark("Volunteer written down"),
    "people.imported": mark("People taken in from a spreadsheet"),
}

CHOICES = {
    "Household.alone": mark("Only me"),
    "Household.couple": mark("Me and my partner"),
    "Household.family": mark("My family with children"),
}

NOTICES = {
    "Audience.newcomer": mark("Newcomers"),
    "Audience.volunteer": mark("Volunteers"),
    "Audience.referee": mark("People who are asked about a volunteer"),
    "Audience.concern": mark("People who tell us what worries them"),
    "notice.what": mark(
        "We keep only what you write here: what to call you, how to reach you safely,"
        " your languages, your part of the town, when you are free, and your wishes."
    ),
    "notice.what_volunteer": mark(
        "We keep only what you write here: what to call you, how to reach you, your"
        " languages, your part of the town, when you are free, what you offer, and the"
        " people who can speak for you."
    ),
    "notice.never": mark(
        "We never ask for your nationality, immigration status, religion, ethnicity,"
        " health or date of birth."
    ),
    "notice.why": mark("We use it to find a buddy for you, and for nothing else."),
    "notice.why_volunteer": mark(
        "We use it to see that people are safe with you, and to find somebody for you to"
        " meet. We use it for nothing else."
    ),
    "notice.who": mark(
        "Your coordinator sees it. Somebody you may meet sees the languages you share,"
        " your wide area and your times; your name and how to reach you only after both of"
        " you have said yes."
    ),
    "notice.long_newcomer": mark(
        "We remove your name and contact details %(newcomer)s months after your request"
        " is closed; if you had no buddy, %(never)s months after we last heard from you."
    ),
    "notice.long_volunteer": mark(
        "We remove your name and contact details %(volunteer)s months after you leave, or"
        " %(applicant)s months after we could not accept you. We remove the text of"
        " references after %(reference)s months."
    ),
    "notice.basis": mark(
        "The law allows this because we have a task in the public interest, or a"
        " legitimate interest, to help people settle here (UK GDPR, article 6)."
    ),
    "notice.what_referee": mark(
        "We keep your name, how to reach you, how you know them, and what you write here."
    ),
    "notice.why_referee": mark(
        "We use it to see that people are safe with them, and for nothing else."
    ),
    "notice.who_referee": mark(
        "Only those who look after our volunteers read it. Whom you write about is not"
        " shown it."
    ),
    "notice.long_referee": mark(
        "We remove it %(reference)s months after we have decided, or after they leave."
    ),
    "notice.what_concern": mark(
        "Only what you write here. Those who work on safeguarding read it, and nobody"
        " else of the scheme. We note each time that somebody reads it."
    ),
    "notice.why_concern": mark(
        "If somebody is at risk of harm, we may have to tell social services or the"
        " police, also without asking first."
    ),
    "notice.long_concern": mark(
        "We remove it %(concern)s months after it was dealt with, or later where a court"
        " or the police need it."
    ),
    "notice.basis_concern": mark(
        "The law allows this because we have a task in the public interest, or a"
        " legitimate interest, to keep people safe (UK GDPR, article 6)."
    ),
    "notice.meeting_place": mark(
        "Meet in a public place for the first time: "
        "a library, a café or a Place of Welcome."
    ),
    "notice.rights": mark(
        "You may ask to see, correct or remove what we keep, at any time. If you are not"
        " happy with how we use it, you may complain to the Information Commissioner’s"
        " Office: ico.org.uk, phone 0303 123 1113."
    ),
}

PHRASES = {**CHOICES, **NOTICES, **LANGUAGES, **RULES, **RECORDING, **ACTS}
