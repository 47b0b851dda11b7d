"""A volunteer who is signed in sees whom they meet, answers, or says they would stop."""

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.buddies.models.people import Volunteer
from welcome.buddies.people import own_pairs
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.taking_part.home import desk
from welcome.web.taking_part.sign_in import as_volunteer


@desk.post("/pair")
@as_volunteer
def act_on_pair(volunteer: Volunteer) -> ResponseReturnValue:
    """Lead to the question as its letter does, or pass on that they would stop."""
    public_id = request.form.get("pair", "")
    pairing = own_pairs.get_known(db(), volunteer, public_id)
    if request.form.get("go") == "stop":
        own_pairs.ask_to_stop(db(), pairing, now=clock.now())
        db().commit()
        flash_done(_("Your coordinator knows now, and will speak to you about it."))
        return redirect(url_for("volunteering.home"))
    token = own_pairs.show_question(db(), pairing, now=clock.now())
    db().commit()
    there = url_for("taking_part.behind", what="answer", token=token)
    headers = {"Location": there, "Referrer-Policy": "no-referrer"}
    return Response(status=302, headers=headers)
