"""Words for arranging the scheme: who takes part, who shares, what counts."""

from welcome.phrases.catalogues import mark

RULES = {
    "organisation_closed": mark(
        "“%(name)s” takes part no more. Open it again first; nothing was changed."
    ),
    "council_phone_needed": mark(
        "Write the phone number of the council for worries: it stands above every form"
        " for concerns."
    ),
    "council_stays": mark(
        "The others work together under the council, so it stays a council and stays"
        " open. Nothing was changed."
    ),
    "own_membership": mark(
        "Nobody decides this for themselves. Ask another lead of the scheme, or an"
        " administrator; nothing was changed."
    ),
    "no_such_account": mark(
        "Nobody signs in with the address %(email)s. An administrator can invite them;"
        " look at the spelling first."
    ),
    "own_proposal": mark(
        "Your side proposed this. Somebody who coordinates for the other side has to"
        " agree."
    ),
    "still_open": mark(
        "People or records of “%(name)s” are not over yet. End or hand them over first;"
        " nothing was changed."
    ),
    "policy_changed": mark(
        "Somebody saved other settings meanwhile (version %(version)s). What you typed is"
        " kept; look at theirs, then save again."
    ),
    "bad_wording": mark(
        "“{%(name)s}” stands for no period. Known are {newcomer}, {never},"
        " {volunteer}, {applicant}, {reference} and {concern}."
    ),
}

ACTS = {
    "organisation.changed": mark("Organisation described anew"),
    "organisation.closed": mark("Organisation closed"),
    "organisation.opened": mark("Organisation opened again"),
    "sharing.agreed": mark("Two organisations agreed to share"),
    "sharing.proposed": mark("Sharing proposed to another organisation"),
}

# Where the usual period of each clock is from.
SOURCES = {
    "clock_source.newcomer": mark(
        "A proposal: the law asks for a period and gives none (UK GDPR, article 5(1)(e))."
    ),
    "clock_source.never-paired": mark(
        "A proposal: the law asks for a period and gives none (UK GDPR, article 5(1)(e))."
    ),
    "clock_source.volunteer": mark(
        "Two years after the role ends, as Natural England keeps its volunteers’ records."
    ),
    "clock_source.applicant": mark(
        "Six months, as Natural England keeps those who only enquired."
    ),
    "clock_source.reference": mark(
        "A proposal: six months after the decision, the usual limit for DBS papers."
    ),
    "clock_source.pairing": mark(
        "A proposal: long enough to answer questions about how a pair went."
    ),
    "clock_source.concern": mark(
        "Seven years, as Natural England keeps complaints and incidents; the safeguarding"
        " policy of your council comes before it."
    ),
    "clock_source.run": mark(
        "A proposal: long enough to account for how pairs were proposed."
    ),
    "clock_source.link": mark(
        "A proposal: long enough to tell somebody why an old link does not work."
    ),
    "clock_source.message": mark(
        "A proposal: long enough to see whether a letter arrived."
    ),
    "clock_source.export": mark(
        "A proposal: about the month in which such a request is answered (UK GDPR,"
        " article 12(3))."
    ),
}

PHRASES: dict[str, str] = RULES | ACTS | SOURCES
