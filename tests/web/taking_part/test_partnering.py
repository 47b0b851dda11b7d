"""Partners refer who agreed, and learn one word."""

import pytest

from tests.web.taking_part.filling import NEWCOMER
from welcome.accounts.models import Account, Grant, Role
from welcome.buddies.models.people import Newcomer
from welcome.buddies.models.requests import BuddyRequest, RequestSource
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind

HOME, REFER = "/-/partnering/", "/-/partnering/refer"
WHOLE = {name: value for step in NEWCOMER for name, value in step.items()} | {
    "agreed": "y", "language_3": "", "level_3": "", "level_other": "",
    "language_2": "", "level_2": "",
}  # fmt: skip


@pytest.fixture
def person(session, council, now):
    """Make somebody with a role, who works for an organisation of their own."""

    def make(key, role):
        account = Account(
            email=f"{key}@example.org", name=key, fs_uniquifier=key,
            interface_tag="en", confirmed_at=now, created_at=now,
        )  # fmt: skip
        session.add(account)
        session.flush()
        session.add(Grant(account_id=account.id, role=role))
        own = agreements.add_organisation(
            session, f"Group of {key}", OrganisationKind.CHARITY, actor=None, now=now
        )
        agreements.join(session, own, account, actor=None, now=now)
        session.commit()
        return account

    return make


@pytest.fixture
def partner(signed_in_as, person):
    return signed_in_as(person("ref", Role.REFERRER))


def refer(client, **changes):
    page = client.get(REFER).get_data(as_text=True)
    token = page.split('name="form_token" value="')[1].split('"')[0]
    data = {**WHOLE, "form_token": token, **changes}
    return client.post(REFER, data=data), data


def test_a_partner_refers_once_and_sees_one_word(partner, read, signed_in_as, person):
    answer, data = refer(partner)
    assert answer.status_code == 302
    again = partner.post(REFER, data=data)
    assert again.status_code == 302
    (request,) = read(BuddyRequest)
    assert request.source is RequestSource.PARTNER
    listed = partner.get(HOME).get_data(as_text=True)
    assert "Nadia" in listed
    assert "Waiting for a buddy" in listed
    for hidden in ("nadia@example.org", "Arabic", "Walking", request.public_id):
        assert hidden not in listed
    other = signed_in_as(person("other", Role.REFERRER))
    assert "Nadia" not in other.get(HOME).get_data(as_text=True)


def test_nobody_is_referred_who_does_not_agree(partner, read):
    answer, _ = refer(partner, agreed="", name="", level_1="", times=[])
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert page.count('<li><a href="#') == 4
    assert "nadia@example.org" in page
    assert read(Newcomer) == []


@pytest.mark.parametrize("address", [HOME, REFER])
def test_only_those_who_may_refer_get_in(client, signed_in_as, cast, person, address):
    assert "/-/account/sign-in" in client.get(address).location
    assert client.post(REFER).status_code == 401
    may = {"coordinator", "neighbour", "referrer"}
    for key, account in vars(cast).items():
        if key in may:
            assert signed_in_as(account).get(address).status_code == 200, key
            continue
        assert signed_in_as(account).get(address).status_code == 403
        assert signed_in_as(account).post(REFER).status_code == 403
    lead = signed_in_as(person("lead", Role.SAFEGUARDING_LEAD))
    assert lead.get(address).status_code == 403
    assert signed_in_as(person("co", Role.COORDINATOR)).get(address).status_code == 200


def test_a_form_that_is_not_ours_is_shown_again(partner, read):
    answer, _ = refer(partner, form_token="made up")
    assert answer.status_code == 400
    assert "Nadia" in answer.get_data(as_text=True)
    assert read(Newcomer) == []
