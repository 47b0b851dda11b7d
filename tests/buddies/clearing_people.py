"""Who takes part in stories of clearances and concerns: a council and two charities."""

from datetime import UTC, datetime, time
from types import SimpleNamespace

from welcome.accounts.models import Account, Grant, Role
from welcome.buddies import contacts, policies
from welcome.buddies.clearances import required
from welcome.buddies.due import tending
from welcome.buddies.due.tending import Tending
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind

PEOPLE = {
    "coordinator": ("charity", Role.COORDINATOR),
    "lead": ("charity", Role.SAFEGUARDING_LEAD),
    "deputy": ("charity", Role.SAFEGUARDING_LEAD),
    "referrer": ("charity", Role.REFERRER),
    "other_coordinator": ("college", Role.COORDINATOR),
    "other_lead": ("college", Role.SAFEGUARDING_LEAD),
    "council_lead": ("council", Role.SAFEGUARDING_LEAD),
    "scheme_lead": ("council", Role.SCHEME_LEAD),
    "administrator": (None, Role.ADMINISTRATOR),
}


def add_account(session, key, organisation, role, now):
    account = Account(
        email=f"{key}@example.org",
        name=key.replace("_", " ").title(),
        fs_uniquifier=f"made-{key}",
        confirmed_at=now,
        created_at=now,
    )
    session.add(account)
    session.flush()
    session.add(Grant(account_id=account.id, role=role))
    if organisation:
        agreements.join(session, organisation, account, actor=None, now=now)
    session.flush()
    return account


def assemble(session, now):
    """Bring in three organisations and everybody who works for them."""
    made = {
        "council": OrganisationKind.COUNCIL,
        "charity": OrganisationKind.CHARITY,
        "college": OrganisationKind.COLLEGE,
    }
    organisations = {
        name: agreements.add_organisation(
            session, f"The {name}", kind, actor=None, now=now,
            safeguarding_phone="01632 960001",
        )
        for name, kind in made.items()
    }  # fmt: skip
    accounts = {
        key: add_account(session, key, organisations.get(home), role, now)
        for key, (home, role) in PEOPLE.items()
    }
    return SimpleNamespace(**organisations, **accounts)


def add_volunteer(session, organisation, now, email="vera@example.org", **more):
    made = Volunteer(
        organisation_id=organisation.id,
        name="Vera Fictional",
        moved_at=now,
        created_at=now,
        heard_at=now,
        **{"offers": ["adult"], **more},
    )
    contacts.set_email(session, made, email)
    session.add(made)
    session.flush()
    return made


def add_newcomer(session, organisation, now, **more):
    made = Newcomer(
        organisation_id=organisation.id,
        name="Nour Fictional",
        created_at=now,
        heard_at=now,
        **more,
    )
    session.add(made)
    session.flush()
    return made


def list_lapsed(session, today):
    """List the volunteers whose clearances are due to be settled on a day."""
    noon = datetime.combine(today, time(12), UTC)
    due = tending.list_due(session, noon)
    return [each.subject_id for each in due if each.act is Tending.SETTLE]


def require(session, sets, now):
    """Let other requirements count, without anybody's being settled."""
    settings = required.write_settings(sets)
    policies.set_policy(session, PolicyKind.CLEARANCES, settings, actor=None, now=now)
