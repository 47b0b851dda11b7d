"""Words for clearances, references, the DBS questions and safeguarding."""

from welcome.phrases.catalogues import mark

STANDINGS = {
    "Standing.met": mark("Met"),
    "Standing.lapsing": mark("Runs out soon"),
    "Standing.lapsed": mark("Has run out"),
    "Standing.missing": mark("Missing"),
}

DBS = {
    "Present.adults": mark("Adults only"),
    "Present.children": mark("Adults, while their children are there"),
    "CareOf.nobody": mark("Nobody"),
    "CareOf.adult": mark("An adult"),
    "CareOf.child": mark("A child"),
    "CareOf.both": mark("An adult and a child"),
    "DbsReason.friendship": mark(
        "Being a friend to an adult, with nothing more, calls for no check. A standard or"
        " enhanced one may not be asked for."
    ),
    "DbsReason.children-present": mark(
        "Children are there, but the volunteer does not look after them alone. A basic"
        " check may be asked for; more may not."
    ),
    "DbsReason.looks-after": mark(
        "The volunteer looks after, teaches or watches children, though not often. An"
        " enhanced check may be asked for, without a barred list."
    ),
    "DbsReason.looks-after-often": mark(
        "The volunteer looks after, teaches or watches children alone, often or"
        " overnight. That is regulated activity with children."
    ),
    "DbsReason.care-of-child": mark(
        "The volunteer helps a child with personal care because of age, illness or"
        " disability. That is regulated activity with children, even once."
    ),
    "DbsReason.care-of-adult": mark(
        "The volunteer helps an adult with personal care because of age, illness or"
        " disability. That is regulated activity with adults, even once."
    ),
    "DbsReason.transport": mark(
        "The volunteer takes an adult to health or social care because of age, illness or"
        " disability. That is regulated activity with adults, even once."
    ),
}

REFERENCES = {
    "KnownFor.under-a-year": mark("Less than a year"),
    "KnownFor.one-to-three-years": mark("One to three years"),
    "KnownFor.over-three-years": mark("More than three years"),
    "WouldTrust.yes": mark("Yes"),
    "WouldTrust.no": mark("No"),
    "WouldTrust.unsure": mark("I am not sure"),
}

CONCERNS = {
    "ConcernAct.noted": mark("Note"),
    "ConcernAct.taken-up": mark("Taken up"),
    "ConcernAct.decided": mark("Decided"),
    "ConcernAct.held": mark("The pair was put on hold"),
    "ConcernAct.not-held": mark(
        "The meetings were to be stopped at once, and could not be"
    ),
    "ConcernAct.let-go-on": mark("The pair may go on"),
    "ConcernAct.ended": mark("The pair was ended"),
    "concern.wishes": mark("What the person wants"),
    "ConcernAct.suspended": mark("The volunteer was suspended"),
    "ConcernAct.lifted": mark("The volunteer is suspended no more"),
    "ConcernAct.kept": mark("To be kept for the law, whatever its age"),
    "ConcernAct.kept-no-more": mark("To be kept for the law no more"),
    "ConcernAct.closed": mark("Closed"),
    "ConcernAct.opened-again": mark("Opened again"),
}

RULES = {
    "bad_requirements": mark(
        "What is asked of the role “%(role)s” cannot be set so (%(kind)s). Nothing was"
        " changed. Ask for one thing at least, for at most 120 months."
    ),
    "clearance_ahead": mark(
        "The date lies in the future. Write the day on which you saw it."
    ),
    "dbs_unreasoned": mark(
        "Choose a level, say for which role, and write why. The reason is what counts"
        " later."
    ),
    "not_on_update_service": mark(
        "No DBS decision for this role is on the Update Service. Decide about DBS first."
    ),
    "referee_taken": mark(
        "Name two different people, and not the volunteer: this address or number is"
        " there already."
    ),
    "referee_unreachable": mark(
        "There is no e-mail address for this referee. Call them, and write down what they"
        " say."
    ),
    "nothing_said": mark("Please write something in the box. Nothing was saved."),
    "too_long_said": mark(
        "That is longer than can be kept: use at most %(most)s characters. Nothing was"
        " saved."
    ),
    "not_decided": mark(
        "Write down what you decided, and to whom you passed it on, before you close it."
    ),
    "still_held": mark(
        "The pair is on hold because of a concern that is not over. Let it go on, or end"
        " it, in each such concern first."
    ),
    "no_pair_concerned": mark(
        "This concern is about nobody of the scheme who could be stopped."
    ),
}

ACTS = {
    "volunteer.accepted": mark("Application taken up"),
    "volunteer.declined": mark("Application not accepted"),
    "volunteer.settled": mark("Where a volunteer stands worked out anew"),
    "clearance.recorded": mark("Clearance recorded"),
    "referee.named": mark("Referee named"),
    "referee.asked": mark("Reference asked for"),
    "referee.answer_written": mark("Reference written down"),
    "referee.accepted": mark("Reference accepted"),
    "referee.refused": mark("Reference not accepted"),
}

PHRASES = {**STANDINGS, **DBS, **REFERENCES, **CONCERNS, **RULES, **ACTS}
