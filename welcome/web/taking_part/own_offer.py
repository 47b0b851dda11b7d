"""A volunteer who is signed in changes when, where and how they are there."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from welcome import clock
from welcome.buddies.models.people import Volunteer
from welcome.buddies.people import own_steps
from welcome.buddies.people.errors import PlacesHeld
from welcome.buddies.people.volunteers import Offering
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done
from welcome.web.taking_part.home import desk
from welcome.web.taking_part.mine import ContactForm
from welcome.web.taking_part.pieces import WhenAndWhere
from welcome.web.taking_part.sign_in import as_volunteer
from welcome.web.taking_part.still_free import UNTICKED
from welcome.web.taking_part.volunteer_form import MOST_NEWCOMERS
from welcome.web.words import word


class OfferForm(WhenAndWhere):
    """How many people somebody meets at the same time, when and where."""

    never = UNTICKED

    capacity = SelectField(_l("How many people could you meet at the same time?"))

    def let_choose(self, volunteer: Volunteer) -> None:
        """Offer numbers, also the one that is known."""
        numbers = sorted({*range(1, MOST_NEWCOMERS + 1), volunteer.capacity})
        self.capacity.choices = [SelectChoice(str(each), str(each)) for each in numbers]


@desk.route("/offer", methods=["GET", "POST"])
@as_volunteer
def change_offer(volunteer: Volunteer) -> ResponseReturnValue:
    """Change places, times and home."""
    is_sent = request.method == "POST"
    form = OfferForm(request.form if is_sent else None)
    form.let_choose(volunteer)
    if not is_sent:
        form.show(volunteer)
        form.capacity.data = str(volunteer.capacity)
        return render_template("taking_part/volunteer_offer.html", form=form)
    if form.validate():
        offering = Offering(int(form.capacity.data), form.free(), form.place())
        try:
            own_steps.change_offering(db(), volunteer, offering, now=clock.now())
        except PlacesHeld as problem:
            db().rollback()
            form.capacity.errors = [word(problem.code)]
        else:
            return _saved()
    return render_template("taking_part/volunteer_offer.html", form=form), 422


@desk.route("/reach", methods=["GET", "POST"])
@as_volunteer
def change_reach(volunteer: Volunteer) -> ResponseReturnValue:
    """Change how they are reached; what is known is never shown."""
    is_sent = request.method == "POST"
    form = ContactForm(request.form if is_sent else None)
    if is_sent and form.validate():
        own_steps.change_reach(
            db(), volunteer, form.contact(), scheme(), now=clock.now()
        )
        return _saved()
    page = render_template("taking_part/volunteer_reach.html", form=form)
    return page, 422 if is_sent else 200


def _saved() -> ResponseReturnValue:
    db().commit()
    flash_done(_("Saved."))
    return redirect(url_for("volunteering.home"))
