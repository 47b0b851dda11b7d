"""Letters as they come: programs open every link before whoever it is for."""

import re
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import select

from tests.buddies import rows
from tests.web.taking_part.test_links import press
from welcome.database import Base
from welcome.messages.models import Message

SITE = rows.SCHEME.site_url.rstrip("/")
LINK = re.compile(rf"{re.escape(SITE)}(/\S*)")
# Links that people act behind; the others lead to a page that is open to everybody.
ACTS = re.compile(r"/-/take-part/([a-z-]+)/")
# The letters with a link that each story brings.
LETTERS = {
    "door": {"volunteer_sign_in", "reference_asked", "reference_reminder"},
    "pair": {
        "proposal_to_volunteer", "proposal_reminder", "proposal_to_newcomer",
        "introduction", "check_in", "did_you_meet", "review", "ending_notice",
    },
    "still free": {"still_free"},
    "no further": {"proposal_to_volunteer", "proposal_to_newcomer", "no_longer"},
    "staff": {"invitation", "password_reset", "password_changed", "account_locked"},
    "safeguarding": {"desk_waits", "lead_wanted"},
}  # fmt: skip
AGENTS = (
    "Mozilla/5.0 (compatible; MailScanner/1.0)",
    "WhatsApp/2.23.20.0",
    "Mozilla/5.0 (Windows NT 10.0) SafeLinks",
)
# What somebody presses behind their link, and what is answered.
PRESSED = {
    "sign-in": ("sign-in", {}, 302),
    "answer": ("yes", {}, 200),
    # Of the question that is asked, the last button.
    "check-in": ("", {}, 200),
    "mine": ("show", {}, 200),
    "still-free": ("yes", {}, 200),
    "reference": (
        "answer",
        {"known_for": "over-three-years", "comment": "Work", "would_trust": "yes"},
        200,
    ),
}


@dataclass
class Post:
    """Letters as they come: a program opens each link before whoever it is for."""

    app: object
    maker: object
    letters: set = field(default_factory=set)
    read: set = field(default_factory=set)

    def everything(self):
        """Every row of every table."""
        with self.maker() as session:
            return {
                name: sorted(map(repr, session.connection().execute(sa.select(table))))
                for name, table in Base.metadata.tables.items()
            }

    def comes(self):
        """List the links of the letters that came since."""
        with self.maker() as session:
            found = list(session.exec(select(Message).order_by(Message.id)))
        new = [each for each in found if each.id not in self.read]
        self.read |= {each.id for each in new}
        self.letters |= {each.letter for each in new if LINK.search(each.body)}
        return [link for each in new for link in LINK.findall(each.body)]

    def scans(self, address):
        """Open a link as programs do, and all that the page leads to."""
        for agent in AGENTS:
            program = self.app.test_client()
            for method in ("HEAD", "GET"):
                answer = program.open(
                    address, method=method, headers={"User-Agent": agent},
                    follow_redirects=True,
                )  # fmt: skip
                assert answer.status_code == 200
            for other in re.findall(r'href="(/[^"#]*)"', answer.text):
                program.get(other, headers={"User-Agent": agent}, buffered=True)

    def works(self, address, path):
        """Open it as a person, and press the button."""
        go, said, code = PRESSED[path]
        person = self.app.test_client()
        page = person.get(address)
        assert page.status_code == 200
        go = go or re.findall(r'name="go" value="([^"]+)"', page.text)[-1]
        assert press(person, address, go, **said).status_code == code

    def delivers(self):
        """Have all new links opened by programs first, then used by those they are for.

        Lists what was pressed.
        """
        links = self.comes()
        before = self.everything()
        for address in links:
            self.scans(address)
        assert self.everything() == before
        pressed = [(address, ACTS.match(address)) for address in links]
        for address, found in pressed:
            if found:
                self.works(address, found[1])
            else:
                assert self.app.test_client().get(address).status_code in {200, 302}
        return [found[1] for _address, found in pressed if found]
