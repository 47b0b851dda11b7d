"""What the pages of a signed-in volunteer tell the form for concerns: who they are."""

from welcome import clock
from welcome.buddies.models.people import Volunteer
from welcome.web.database import db
from welcome.web.taking_part import carrying

SIGNED_IN = "signed-in"


def about_oneself(volunteer: Volunteer) -> str:
    """Seal who is signed in, so that whom a worry is about need not be said."""
    carried = carrying.begin(SIGNED_IN, now=clock.now())
    carried.keep("volunteer", {"id": [str(volunteer.id)]})
    return carrying.seal(db(), carried)
