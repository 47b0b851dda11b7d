"""What a coordinator fills in for somebody: as they are asked, and who agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from welcome.buddies.models.people import Channel, Prefers, SpokenThrough
from welcome.buddies.people.applications import Application
from welcome.buddies.people.recording import Agreed
from welcome.buddies.privacy.notices import Notice
from welcome.buddies.rules import languages
from welcome.partners.models import Organisation
from welcome.phrases.catalogues import mark
from welcome.web.coordinating.told_forms import interpreter_field, is_named
from welcome.web.taking_part import volunteer_form
from welcome.web.taking_part.fields import (
    LONGEST_NAME,
    OwnForm,
    at_most,
    needed,
    offered,
    tidy,
)
from welcome.web.taking_part.newcomer_form import (
    HowToReach,
    WhatYouSpeak,
    WhoMeets,
    Wishes,
)
from welcome.web.taking_part.pieces import WhenAndWhere
from welcome.web.taking_part.volunteer_form import (
    AboutYou,
    Referees,
    RoleAndInterests,
)
from welcome.web.words import interface_tag

WHO = mark("Write who agreed.")
WHEN = mark("Write the day on which they agreed.")
AGREED = mark("Tick this once they have heard what we keep, and agree.")


class AboutThem(AboutYou):
    """As volunteers are asked themselves; paper does for who has nothing else."""

    def offer(self) -> None:
        """Offer what may be chosen."""
        self.channel.choices = offered((*volunteer_form.CHANNELS, Channel.PAPER))


class WhoAgreed(OwnForm):
    """Who agreed, when, and how they were told what is kept."""

    agreed_by = StringField(
        _l("Who agreed?"),
        filters=[tidy],
        validators=[needed(WHO), at_most(LONGEST_NAME)],
        render_kw={"autocomplete": "off"},
    )
    agreed_on = DateField(_l("On which day?"), validators=[needed(WHEN)])
    through = SelectField(_l("How did you speak?"))
    interpreted_by = interpreter_field()
    agreed_in = SelectField(_l("In which language were they told what we keep?"))
    home = SelectField(_l("Which organisation looks after them?"))
    agreed = BooleanField(
        _l("They have heard what we keep, and agree"), validators=[needed(AGREED)]
    )

    def offer(self) -> None:
        """Offer what may be chosen."""
        self.through.choices = offered(SpokenThrough)
        self.agreed_in.choices = [
            SelectChoice(each.code, each.name)
            for each in languages.list_languages(interface_tag())
        ]
        if self.agreed_in.raw_data is None:
            self.agreed_in.data = "en"
        self.home.choices = []

    def offer_homes(self, own: Sequence[Organisation]) -> None:
        """Ask for which organisation only whoever works for several."""
        self.home.choices = [SelectChoice(each.public_id, each.name) for each in own]
        if len(own) == 1:
            del self.home

    def check(self) -> bool:
        """Ask for the name of an interpreter where there was one."""
        return is_named(self.through, self.interpreted_by) and not self.errors

    def told(self) -> Agreed:
        """Give what was agreed."""
        return Agreed(
            by=self.agreed_by.data,
            on=self.agreed_on.data,
            language=self.agreed_in.data,
            through=SpokenThrough(self.through.data),
            interpreter=self.interpreted_by.data,
        )


Forms = Mapping[str, OwnForm]

NEWCOMER: Mapping[str, type[OwnForm]] = {
    "reach": HowToReach,
    "languages": WhatYouSpeak,
    "when": WhenAndWhere,
    "wishes": Wishes,
    "home": WhoMeets,
    "agreed": WhoAgreed,
}
VOLUNTEER: Mapping[str, type[OwnForm]] = {
    "you": AboutThem,
    "languages": WhatYouSpeak,
    "when": WhenAndWhere,
    "role": RoleAndInterests,
    "referees": Referees,
    "agreed": WhoAgreed,
}


def application(forms: Forms, key: str, notice: Notice) -> Application:
    """Put together what a volunteer told: the language to write in is asked for."""
    spoken: WhatYouSpeak = forms["languages"]
    told = volunteer_form.application(forms, key, notice)
    prefers = Prefers(spoken.prefers.data)
    return replace(told, tag=spoken.tag.data, prefers=prefers)
