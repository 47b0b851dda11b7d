"""Words for what happens to requests, pairings and check-ins, and who did it."""

from welcome.phrases.catalogues import mark

WORDS = {
    "Way.email": mark("By e-mail"),
    "Way.text": mark("By text message"),
    "SpokenThrough.phone": mark("By phone"),
    "SpokenThrough.in-person": mark("In person"),
    "SpokenThrough.interpreter": mark("Through an interpreter"),
    "SpokenThrough.referrer": mark("Through who referred them"),
    "SpokenThrough.slip": mark("By a slip"),
    "Tending.remind": mark("Remind somebody who was asked"),
    "Tending.expire": mark("Let a proposal lapse"),
    "Tending.ask": mark("Ask how it goes"),
    "Tending.miss": mark("Note that nobody answered"),
    "Tending.come-back": mark("End a pause"),
    "Tending.settle": mark("Look at a clearance that ran out"),
    "Tending.ask-referee": mark("Ask a referee once more"),
    "Tending.ask-who-waits": mark("Have a silent newcomer asked who waits"),
    "Tending.last-day": mark("Say that the last day of a pair has passed"),
    "Tending.lapse-request": mark("End the request of somebody who is silent"),
    "Tending.lapse-volunteer": mark("Let a volunteer go who is silent"),
    "Tending.ask-if-free": mark("Ask a volunteer whether they are still free"),
}

RULES = {
    "no_safe_hour": mark(
        "There is no hour in which a message may arrive. Choose hours, or another way."
    ),
    "seat_taken": mark(
        "Somebody is drafted, asked or paired there already. Withdraw that first."
    ),
    "not_possible": mark(
        "These two cannot be brought together now: a rule forbids it. Nothing was"
        " changed."
    ),
    "perhaps_named": mark(
        "Nobody was asked: the newcomer named people who must never know, and this"
        " volunteer may be one of them."
    ),
    "asked_already": mark(
        "This volunteer is being asked about somebody else just now. Wait for the"
        " answer, or withdraw that proposal first."
    ),
    "not_cleared": mark(
        "This volunteer does not hold what any role asks for. Look at what is missing"
        " first."
    ),
    "still_paired": mark(
        "These two agreed to meet. End their pairing first; nothing was changed."
    ),
    "request_there": mark(
        "This newcomer has a request that is not over. Open that one instead."
    ),
    "notice_too_short": mark("The last day lies behind. Choose a later day."),
    "sooner_than_usual": mark(
        "This is sooner than usual. Choose a later day, or tick that it must be so."
    ),
}

ACTS = {
    "pairing.drafted": mark("Pair drafted"),
    "pairing.pinned": mark("Draft of a pair pinned"),
    "pairing.unpinned": mark("Draft of a pair unpinned"),
    "pairing.swapped": mark("Another volunteer put into a draft"),
    "pairing.forbidden": mark("Pair forbidden"),
    "pairing.volunteer_asked": mark("Volunteer asked"),
    "pairing.volunteer_agreed": mark("Volunteer’s yes written down"),
    "pairing.newcomer_asked": mark("Newcomer asked again"),
    "pairing.newcomer_agreed": mark("Newcomer’s yes written down"),
    "pairing.answer_told": mark("How an answer was told"),
    "pairing.declined": mark("A no written down"),
    "pairing.withdrawn": mark("Pair withdrawn"),
    "pairing.introduced": mark("Pair introduced"),
    "pairing.met": mark("First meeting noted"),
    "pairing.held": mark("Pair put on hold"),
    "pairing.let_go_on": mark("Pair goes on"),
    "pairing.ending": mark("Ending of a pair announced"),
    "pairing.carried_on": mark("Ending of a pair called off"),
    "pairing.ended": mark("Pair ended"),
    "request.opened": mark("Request opened"),
    "request.held": mark("Request put on hold"),
    "request.held_on": mark("Request left on hold"),
    "request.resumed": mark("Request goes on"),
    "request.withdrawn": mark("Request withdrawn"),
    "request.referred_on": mark("Request passed on to another service"),
    "request.expired": mark("Request lapsed"),
    "request.reopened": mark("Request opened again"),
    "request.urgency_set": mark("How urgent a request is"),
    "request.kept_apart": mark("A newcomer and a volunteer kept apart"),
    "request.let_meet": mark("A newcomer and a volunteer no longer kept apart"),
    "volunteer.paused": mark("Volunteer paused"),
    "volunteer.offer_changed": mark("A volunteer’s places, times or home changed"),
    "newcomer.corrected": mark("What we keep of a newcomer corrected"),
    "volunteer.corrected": mark("What we keep of a volunteer corrected"),
    "request.week_changed": mark("A newcomer’s times or home changed"),
    "volunteer.came_back": mark("Volunteer is back"),
    "volunteer.still_free": mark("Volunteer is still free"),
    "volunteer.left": mark("Volunteer left"),
    "volunteer.suspended": mark("Volunteer suspended"),
    "volunteer.restored": mark("Volunteer no longer suspended"),
    "check_in.answered": mark("Answer to a check-in written down"),
    "slip.printed": mark("Slip with a code printed"),
    "task.assigned": mark("Task given to somebody"),
    "task.done": mark("Task done"),
    "job:tend": mark("Remind, ask and close in the buddy scheme"),
}

PHRASES = {**WORDS, **RULES, **ACTS}
