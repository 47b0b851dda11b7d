"""A file of people on its way from being looked at to being taken in: in the page."""

import base64
import json
import zlib
from datetime import datetime, timedelta

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired
from wtforms import BooleanField, FileField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from welcome.buddies.errors import FormTooOld
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people.importing import Import
from welcome.buddies.privacy.notices import Audience
from welcome.database import keyring_of
from welcome.partners.models import Organisation
from welcome.sealing import SealBroken
from welcome.web.allowed import current_account
from welcome.web.database import db
from welcome.web.words import word

FIELD = "sheet_token"
LIVES = timedelta(hours=12)
# Sealed, it has to fit into a form.
MOST_LETTERS = 900_000
KINDS: dict[str, type[Newcomer | Volunteer]] = {
    Audience.NEWCOMER: Newcomer,
    Audience.VOLUNTEER: Volunteer,
}


class ImportForm(FlaskForm):
    """Which file, of whom, and that they agreed."""

    kind = RadioField(
        _l("Who is in the file?"),
        validators=[InputRequired(_l("Choose one of these."))],
    )
    home = SelectField(_l("Which organisation looks after them?"))
    file = FileField(
        _l("The file (CSV, in UTF-8)"),
        [FileRequired(_l("Choose the file."))],
        render_kw={"accept": ".csv,.tsv,.txt"},
    )
    agreed = BooleanField(
        _l("Everybody in it was told what we keep, and agreed"),
        validators=[InputRequired(_l("Tick this once everybody in it agreed."))],
    )

    def offer(self, homes: list[Organisation]) -> None:
        """Offer what may be chosen."""
        self.kind.choices = [
            SelectChoice(each.value, word(each)) for each in map(Audience, KINDS)
        ]
        self.home.choices = [SelectChoice(each.public_id, each.name) for each in homes]


def read_upload(form: ImportForm) -> bytes:
    """Read a file; no form carries more than the application takes in."""
    content: bytes = form.file.data.read()
    return content


def seal(wanted: Import, *, now: datetime) -> str:
    """Seal a file into the page; an empty text where it is too large for that."""
    kind = next(name for name, each in KINDS.items() if each is wanted.kind)
    told = {
        "kind": kind,
        "home": wanted.home.public_id,
        "by": current_account().id,
        "at": now.isoformat(),
        "content": base64.b64encode(zlib.compress(wanted.content, 9)).decode(),
    }
    sealed = keyring_of(db()).seal(json.dumps(told)).decode()
    return sealed if len(sealed) <= MOST_LETTERS else ""


def read(homes: list[Organisation], *, now: datetime) -> Import:
    """Read the file that a page carries; raises FormTooOld where it is not one's own."""
    sealed = request.form.get(FIELD, "")
    try:
        told = json.loads(keyring_of(db()).open(sealed.encode()))
        begun = datetime.fromisoformat(told["at"])
        content = zlib.decompress(base64.b64decode(told["content"]))
        kind, by, place = KINDS[told["kind"]], told["by"], told["home"]
    except (SealBroken, ValueError, TypeError, KeyError, zlib.error):
        raise FormTooOld from None
    home = next((each for each in homes if each.public_id == place), None)
    is_own = by == current_account().id and home is not None
    if home is None or not is_own or not timedelta(0) <= now - begun <= LIVES:
        raise FormTooOld
    return Import(kind, home, content, now.date())
