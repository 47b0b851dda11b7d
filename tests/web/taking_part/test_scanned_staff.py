"""The links of letters to staff, opened by programs first: nothing changes either."""

import pytest

from tests.buddies import clearing_people
from tests.buddies.scenes import SCHEME
from tests.web.ada import PLACE, is_in, sign_in
from tests.web.taking_part.scanning import LETTERS, Post
from welcome import clock
from welcome.accounts.locks import MOST_FAILURES
from welcome.buddies.concerns import safeguarding
from welcome.buddies.concerns.safeguarding import Worry
from welcome.buddies.models.concerns import RaisedBy

FRESH = {"password": "other good words", "password_confirm": "other good words"}


@pytest.fixture
def post(app, maker):
    return Post(app, maker)


def opened(post):
    """Have the links of the new letters opened by programs, and give the last."""
    links = post.comes()
    before = post.everything()
    for each in links:
        post.scans(each)
    assert post.everything() == before
    return links[-1]


def choose(post, link):
    """Choose a password behind a link, as a person does."""
    person = post.app.test_client()
    form = person.get(link, follow_redirects=True).request.path
    return person.post(form, data=FRESH)


def test_a_password_is_chosen_after_the_program(client, keeper, ada, post):
    new = {
        "email": "new@example.org", "name": "New", "organisation": "Town",
        "interface_tag": "en", "role": "writer", "tag": "",
    }  # fmt: skip
    keeper.post("/-/keeping/accounts/invite", data=new)
    assert choose(post, opened(post)).location == f"{PLACE}/sign-in"
    opened(post)
    client.post(f"{PLACE}/new-password", data={"email": ada.email})
    assert choose(post, opened(post)).location == f"{PLACE}/sign-in"
    assert opened(post) == f"{PLACE}/new-password"
    for _ in range(MOST_FAILURES):
        sign_in(client, password="wrong words here")
    assert opened(post) == f"{PLACE}/new-password"
    assert not is_in(client)
    assert post.letters == LETTERS["staff"]


def test_a_desk_waits_on_though_the_program_came(session, now, post):
    people = clearing_people.assemble(session, now)
    vera = clearing_people.add_volunteer(session, people.charity, now)
    for about, is_about_lead in ((vera, False), (people.council, True)):
        worry = Worry(
            raised_by=RaisedBy.NEWCOMER, what="Nothing.", is_about_lead=is_about_lead
        )
        safeguarding.raise_concern(
            session,
            safeguarding.whom(about),
            worry,
            SCHEME,
            actor=None,
            now=clock.now(),
        )
        session.commit()
        assert opened(post) == safeguarding.DESK
    assert post.letters == LETTERS["safeguarding"]
