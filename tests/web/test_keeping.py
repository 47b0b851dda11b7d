"""The keeping desk: who gets in, and what an administrator does there."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from welcome.accounts import journal, membership
from welcome.accounts.models import Account, Grant, Role
from welcome.jobs.models import Job, JobState
from welcome.messages.models import Message

DESK = "/-/keeping"
PAGES = (
    "",
    "accounts/",
    "accounts/invite",
    "locales/",
    "jobs/",
    "messages/",
    "journal/",
)


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize("page", PAGES)
def test_an_administrator_opens_every_page(keeper, page):
    assert keeper.get(f"{DESK}/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["writer", "translator_ur", "reviewer_ur", "publisher"])
def test_nobody_else_opens_any(signed_in_as, cast, who, page):
    client = signed_in_as(getattr(cast, who))
    assert client.get(f"{DESK}/{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_sign_in(client, page):
    answer = client.get(f"{DESK}/{page}")
    assert answer.location.startswith("/-/account/sign-in?next=")


@pytest.mark.parametrize(
    "act",
    [
        "accounts/1/grant",
        "accounts/1/revoke/1",
        "accounts/1/deactivate",
        "accounts/1/activate",
        "accounts/1/invite-again",
        "jobs/1/retry",
        "jobs/1/cancel",
        "messages/1/retry",
        "messages/1/discard",
    ],
)
def test_a_translator_does_nothing_here(signed_in_as, cast, act):
    client = signed_in_as(cast.translator_ur)
    assert client.post(f"{DESK}/{act}").status_code == 403


@pytest.mark.parametrize(
    "page",
    ["accounts/999/", "accounts/999/grant", "jobs/999/retry", "messages/9/retry"],
)
def test_what_is_not_there_is_not_found(keeper, page):
    opened = keeper.get if page.endswith("/") else keeper.post
    assert opened(f"{DESK}/{page}").status_code == 404


@pytest.mark.usefixtures("pack")
def test_inviting_makes_an_account_a_role_and_a_letter(keeper, read):
    answer = keeper.post(f"{DESK}/accounts/invite", data=_invitation())
    [account] = read(Account, Account.email == "new@example.org")
    assert answer.location == f"{DESK}/accounts/{account.id}/"
    [grant] = read(Grant, Grant.account_id == account.id)
    assert (grant.role, grant.tag) == (Role.REVIEWER, "ur")
    [letter] = read(Message)
    assert (letter.recipient, letter.tag) == ("new@example.org", "pl")
    assert "https://welcome.example.org/-/account/invitation/" in letter.body


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "nobody"}, "nobody"),
        ({"email": "writer@example.org"}, "account already"),
        ({"name": ""}, "Enter a name"),
        ({"role": "writer"}, "all languages"),
    ],
)
def test_a_wrong_invitation_keeps_what_was_typed_and_saves_nothing(
    keeper, read, wrong, said
):
    before = len(read(Account))
    answer = keeper.post(f"{DESK}/accounts/invite", data=_invitation(**wrong))
    assert answer.status_code == 200
    assert said in answer.text
    assert 'value="Language volunteers"' in answer.text
    assert (len(read(Account)), read(Message)) == (before, [])


@pytest.mark.usefixtures("pack")
def test_inviting_again_makes_the_first_link_worthless(keeper, read):
    keeper.post(f"{DESK}/accounts/invite", data=_invitation())
    [account] = read(Account, Account.email == "new@example.org")
    keeper.post(f"{DESK}/accounts/{account.id}/invite-again")
    first, second = (_link(each) for each in read(Message))
    assert keeper.get(first).location == "/-/account/sign-in"
    assert keeper.get(second).location.startswith("/-/account/new-password/")


def test_who_has_a_password_is_not_invited_again(keeper, session, cast, read):
    cast.writer.password = "set"
    session.commit()
    keeper.post(f"{DESK}/accounts/{cast.writer.id}/invite-again")
    assert read(Message) == []


@pytest.mark.usefixtures("pack")
def test_roles_are_given_and_taken_back(keeper, cast, read):
    place = f"{DESK}/accounts/{cast.writer.id}"
    keeper.post(f"{place}/grant", data={"role": "reviewer", "tag": "ur"})
    mine = Grant.account_id == cast.writer.id
    held = {(each.role, each.tag): each.id for each in read(Grant, mine)}
    assert set(held) == {(Role.WRITER, None), (Role.REVIEWER, "ur")}
    keeper.post(f"{place}/revoke/{held[Role.REVIEWER, 'ur']}")
    assert [each.role for each in read(Grant, mine)] == [Role.WRITER]


def test_another_accounts_role_is_not_taken_through_this_one(keeper, cast, read):
    [theirs] = read(Grant, Grant.account_id == cast.publisher.id)
    path = f"{DESK}/accounts/{cast.writer.id}/revoke/{theirs.id}"
    assert keeper.post(path).status_code == 404
    assert read(Grant, Grant.id == theirs.id)


@pytest.mark.parametrize("act", ["revoke", "deactivate"])
def test_the_last_administrator_stays_and_is_told_why(keeper, cast, read, act):
    place = f"{DESK}/accounts/{cast.administrator.id}"
    [held] = read(Grant, Grant.account_id == cast.administrator.id)
    path = f"{place}/revoke/{held.id}" if act == "revoke" else f"{place}/deactivate"
    answer = keeper.post(
        path, headers={"Referer": f"http://localhost{place}/"}, follow_redirects=True
    )
    assert "last administrator" in answer.text
    assert read(Grant, Grant.id == held.id)
    assert keeper.get(f"{DESK}/").status_code == 200


def test_letting_go_and_in_again(keeper, signed_in_as, cast, read):
    theirs = signed_in_as(cast.writer)
    assert theirs.get("/-/account/").status_code == 200
    keeper.post(f"{DESK}/accounts/{cast.writer.id}/deactivate")
    assert theirs.get("/-/account/").status_code == 302
    assert not read(Account, Account.id == cast.writer.id)[0].active
    keeper.post(f"{DESK}/accounts/{cast.writer.id}/activate")
    assert read(Account, Account.id == cast.writer.id)[0].active
    page = keeper.get(f"{DESK}/accounts/{cast.writer.id}/").text
    assert cast.administrator.name in page


def test_the_first_page_names_what_failed(keeper, session, cast, now):
    assert "Nothing needs your hand" not in keeper.get(f"{DESK}/").text
    for account in vars(cast).values():
        account.password = "set"
    session.commit()
    assert "Nothing needs your hand" in keeper.get(f"{DESK}/").text
    session.add(Job(kind="print", run_at=now, created_at=now, state=JobState.FAILED))
    session.commit()
    assert "1 job failed" in keeper.get(f"{DESK}/").text


def test_the_journal_is_paged_and_filtered(keeper, session, cast, now):
    entries = [
        journal.write(
            session,
            f"act.{number}",
            "thing",
            number,
            actor=cast.writer if number % 2 else None,
            now=now + timedelta(seconds=number),
        )
        for number in range(60)
    ]
    session.commit()
    first = keeper.get(f"{DESK}/journal/")
    assert "act.59" in first.text
    assert "act.9<" not in first.text
    older = keeper.get(f"{DESK}/journal/?before={entries[10].id}").text
    assert "act.9<" in older
    assert "act.59" not in older
    theirs = keeper.get(f"{DESK}/journal/?actor={cast.writer.id}").text
    assert "act.58<" not in theirs
    assert "act.57<" in theirs
    one = keeper.get(f"{DESK}/journal/?subject=thing&number=7").text
    assert "act.7<" in one
    assert "act.8<" not in one


def test_a_journal_full_of_markup_shows_it_as_text(keeper, session, now):
    journal.write(
        session, "<script>alert(1)</script>", "thing", 1, actor=None, now=now, why="<b>"
    )
    session.commit()
    page = keeper.get(f"{DESK}/journal/").text
    assert "<script>alert" not in page
    assert "&lt;b&gt;" in page


@pytest.mark.usefixtures("pack")
def test_locales_say_where_a_second_reader_is_missing(keeper, session, cast, now):
    row = _row(keeper, "ur")
    assert "nobody: use an agency" not in row
    assert "nobody: use an agency" in _row(keeper, "pl")
    membership.deactivate(session, cast.reviewer_ur, actor=cast.administrator, now=now)
    session.commit()
    assert "nobody: use an agency" in _row(keeper, "ur")


@pytest.mark.usefixtures("cast")
def test_pages_of_the_desk_do_not_ask_more_as_accounts_grow(
    keeper, session, engine, now
):
    keeper.get(f"{DESK}/accounts/")  # the first connection asks things of its own
    few = _count(engine, keeper, "accounts/")
    for number in range(30):
        membership.invite(
            session,
            membership.Invitation(
                f"p{number}@example.org", "P", roles=((Role.WRITER, None),)
            ),
            actor=None,
            now=now,
        )
    session.commit()
    # Fewer where the look for new editions, which is due every few seconds, fell before.
    assert _count(engine, keeper, "accounts/") <= few


def _count(engine, client, page):
    asked = []

    def note(*args):
        if args[2].startswith("SELECT"):
            asked.append(args[2])

    event.listen(engine, "before_cursor_execute", note)
    client.get(f"{DESK}/{page}")
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def _row(client, tag):
    page = client.get(f"{DESK}/locales/").text
    [row] = [
        each for each in page.split("<tr ") if f'<span class="tag">{tag}</span>' in each
    ]
    return row


def _invitation(**wrong):
    right = {
        "email": "new@example.org",
        "name": "New Person",
        "organisation": "Language volunteers",
        "interface_tag": "pl",
        "role": "reviewer",
        "tag": "ur",
    }
    return {**right, **wrong}


def _link(message):
    site = "https://welcome.example.org"
    [line] = [each for each in message.body.splitlines() if each.startswith(site)]
    return line.removeprefix(site)
