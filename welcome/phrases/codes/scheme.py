"""Words for the states, kinds and choices of the buddy scheme and its partners."""

from welcome.phrases.catalogues import mark

PARTNERS = {
    "OrganisationKind.council": mark("Council"),
    "OrganisationKind.charity": mark("Charity or community group"),
    "OrganisationKind.place-of-welcome": mark("Place of Welcome"),
    "OrganisationKind.pledge": mark("Pledge organisation"),
    "OrganisationKind.college": mark("College or school"),
    "OrganisationKind.health": mark("Surgery or health service"),
    "OrganisationKind.other": mark("Another organisation"),
}

PEOPLE = {
    "Prefers.read": mark("I read messages"),
    "Prefers.listen": mark("I listen to messages"),
    "Prefers.called": mark("Please call me"),
    "Channel.email": mark("E-mail"),
    "Channel.text": mark("Text message"),
    "Channel.call": mark("Phone call"),
    "Channel.paper": mark("On paper, handed to me"),
    "Channel.referrer": mark("Only through who referred me"),
    "AreaKind.sector": mark("Part of a postcode"),
    "AreaKind.neighbourhood": mark("Neighbourhood"),
    "VolunteerState.applied": mark("Applied"),
    "VolunteerState.clearing": mark("Being cleared"),
    "VolunteerState.cleared": mark("Cleared"),
    "VolunteerState.paused": mark("Paused"),
    "VolunteerState.left": mark("Has left"),
    "VolunteerState.declined": mark("Not accepted"),
    "VolunteerState.suspended": mark("Suspended"),
    "PausedBy.themselves": mark("They asked for a pause"),
    "PausedBy.coordinator": mark("A coordinator paused them"),
    "PausedBy.clearance": mark("Something they must hold has run out"),
    "PausedBy.silence": mark("They did not answer twice"),
}

CLEARING = {
    "ClearanceKind.identity": mark("Identity seen"),
    "ClearanceKind.reference": mark("Reference given"),
    "ClearanceKind.interview": mark("Interview"),
    "ClearanceKind.training": mark("Training"),
    "ClearanceKind.agreement": mark("Volunteer agreement"),
    "ClearanceKind.dbs": mark("DBS decision"),
    "DbsLevel.none": mark("No DBS check"),
    "DbsLevel.basic": mark("Basic"),
    "DbsLevel.standard": mark("Standard"),
    "DbsLevel.enhanced": mark("Enhanced"),
    "DbsLevel.enhanced-adults-barred": mark("Enhanced with the adults’ barred list"),
    "DbsLevel.enhanced-children-barred": mark(
        "Enhanced with the children’s barred list"
    ),
    "DbsLevel.enhanced-both-barred": mark("Enhanced with both barred lists"),
    "RefereeState.named": mark("Not asked yet"),
    "RefereeState.asked": mark("Asked, no answer yet"),
    "RefereeState.answered": mark("Answered, to be read"),
    "RefereeState.accepted": mark("Accepted"),
    "RefereeState.refused": mark("Not accepted"),
    "Relation.colleague": mark("Colleague or manager"),
    "Relation.teacher": mark("Teacher or tutor"),
    "Relation.neighbour": mark("Neighbour"),
    "Relation.friend": mark("Friend"),
    "Relation.community": mark("Somebody from a group or community"),
}

ASKING = {
    "RequestState.open": mark("Waiting for a buddy"),
    "RequestState.on-hold": mark("On hold"),
    "RequestState.paired": mark("Has a buddy"),
    "RequestState.closed": mark("Closed"),
    "RequestState.withdrawn": mark("Withdrawn"),
    "RequestState.expired": mark("Lapsed: nobody could be reached"),
    "RequestState.referred-on": mark("Passed on to another service"),
    "RequestSource.self": mark("Asked themselves"),
    "RequestSource.partner": mark("Referred by a partner"),
    "RequestSource.staff": mark("Written down by a coordinator"),
    "HoldReason.asked": mark("They asked us to wait"),
    "HoldReason.other-need": mark("They need another service first"),
    "HoldReason.no-contact": mark("They could not be reached"),
    "BlockReason.coordinator": mark("Kept apart by a coordinator"),
    "BlockReason.never-told": mark("Must not be told"),
    "BlockReason.said-no": mark("One of them said no"),
    "BlockReason.ended": mark("They were paired before"),
}

