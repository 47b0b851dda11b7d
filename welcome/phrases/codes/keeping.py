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
    "bad_days": mark(
        "“%(name)s” cannot be that many days: from %(least)s to %(most)s is possible, and"
        " reminders rise. Nothing was changed."
    ),
    "kept_for_law": mark(
        "This record has to be kept for the law. Nothing was erased. Whoever set that"
        " has to lift it first."
    ),
    "asked_ahead": mark("The day on which they asked lies ahead. Choose another day."),
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
    "RightKind.access": mark("To see what we keep"),
    "RightKind.erasure": mark("To have it removed"),
    "RightKind.correction": mark("To have it corrected"),
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
    "export.prepared": mark("Somebody’s record gathered for them"),
    "export.reviewed": mark("Somebody’s record looked through before it is given out"),
    "export.released": mark("Somebody’s record given out"),
    "export.removed": mark("What was gathered for somebody removed"),
    "job:retain": mark("Let go of what was kept long enough"),
    "rights.asked": mark("Somebody asked for what is theirs"),
    "rights.answered": mark("What somebody asked for answered"),
    "person.erased": mark("Somebody’s record erased"),
    "person.kept_for_law": mark("Somebody’s record kept for the law"),
    "person.kept_no_longer": mark("Somebody’s record kept for the law no more"),
}

EXPORT = {
    "export.person": mark("You"),
    "export.languages": mark("Languages"),
    "export.requests": mark("What you asked for"),
    "export.pairings": mark("Buddies"),
    "export.check_ins": mark("What you told us about how it goes"),
    "export.told": mark("What you told a coordinator, and how"),
    "export.clearances": mark("What was seen of you"),
    "export.referees": mark("Who was asked about you"),
    "export.letters": mark("Letters to you"),
    "export.links": mark("Links for you"),
    "export.tasks": mark("What staff saw to for you"),
    "export.sent_again": mark("What was written in a form again in your name"),
    "export.journal": mark("What staff did"),
    "withheld.references": mark(
        "What referees wrote, and who they are: it was given in confidence."
    ),
    "withheld.others": mark("Names and contacts of other people, also of staff."),
    "withheld.named": mark("The names of people you told us of."),
    "withheld.pairs": mark("What staff noted about you and a buddy together."),
    "withheld.safeguarding": mark(
        "Records of safeguarding, whether or not there are any about you: ask the"
        " safeguarding lead."
    ),
}

