"""People of whom everything is known, in a pairing at any stage; who may not be named."""

from dataclasses import dataclass, replace

from sqlmodel import Session, select

from tests.buddies import profiles, rows
from tests.buddies.people.test_intake import APPLICATION, ASKING
from welcome.buddies import contacts, links, noting
from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.links import About
from welcome.buddies.models.clearing import Clearance, Referee, RefereeState, Relation
from welcome.buddies.models.desk import LinkPurpose, Task, TaskKind
from welcome.buddies.models.pairings import (
    HOLDS_PLACE,
    CheckIn,
    CheckInKind,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.models.people import Area, Newcomer, SpokenThrough, Volunteer
from welcome.buddies.models.requests import Block, BlockReason, BuddyRequest
from welcome.buddies.models.told import ToldStep
from welcome.buddies.people import wrote_again
from welcome.buddies.rules.requirements import ClearanceKind
from welcome.buddies.tasks import done, raise_and_take, raise_task
from welcome.messages import outbox

NEWCOMERS = ("Nadia Rahmani", "nadia@example.org", "+447911123456")
VOLUNTEERS = ("Vera Woodcock", "vera@example.org", "+447911654321")
REFEREES = ("Rufus Quill", "rufus@example.net")
# Free text about somebody, each said by another.
SECRETS = {
    "about": "plays the zither",
    "safe_note": "ring twice",
    "interpreter": "Irina Lantos",
    "never_told": "Cousin Bertold",
    "urgency_reason": "sleeps at the station",
    "block_note": "they were neighbours",
    "check_in_note": "Nadia Rahmani and Vera Woodcock baked bread",
    "clearance_reason": "saw the certificate of Vera",
    "task_note": "rang about the lodger",
    "sent_again": "keeps a canary",
    "named_again": "Aunt Clothilde",
    "own_task_note": "Irina Lantos rang about the shed",
    "answer": "she has a heart of gold",
    "newcomer_told": "Lucia Ferrante",
    "volunteer_told": "Otto Brandl",
}


@dataclass
class Records:
    """A newcomer and a volunteer, and all that hangs on them."""

    newcomer: Newcomer
    volunteer: Volunteer
    request: BuddyRequest
    pairing: Pairing
    check_in: CheckIn
    referee: Referee

    def person(self, side: Side) -> Newcomer | Volunteer:
        return self.newcomer if side is Side.NEWCOMER else self.volunteer


def write(session: Session, now, state=PairingState.MEETING, held_from=None) -> Records:
    """Write them and commit; `state` is where the pairing stands."""
    town = rows.Town(session, now)
    town.organise(1)
    volunteer = town.add_volunteer(replace(profiles.VOLUNTEER, capacity=2, wish=2))
    for code in ("B11 1", "B11 4", "B1 9"):
        area = Area(code=code, name=code, kind="sector", easting=1, northing=1)
        session.add(area)
        session.flush()
        volunteer.area_id = area.id if code == "B11 4" else volunteer.area_id
    request = town.add_request(profiles.NEWCOMER)
    newcomer = session.get_one(Newcomer, request.newcomer_id)
    _fill(session, newcomer, NEWCOMERS)
    _fill(session, volunteer, VOLUNTEERS)
    newcomer.interpreter = SECRETS["interpreter"]
    newcomer.never_told = SECRETS["never_told"]
    request.urgency_reason = SECRETS["urgency_reason"]
    stage = PairingState(held_from) if held_from else state
    if stage in FILLS:
        request.state = "paired"
    volunteer.held = 1 if state in HOLDS_PLACE else 0
    pairing = Pairing(
        request_id=request.id, newcomer_id=newcomer.id, volunteer_id=volunteer.id,
        state=state, held_from=held_from, moved_at=now, lead_id=volunteer.organisation_id,
        asked_at=now, parts={"language": 30}, score=30,
    )  # fmt: skip
    session.add(pairing)
    session.flush()
    made = Records(
        newcomer, volunteer, request, pairing,
        _check_in(session, pairing, now), _referee(session, volunteer, now),
    )  # fmt: skip
    _hang(session, made, now)
    session.commit()
    return made


def _fill(session: Session, person, said) -> None:
    person.name, email, phone = said
    contacts.set_email(session, person, email)
    contacts.set_phone(session, person, phone)
    person.about, person.safe_note = SECRETS["about"], SECRETS["safe_note"]
    session.flush()


def _check_in(session: Session, pairing: Pairing, now) -> CheckIn:
    made = CheckIn(
        pairing_id=pairing.id, side=Side.VOLUNTEER, kind=CheckInKind.WEEK_2,
        due_on=now.date(), moved_at=now, note=SECRETS["check_in_note"],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _referee(session: Session, volunteer: Volunteer, now) -> Referee:
    made = Referee(
        volunteer_id=volunteer.id, name=REFEREES[0], email=REFEREES[1],
        relation=Relation.COLLEAGUE, state=RefereeState.ACCEPTED, moved_at=now,
        answered_at=now, decided_at=now, answer=SECRETS["answer"],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _do_task(session: Session, made: Records, now) -> None:
    """Have somebody done with what came up about the two and about one of them."""
    home = made.volunteer.organisation_id
    for kind, about, note in (
        (TaskKind.DISAGREEMENT, About("pairing", made.pairing.id), "task_note"),
        (TaskKind.WANTS_TO_TALK, About("newcomer", made.newcomer.id), "own_task_note"),
    ):
        raise_task(session, kind, home, about, now=now)
        asked = session.exec(select(Task).where(Task.kind == kind))
        done(session, asked.one(), SECRETS[note], actor=None, now=now)


def _send_again(session: Session, made: Records, now) -> None:
    """Have each send a form again, which waits with its task."""
    home, said = made.volunteer.organisation_id, SECRETS["sent_again"]
    asking = replace(ASKING, about=said, never_told=SECRETS["named_again"])
    for name, id_, told in (
        ("newcomer", made.newcomer.id, asking),
        ("volunteer", made.volunteer.id, replace(APPLICATION, about=said)),
    ):
        about = About(name, id_)
        task = raise_and_take(session, TaskKind.WROTE_AGAIN, home, about, now=now)
        wrote_again.keep(task, told, now=now)
        session.add(task)
        session.flush()


def _tell(session: Session, made: Records, now) -> None:
    """Have each of the two tell something through somebody with a name."""
    for side, row in ((Side.NEWCOMER, made.pairing), (Side.VOLUNTEER, made.check_in)):
        session.add(
            ToldStep(
                subject=noting.SUBJECTS[type(row)], subject_id=row.id, act="pairing.met",
                side=side, through=SpokenThrough.INTERPRETER, told_at=now,
                interpreter=SECRETS[f"{side}_told"],
            )
        )  # fmt: skip


def _hang(session: Session, made: Records, now) -> None:
    """Hang texts, tasks, links and letters on the two."""
    newcomer, volunteer = made.newcomer, made.volunteer
    stranger = Volunteer(
        organisation_id=volunteer.organisation_id, name="Zoe", created_at=now,
        heard_at=now, moved_at=now,
    )  # fmt: skip
    session.add(stranger)
    session.flush()
    session.add(
        Block(
            newcomer_id=newcomer.id, volunteer_id=stranger.id, set_at=now,
            reason=BlockReason.COORDINATOR, note=SECRETS["block_note"],
        )
    )  # fmt: skip
    session.add(
        Clearance(
            volunteer_id=volunteer.id, kind=ClearanceKind.IDENTITY, seen_on=now.date(),
            reason=SECRETS["clearance_reason"], recorded_at=now,
        )
    )  # fmt: skip
    for kind, subject in (
        (TaskKind.NAME_TO_KEEP_AWAY, About("newcomer", newcomer.id)),
        (TaskKind.REACH_BY_HAND, About("volunteer", volunteer.id)),
        (TaskKind.NOBODY_ANSWERED, About("pairing", made.pairing.id)),
    ):
        raise_task(session, kind, volunteer.organisation_id, subject, now=now)
    _do_task(session, made, now)
    _send_again(session, made, now)
    _tell(session, made, now)
    links.make(session, LinkPurpose.SIGN_IN, About("volunteer", volunteer.id), now=now)
    mine = About("buddy_request", made.request.id)
    links.make(session, LinkPurpose.MY_REQUEST, mine, now=now)
    asked = links.make(
        session, LinkPurpose.ANSWER, About("pairing", made.pairing.id), now=now
    )
    worry = "https://town.example/-/concern/en/"
    for person, other in ((newcomer, volunteer), (volunteer, newcomer)):
        outbox.write(
            session, "introduction", to=person.email, tag="en", now=now, place="Town",
            link="https://town.example/-/take-part/mine/x", buddy=other.name,
            reached=other.email, safe_from=0, safe_until=24, is_always=True, where="",
            worry=worry,
        )  # fmt: skip
        outbox.write(
            session, "proposal_reminder", to=person.email, tag="en", now=now,
            place="Town", date="Monday", worry=worry,
            link=f"https://town.example/-/take-part/answer/{asked.token}",
        )  # fmt: skip
        outbox.write(
            session, "did_you_meet", to=person.email, tag="en", now=now,
            place="Town", link="https://town.example/-/take-part/check-in/another",
            worry=worry,
        )  # fmt: skip
