"""Two presses in the same moment: a double click, two tabs, an impatient thumb."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import html

from tests.conftest import KINDS as DATABASES
from tests.web.taking_part.filling import FROM_HERE, NEWCOMER, VOLUNTEER, Filler
from welcome import clock
from welcome.buddies import links
from welcome.buddies.links import About
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.desk import Link, LinkPurpose, Task
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest, RequestState

FORMS = {"newcomer": NEWCOMER, "volunteer": VOLUNTEER}
PEOPLE = {"newcomer": Newcomer, "volunteer": Volunteer}


@pytest.fixture(params=DATABASES)
def database_url(request):
    """Each kind of database: two at once is another matter in each."""
    return request.getfixturevalue(f"{request.param}_database")


def at_once(app, act, times=2):
    """Do something from several browsers in the same moment."""
    start = threading.Barrier(times)

    def go(_number):
        client = app.test_client()
        start.wait()
        return act(client)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(go, range(times)))


@pytest.mark.parametrize("form", FORMS)
def test_a_double_click_brings_one_person_in(app, fill, read, form):
    filled = fill(form).fill(FORMS[form][:-1])
    data = {**filled.shown(), "go": "next", "has_read": "y"}
    answers = at_once(
        app,
        lambda client: client.post(filled.address, data=data, headers=FROM_HERE),
        times=4,
    )
    assert {each.status_code for each in answers} == {200}
    assert len({each.get_data() for each in answers}) == 1
    assert len(read(PEOPLE[form])) == 1
    assert len(read(Link)) == 1
    if form == "volunteer":
        assert len(read(Referee)) == 2
    else:
        assert len(read(BuddyRequest)) == 1


def test_two_forms_of_one_person_at_once_are_one_person(app, council, read):
    """Somebody who fills it in twice is known the second time, and is told the same."""
    pages = []
    for _again in range(2):
        page = Filler(app.test_client(), "/-/take-part/en/newcomer/")
        pages.append(page.fill(NEWCOMER[:-1]).shown())
    waiting = iter(pages)
    answers = at_once(
        app,
        lambda client: client.post(
            "/-/take-part/en/newcomer/",
            data={**next(waiting), "go": "next", "has_read": "y"},
            headers=FROM_HERE,
        ),
    )
    assert {each.status_code for each in answers} == {200}
    assert len(read(Newcomer)) == 1


@pytest.fixture
def withdrawing(session, fill, read):
    """Somebody who asked, and the page on which they withdraw."""
    fill("newcomer").fill(NEWCOMER)
    (request,) = read(BuddyRequest)
    about = About("buddy_request", request.id)
    made = links.make(session, LinkPurpose.MY_REQUEST, about, now=clock.now())
    session.commit()
    return f"/-/take-part/mine/{made.token}"


def test_of_two_presses_at_once_behind_a_link_one_acts(app, withdrawing, read):
    page = app.test_client().get(withdrawing).get_data(as_text=True)
    (token, *_) = html.document_fromstring(page).xpath(
        "//input[@name='form_token']/@value"
    )
    data = {"form_token": token, "go": "withdraw"}
    answers = at_once(
        app, lambda client: client.post(withdrawing, data=data, headers=FROM_HERE)
    )
    assert sorted(each.status_code for each in answers) == [200, 410]
    assert read(BuddyRequest)[0].state is RequestState.WITHDRAWN
    assert read(Task) == []