FIELDS = {
    "field.name": mark("Name"),
    "field.email": mark("E-mail"),
    "field.phone": mark("Phone"),
    "field.tag": mark("Language of messages"),
    "field.prefers": mark("How you take things in"),
    "field.channel": mark("How we reach you"),
    "field.safe_from": mark("Safe from (hour)"),
    "field.safe_until": mark("Safe until (hour)"),
    "field.safe_note": mark("What to mind when we reach you"),
    "field.shares_phone": mark("Others see what arrives"),
    "field.gender": mark("Gender"),
    "field.interests": mark("Interests"),
    "field.is_adult": mark("Adult"),
    "field.notice_version": mark("Version of the notice you were shown"),
    "field.noticed_at": mark("When you were shown it"),
    "field.agreed_on": mark("When it was agreed"),
    "field.agreed_by": mark("Who agreed"),
    "field.agreed_in": mark("In which language it was told"),
    "field.agreed_through": mark("How it was told"),
    "field.about": mark("Something your buddy should know"),
    "field.created_at": mark("Since"),
    "field.heard_at": mark("When we last heard from you"),
    "field.is_kept_for_law": mark("Has to be kept for the law"),
    "field.avoids_own_community": mark("Somebody outside your community"),
    "field.state": mark("Where it stands"),
    "field.offers": mark("What you offer"),
    "field.capacity": mark("Places"),
    "field.reach_m": mark("How far you go (metres)"),
    "field.paused_by": mark("Why paused"),
    "field.back_on": mark("Back on"),
    "field.area": mark("Area"),
    "field.area_shown": mark("Area as others see it"),
    "field.wish": mark("Wish"),
    "field.times": mark("Times"),
    "field.languages": mark("Languages"),
    "field.language": mark("Language"),
    "field.level": mark("Level"),
    "field.source": mark("Who asked"),
    "field.role": mark("What for"),
    "field.adults": mark("Adults"),
    "field.buddies": mark("Buddies"),
    "field.urgency": mark("Urgency"),
    "field.urgency_reason": mark("Why urgent"),
    "field.waiting_since": mark("Waiting since"),
    "field.hold_reason": mark("Why on hold"),
    "field.look_again_on": mark("Looked at again on"),
    "field.closed_at": mark("Closed"),
    "field.with": mark("With a"),
    "field.asked_at": mark("Asked"),
    "field.introduced_at": mark("Introduced"),
    "field.first_met_at": mark("First met"),
    "field.ends_on": mark("Last day"),
    "field.ended_at": mark("Ended"),
    "field.outcome": mark("How it ended"),
    "field.said_no": mark("You said no"),
    "field.said_why": mark("Why"),
    "field.kind": mark("Kind"),
    "field.raised_at": mark("Came up"),
    "field.done_at": mark("Seen to"),
    "field.due_on": mark("Due"),
    "field.answered_at": mark("Answered"),
    "field.has_met": mark("You met"),
    "field.face": mark("How it goes"),
    "field.wants_to_go_on": mark("You want to go on"),
    "field.wants_to_talk": mark("You want to talk"),
    "field.note": mark("Note"),
    "field.through": mark("How you told us"),
    "field.told_at": mark("When you told us"),
    "field.is_met": mark("Met"),
    "field.seen_on": mark("Seen on"),
    "field.expires_on": mark("To be looked at again"),
    "field.reason": mark("Reason"),
    "field.on_update_service": mark("On the Update Service"),
    "field.time_abroad": mark("Time abroad"),
    "field.relation": mark("How they know you"),
    "field.decided_at": mark("Decided"),
    "field.letter": mark("Letter"),
    "field.way": mark("Way"),
    "field.written_at": mark("Written"),
    "field.sent_at": mark("Sent"),
    "field.purpose": mark("Good for"),
    "field.made_at": mark("Made"),
    "field.expires_at": mark("Good until"),
    "field.used_at": mark("Used"),
    "field.act": mark("What was done"),
    "field.on": mark("When"),
    "field.by": mark("By"),
    "field.yes": mark("Yes"),
    "field.no": mark("No"),
}

# Who did something, and which letters somebody may have had.
BY = {
    "by.staff": mark("Somebody of the staff"),
    "by.system": mark("The website by itself"),
}
LETTERS = {
    "letter.account_locked": mark("That an account is locked"),
    "letter.check_in": mark("How is it going?"),
    "letter.desk_waits": mark("Something waits for you on the desk"),
    "letter.did_you_meet": mark("Did you meet?"),
    "letter.ending_notice": mark("Last day"),
    "letter.introduction": mark("Introduced"),
    "letter.invitation": mark("Invited"),
    "letter.known_already": mark("That we know this address already"),
    "letter.lead_wanted": mark("Somebody is wanted on the desk"),
    "letter.no_longer": mark("That something goes no further"),
    "letter.password_changed": mark("That a password was changed"),
    "letter.password_reset": mark("Choose a new password"),
    "letter.proposal_reminder": mark("A reminder of a question"),
    "letter.proposal_to_newcomer": mark("A question about somebody to meet"),
    "letter.proposal_to_volunteer": mark("A question about somebody to meet"),
    "letter.reference_asked": mark("Give a reference"),
    "letter.reference_reminder": mark("A reminder of a question"),
    "letter.review": mark("Review after six months"),
    "letter.something_changed": mark("That something you told us was changed"),
    "letter.still_free": mark("Are you still free?"),
    "letter.volunteer_sign_in": mark("Your link"),
}

PHRASES = {
    **KEYS, **RULES, **CLOCKS, **RIGHTS, **ACTS, **EXPORT, **FIELDS, **BY, **LETTERS,
}  # fmt: skip
