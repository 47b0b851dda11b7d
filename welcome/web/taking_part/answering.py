"""Behind the links of a proposal and of a check-in: one question, and buttons."""

from dataclasses import replace

from flask import request
from flask_babel import gettext as _

from welcome import clock
from welcome.buddies.errors import LinkOver, MoveRefused
from welcome.buddies.lifecycle import answers, glimpses, letters
from welcome.buddies.lifecycle.answers import Answer
from welcome.buddies.lifecycle.checkins import Said
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.buddies.models.pairings import (
    CheckInKind,
    CheckInState,
    DeclineReason,
    Face,
    Pairing,
    Side,
)
from welcome.buddies.rules.languages import name_of
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.taking_part.links import REGISTRY, Behind, Shown
from welcome.web.words import interface_tag, listed, word

GLIMPSES = {
    Side.VOLUNTEER: glimpses.glimpse_for_volunteer,
    Side.NEWCOMER: glimpses.glimpse_for_newcomer,
}
# What each button says, by the question that is asked.
MET = {"met": Said(has_met=True), "not-yet": Said(has_met=False)}
HOW = {each.value: Said(has_met=True, face=each) for each in Face} | {
    "not-yet": Said(has_met=False)
}
GOES_ON = {"on": Said(wants_to_go_on=True), "stop": Said(wants_to_go_on=False)}
TAPS = {
    CheckInKind.DID_YOU_MEET: MET,
    CheckInKind.WEEK_2: HOW,
    CheckInKind.MONTHLY: HOW,
    CheckInKind.REVIEW: GOES_ON,
}
LONGEST_NOTE = 2000
MOST_TIMES = 6


def find_asked_tag(link: Link) -> str:
    """Give the locale of whoever is asked; raises LinkOver once that is over."""
    pairing, side = answers.get_asked(db(), link)
    return letters.get_person(db(), pairing, side).tag


def ask(_link: Link) -> Shown:
    """Ask whether to show the question; nothing is told to whoever holds the phone."""
    return Shown("taking_part/answer_ask.html")


def act(link: Link) -> Shown:
    """Show what may be seen, or take the answer that was pressed."""
    pressed = request.form.get("go", "")
    pairing, side = answers.get_asked(db(), link)
    if pressed == "no":
        reasons = [DeclineReason.UNSAID, *DeclineReason]
        return Shown("taking_part/answer_no.html", {"reasons": dict.fromkeys(reasons)})
    if pressed not in {"yes", "decline"}:
        return Shown("taking_part/answer.html", _told(pairing, side))
    reason = _chosen_reason() if pressed == "decline" else DeclineReason.UNSAID
    answers.answer_by_link(
        db(), link, Answer(side, pressed == "yes", reason), scheme(), now=clock.now()
    )
    db().commit()
    return Shown("taking_part/answered.html", {"agreed": pressed == "yes"})


def find_check_in_tag(link: Link) -> str:
    """Give the locale of whoever is asked how it goes; raises LinkOver."""
    check_in = answers.get_check_in(db(), link)
    if check_in.state is CheckInState.ANSWERED:
        raise LinkOver
    pairing = db().get_one(Pairing, check_in.pairing_id)
    return letters.get_person(db(), pairing, check_in.side).tag


def ask_how(link: Link) -> Shown:
    """Ask how it goes; who the other is stands nowhere."""
    return Shown("taking_part/check_in.html", _question(link))


def act_how(link: Link) -> Shown:
    """Take what was tapped, or say what is missing."""
    taps = TAPS[answers.get_check_in(db(), link).kind]
    tapped = taps.get(request.form.get("go", ""))
    if tapped is None:
        problem = _("Choose one of these.")
        return Shown(
            "taking_part/check_in.html", {**_question(link), "problem": problem}, 422
        )
    face = request.form.get("face", "")
    said = replace(
        tapped,
        face=tapped.face or (Face(face) if face in set(Face) else None),
        wants_to_talk="wants_to_talk" in request.form,
        note=request.form.get("note", "").strip()[:LONGEST_NOTE] or None,
    )
    try:
        answers.answer_check_in(db(), link, said, now=clock.now())
    except MoveRefused:
        raise LinkOver from None
    db().commit()
    sentence = _("Thank you. Your coordinator can see this; the other side cannot.")
    return Shown("taking_part/done.html", {"sentence": sentence, "code": ""})


def _question(link: Link) -> dict[str, object]:
    return {"kind": answers.get_check_in(db(), link).kind, "faces": list(Face)}


def _told(pairing: Pairing, side: Side) -> dict[str, object]:
    glimpse = GLIMPSES[side](db(), pairing)
    named = [name_of(code, interface_tag()) for code in glimpse.languages]
    times = [f"{word(day)} ({word(part)})" for day, part in glimpse.times[:MOST_TIMES]]
    return {
        "glimpse": glimpse,
        "languages": listed(named),
        "times": listed(times),
        "side": side,
    }


def _chosen_reason() -> DeclineReason:
    """Read why somebody says no; whatever else was sent is left unsaid."""
    sent = request.form.get("reason", "")
    return DeclineReason(sent) if sent in set(DeclineReason) else DeclineReason.UNSAID


REGISTRY[LinkPurpose.ANSWER] = Behind(find_asked_tag, ask, act)
REGISTRY[LinkPurpose.CHECK_IN] = Behind(find_check_in_tag, ask_how, act_how)
