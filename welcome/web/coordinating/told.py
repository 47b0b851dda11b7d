"""What newcomers and volunteers told of themselves, as the desk says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from welcome.accounts.access import find_account, names
from welcome.buddies.contacts import shown_phone
from welcome.buddies.models.people import Area, Newcomer, Volunteer
from welcome.buddies.rules.vocabulary import ANY_GENDER, Gender, read_wish
from welcome.buddies.telling import Step
from welcome.partners.access import get_organisation
from welcome.web.database import db
from welcome.web.words import listed, word


@dataclass(frozen=True)
class Told:
    """What stands in the rows of somebody in another form than it is read in."""

    phone: str
    area: str
    wish: str
    # Who takes care of them.
    home: str
    # Which organisation brought a newcomer, and who there, with their address.
    partner: str = ""
    referrer: str = ""
    referrer_email: str = ""


def read_told(person: Newcomer | Volunteer) -> Told:
    """Say what somebody told; raises nothing for whoever is erased."""
    area = db().get(Area, person.area_id) if person.area_id else None
    phone = shown_phone(person.phone) if person.phone else ""
    home = get_organisation(db(), person.organisation_id).name
    told = (phone, area.name if area else "", say_wish(person.wish), home)
    if not isinstance(person, Newcomer) or person.referrer_id is None:
        return Told(*told)
    known = person.referred_by_id
    account = find_account(db(), known) if known else None
    return Told(
        *told,
        partner=get_organisation(db(), person.referrer_id).name,
        referrer=account.name if account else "",
        referrer_email=account.email if account else "",
    )


def told_steps(steps: Sequence[Step]) -> dict[str, object]:
    """Give steps that somebody told, and who wrote them down, as pages show them."""
    writers = [each.written_by_id for each in steps if each.written_by_id]
    return {"steps": steps, "writers": names(db(), writers)}


def say_wish(wish: int) -> str:
    """Say whom somebody would like to meet."""
    if wish == ANY_GENDER:
        return str(_("Anybody"))
    only = {Gender.WOMAN: _("Only women"), Gender.MAN: _("Only men")}
    accepted = read_wish(wish)
    if len(accepted) == 1 and accepted[0] in only:
        return str(only[accepted[0]])
    return listed([word(each) for each in accepted])
