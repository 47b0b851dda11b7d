"""Words for arranging the scheme: who takes part, who shares, what counts."""

from welcome.phrases.catalogues import mark

RULES = {
    "organisation_closed": mark(
        "“%(name)s” takes part no more. Open it again first; nothing was changed."
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
        "“{%(name)s}” stands for no period. Known are {newcomer}, {volunteer},"
        " {applicant} and {reference}."
    ),
}

ACTS = {
    "organisation.changed": mark("Organisation described anew"),
    "organisation.closed": mark("Organisation closed"),
    "organisation.opened": mark("Organisation opened again"),
    "sharing.proposed": mark("Sharing proposed to another organisation"),
}

PHRASES: dict[str, str] = RULES | ACTS
