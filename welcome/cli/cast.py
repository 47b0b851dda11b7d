"""The cast: fixed, fictional people with fixed relations, for demo and tests alike."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from welcome.accounts.models import Account, Grant, Role
from welcome.partners import agreements
from welcome.partners.models import Organisation, OrganisationKind

# Only for demonstrations on one's own machine; every name here is a fiction.
KEY_TO_EVERY_DOOR = "welcome to the town"


@dataclass(frozen=True)
class Part:
    """Somebody in the cast: who they are and what they may do, where."""

    key: str
    name: str
    organisation: str
    grants: tuple[tuple[Role, str | None], ...]
    tag: str = "en"
    # Another organisation they work for.
    also: str = ""

    @property
    def email(self) -> str:
        """The address they sign in with; example.org receives nothing."""
        return f"{self.key.replace('_', '.')}@example.org"


PARTS = (
    Part("writer", "Wren Fielding", "Council cohesion team", ((Role.WRITER, None),)),
    Part(
        "translator_ur", "Umar Sample", "Language volunteers",
        ((Role.TRANSLATOR, "ur"),), "ur",
    ),
    Part(
        "reviewer_ur", "Uzma Specimen", "Community association",
        ((Role.TRANSLATOR, "ur"), (Role.REVIEWER, "ur")),
    ),
    Part(
        "translator_ar", "Amal Sample", "Language volunteers",
        ((Role.TRANSLATOR, "ar"),), "ar",
    ),
    Part(
        "reviewer_ar", "Adnan Specimen", "Community association",
        ((Role.TRANSLATOR, "ar"), (Role.REVIEWER, "ar")), "ar",
    ),
    Part("publisher", "Pat Example", "Council cohesion team", ((Role.PUBLISHER, None),)),
    Part(
        "officer", "Olive Example", "Council cohesion team",
        ((Role.WRITER, None), (Role.OFFICER, None)),
    ),
    Part(
        "coordinator", "Cora Sample", "Town Friends",
        ((Role.COORDINATOR, None),), also="Town Council",
    ),
    Part(
        "neighbour", "Nils Specimen", "Harbour Charity",
        ((Role.COORDINATOR, None),),
    ),
    Part(
        "safeguarding_lead", "Sage Example", "Town Friends",
        ((Role.SAFEGUARDING_LEAD, None),),
    ),
    Part(
        "scheme_lead", "Lea Example", "Town Council",
        ((Role.SCHEME_LEAD, None), (Role.SAFEGUARDING_LEAD, None)),
    ),
    Part(
        "referrer", "Rhea Specimen", "Surgery in the Square",
        ((Role.REFERRER, None),),
    ),
    Part(
        "administrator", "Ada Example", "Council cohesion team",
        ((Role.ADMINISTRATOR, None),),
    ),
)  # fmt: skip

# Those that take part in the buddy scheme; the number to call is one kept for fictions.
ORGANISATIONS = {
    "Town Council": OrganisationKind.COUNCIL,
    "Town Friends": OrganisationKind.PLACE_OF_WELCOME,
    "Harbour Charity": OrganisationKind.CHARITY,
    "Surgery in the Square": OrganisationKind.HEALTH,
}
SAFEGUARDING_PHONE = "01632 960999"


def assemble(
    session: Session, *, now: datetime, password_hash: str
) -> dict[str, Account]:
    """Bring the cast in, or find it where it stands already."""
    homes = {name: _open(session, name, now) for name in ORGANISATIONS}
    people = {part.key: _bring_in(session, part, now, password_hash) for part in PARTS}
    for part in PARTS:
        for name in {part.organisation, part.also} & homes.keys():
            agreements.join(session, homes[name], people[part.key], actor=None, now=now)
    return people


def _open(session: Session, name: str, now: datetime) -> Organisation:
    asked = select(Organisation).where(Organisation.name == name)
    return session.exec(asked).first() or agreements.add_organisation(
        session,
        name,
        ORGANISATIONS[name],
        actor=None,
        now=now,
        safeguarding_phone=SAFEGUARDING_PHONE,
    )


def _bring_in(
    session: Session, part: Part, now: datetime, password_hash: str
) -> Account:
    found = session.exec(select(Account).where(Account.email == part.email)).first()
    if found:
        return found
    account = Account(
        email=part.email,
        name=part.name,
        organisation=part.organisation,
        interface_tag=part.tag,
        password=password_hash,
        fs_uniquifier=f"cast-{part.key}",
        confirmed_at=now,
        created_at=now,
    )
    session.add(account)
    session.flush()
    for role, tag in part.grants:
        session.add(Grant(account_id=account.id, role=role, tag=tag))
    session.flush()
    return account