PAIRING = {
    "PairingState.draft": mark("Draft"),
    "PairingState.volunteer-asked": mark("Volunteer asked"),
    "PairingState.newcomer-asked": mark("Newcomer asked"),
    "PairingState.agreed": mark("Both agreed"),
    "PairingState.introduced": mark("Introduced"),
    "PairingState.meeting": mark("Meeting"),
    "PairingState.held": mark("On hold"),
    "PairingState.ending": mark("Coming to its end"),
    "PairingState.ended": mark("Ended"),
    "PairingState.declined": mark("Declined"),
    "PairingState.expired": mark("No answer in time"),
    "PairingState.withdrawn": mark("Withdrawn"),
    "Outcome.completed": mark("Completed as planned"),
    "Outcome.friends": mark("They go on as friends without the scheme"),
    "Outcome.newcomer-moved": mark("The newcomer moved away"),
    "Outcome.volunteer-moved": mark("The volunteer moved away"),
    "Outcome.newcomer-time": mark("The newcomer has no time any more"),
    "Outcome.volunteer-time": mark("The volunteer cannot go on"),
    "Outcome.no-contact-by-newcomer": mark("The newcomer did not answer"),
    "Outcome.no-contact-by-volunteer": mark("The volunteer did not answer"),
    "Outcome.language": mark("The language did not work"),
    "Outcome.not-a-fit": mark("Not a good fit, nobody’s fault"),
    "Outcome.other-service": mark("Another service is needed"),
    "Outcome.by-scheme": mark("Ended by the scheme"),
    "Outcome.safeguarding": mark("Ended by the safeguarding lead"),
    "Outcome.erased": mark("Somebody’s record was erased"),
    "Outcome.never-met": mark("They never met"),
    "DeclineReason.no-time": mark("No time"),
    "DeclineReason.too-far": mark("Too far away"),
    "DeclineReason.language": mark("The language is not right"),
    "DeclineReason.somebody-else": mark("I would like somebody else"),
    "DeclineReason.knows-them": mark("We may know each other"),
    "DeclineReason.not-now": mark("Not now"),
    "DeclineReason.unsaid": mark("I would rather not say"),
    "Side.newcomer": mark("Newcomer"),
    "Side.volunteer": mark("Volunteer"),
    "CheckInState.due": mark("Due"),
    "CheckInState.asked": mark("Asked"),
    "CheckInState.answered": mark("Answered"),
    "CheckInState.missed": mark("No answer"),
    "CheckInKind.did-you-meet": mark("Did you meet?"),
    "CheckInKind.week-2": mark("After two weeks"),
    "CheckInKind.monthly": mark("Monthly"),
    "CheckInKind.review": mark("Review after six months"),
    "Face.well": mark("It goes well"),
    "Face.so-so": mark("It is all right"),
    "Face.badly": mark("It does not go well"),
}

DESK = {
    "TaskKind.clearance-lapsed": mark(
        "Something a volunteer must hold is missing or has run out"
    ),
    "TaskKind.silent-twice": mark("Two check-ins without an answer"),
    "TaskKind.disagreement": mark("The two sides answered differently"),
    "TaskKind.wants-to-talk": mark("Somebody wants to talk to you"),
    "TaskKind.last-day-passed": mark("The last day of a pair has passed"),
    "TaskKind.would-stop": mark("Somebody does not want to go on"),
    "TaskKind.cannot-be-reached": mark("A newcomer is silent, and on hold"),
    "TaskKind.wants-another": mark("A newcomer would like somebody else"),
    "TaskKind.no-longer-fits": mark("A rule forbids by now what a pair agreed on"),
    "TaskKind.nobody-answered": mark("A proposal ran out without an answer"),
    "TaskKind.reference-came": mark("A reference is there to be read"),
    "TaskKind.reach-by-hand": mark("Somebody has to be told in person or by phone"),
    "TaskKind.review-export": mark("An export of somebody’s record is to be reviewed"),
    "TaskKind.name-to-keep-away": mark("A newcomer named people to keep away from"),
    "TaskKind.perhaps-twice": mark("Perhaps the same person twice: look at both"),
    "TaskKind.wrote-again": mark("Somebody we know filled in a form again: ask why"),
    "TaskKind.contact-by-link": mark("A phone number or address was changed by a link"),
    "LinkPurpose.sign-in": mark("Sign in"),
    "LinkPurpose.reference": mark("Give a reference"),
    "LinkPurpose.answer": mark("Answer a proposal"),
    "LinkPurpose.check-in": mark("Answer a check-in"),
    "LinkPurpose.my-request": mark("See or change a request"),
    "LinkPurpose.still-free": mark("Say whether you are still free"),
    "PolicyKind.scoring": mark("Rules and weights"),
    "PolicyKind.clearances": mark("What each role asks for"),
    "PolicyKind.retention": mark("How long things are kept"),
    "PolicyKind.notices": mark("What forms say about what is kept"),
    "PolicyKind.days": mark("After how many days what happens"),
}

