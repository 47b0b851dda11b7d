"""Partners refer who agreed, and learn one word."""

import pytest
from lxml import html

from tests.web.taking_part.filling import NEWCOMER
from welcome import clock
from welcome.accounts.models import Account, Grant, Role
from welcome.buddies import links
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.people import Newcomer
from welcome.buddies.models.requests import BuddyRequest, RequestSource
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind
from welcome.web.words import INTERFACE_TAGS

HOME, REFER = "/-/partnering/", "/-/partnering/refer"
REFERRED = "/-/partnering/referred"
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


def slip_of(answer):
    page = html.document_fromstring(answer.get_data(as_text=True))
    (slip,) = page.find_class("slip")
    return slip, slip.find_class("code")[0].text_content()


def test_the_slip_is_shown_once_in_the_language_of_whose_it_is(partner, maker):
    answer, _data = refer(partner)
    assert answer.location == REFERRED
    slip, code = slip_of(partner.get(REFERRED))
    assert (slip.getparent().get("lang"), slip.getparent().get("dir")) == ("ar", "rtl")
    with maker() as session:
        link = links.get_by_code(session, code, now=clock.now())
        assert link.purpose is LinkPurpose.MY_REQUEST
    assert partner.get(REFERRED).location == HOME


def test_who_is_known_already_is_shown_alike(partner):
    refer(partner)
    first, _code = slip_of(partner.get(REFERRED))
    refer(partner)
    second, _code = slip_of(partner.get(REFERRED))
    assert len(first.text_content()) == len(second.text_content())


def test_who_may_not_refer_sees_no_slip(client, signed_in_as, cast):
    assert "/-/account/sign-in" in client.get(REFERRED).location
    assert signed_in_as(cast.writer).get(REFERRED).status_code == 403


def test_what_is_kept_is_read_out_in_every_language(partner):
    page = html.document_fromstring(partner.get(REFER).get_data(as_text=True))
    told = [each.get("lang") for each in page.find_class("notice")]
    assert sorted(told) == sorted(INTERFACE_TAGS)


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