CONCERNS = {
    "ConcernState.raised": mark("Raised"),
    "ConcernState.being-handled": mark("Being handled"),
    "ConcernState.closed": mark("Closed"),
    "RaisedBy.newcomer": mark("The newcomer"),
    "RaisedBy.volunteer": mark("The volunteer"),
    "RaisedBy.referrer": mark("Who referred the newcomer"),
    "RaisedBy.staff": mark("Somebody at an organisation"),
    "RaisedBy.somebody": mark("Somebody else"),
    "ReferredTo.adult-social-care": mark("Adult social care"),
    "ReferredTo.childrens-services": mark("Children’s services"),
    "ReferredTo.police": mark("Police"),
    "ReferredTo.nobody": mark("Nobody: handled here"),
}

RULES = {
    "organisation_name_taken": mark(
        "There is an organisation called “%(name)s” already. Find it in the list."
    ),
    "shares_with_itself": mark("Choose two organisations that differ."),
    "bad_address": mark(
        "“%(text)s” is not an e-mail address. Please look at it again."
    ),
    "bad_phone": mark("“%(text)s” is not a phone number. Please look at it again."),
    "move_refused": mark(
        "That cannot be done any more: somebody was faster, or it stands elsewhere now."
        " Nothing was changed. Open it again to see where it stands."
    ),
    "link_over": mark(
        "This link or code cannot be used. It may be old, or used already. Ask whoever"
        " gave it to you for a new one."
    ),
    "bad_reach": mark(
        "How far volunteers go has to be from %(least)s to %(most)s kilometres."
    ),
    "run_changed": mark(
        "What is kept of run %(run)s was changed since: it proves nothing any more."
    ),
    "no_colleague": mark(
        "This person does not coordinate for that organisation. Choose somebody else."
    ),
    "cost_changed": mark(
        "What you chose costs something else by now, or cannot be had any more. Nothing"
        " was changed. Look at it again."
    ),
    "not_shared": mark(
        "Nothing is shared with this organisation. The council’s scheme lead can allow"
        " it."
    ),
    "no_referrer": mark("No organisation referred them. Choose another way."),
    "seats_filled": mark(
        "Two buddies agreed already. End one of the two pairings first."
    ),
    "places_held": mark(
        "More places than that are taken already. Choose a higher number, or end a"
        " pairing first."
    ),
    "pair_held": mark(
        "A pairing of this person is on hold. The safeguarding lead says when it goes"
        " on, or that it ends; nothing was changed."
    ),
    "pairing_under_way": mark(
        "A pairing of this person is not over. End or withdraw it first; nothing was"
        " changed."
    ),
    "no_place_free": mark(
        "This volunteer has no free place any more. Nothing was changed; choose another"
        " volunteer, or wait for a place."
    ),
}

ACTS = {
    "organisation.added": mark("Organisation added"),
    "membership.joined": mark("Somebody works for an organisation now"),
    "membership.left": mark("Somebody works for an organisation no more"),
    "sharing.allowed": mark("Two organisations may share"),
    "sharing.ended": mark("Two organisations share no more"),
    "matching.run": mark("Best pairs looked for"),
    "person.contact_changed": mark("How somebody is reached changed"),
    "person.given": mark("Somebody given to a coordinator"),
    "person.all_given": mark("Everybody of a coordinator given to another"),
    "person.handed_over": mark("Somebody handed over to another organisation"),
    "policy.set": mark("Rules of the buddy scheme set"),
}

# What is said of those whom a rule leaves, by the code of the rule.
PASSES = {
    "passes.all": mark("volunteers in all"),
    "passes.not-cleared": mark("are cleared for this role"),
    "passes.other-organisation": mark("are of an organisation that may share"),
    "passes.not-adult": mark("are of age"),
    "passes.no-language": mark("share a language well enough"),
    "passes.gender-wish": mark("fit what both wish about gender"),
    "passes.too-far": mark("live near enough"),
    "passes.no-common-time": mark("are free at the same time"),
    "passes.blocked": mark("are not kept apart from them"),
    "passes.own-community": mark("are from another community, where that is asked"),
    "passes.no-place-free": mark("have a free place"),
}

PHRASES = {
    **PARTNERS,
    **PASSES,
    **PEOPLE,
    **CLEARING,
    **ASKING,
    **PAIRING,
    **DESK,
    **CONCERNS,
    **RULES,
    **ACTS,
}
