"""The officer who reads no Polish: a table out, a table back, a statement, the truth."""

import io

import docx
import pytest
from sqlmodel import select

from welcome.accounts import membership
from welcome.accounts.models import Role
from welcome.translation.models import RevisionStatement, Target, TargetState

DESK = "/-/translating/town/pl/"
STATEMENT = {
    "agency": "Example Languages",
    "reference": "EL-2026-17",
    "revised_on": "2026-03-02",
    "two_linguists": "y",
}


@pytest.fixture
def officer(signed_in_as, cast, pack):
    return signed_in_as(cast.officer)


def filled(file, words):
    """Fill the second column of a table as a person would."""
    document = docx.Document(io.BytesIO(file))
    for table in document.tables:
        for row in table.rows:
            for source, text in words.items():
                if row.cells[0].text.startswith(source):
                    row.cells[1].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def send_back(officer):
    """Take the doctor page's table out and bring it back with some words."""

    def act(words):
        out = officer.get(DESK + "word-table.docx?page=doctor")
        table = filled(out.data, words)
        form = {"file": (io.BytesIO(table), "table.docx")}
        return officer.post(DESK + "word-table/", data=form)

    return act


def targets_now(session):
    session.expire_all()
    found = session.exec(select(Target).where(Target.tag == "pl")).all()
    session.commit()
    return found


def named(targets):
    return [f"{each.id}:{each.revision}" for each in targets]


def test_the_table_goes_out_as_a_file(officer):
    answer = officer.get(DESK + "word-table.docx")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert docx.Document(io.BytesIO(answer.data)).tables


def test_every_row_is_accounted_for(send_back, session):
    answer = send_back({"See a doctor": "Wizyta u lekarza"})
    text = " ".join(answer.get_data(as_text=True).split())
    assert "1 row saved" in text
    assert "rows left empty" in text
    (target,) = targets_now(session)
    assert (target.text, target.state) == ("Wizyta u lekarza", TargetState.SUBMITTED)


def test_a_statement_accepts_what_came_back(officer, send_back, session, cast):
    send_back({"See a doctor": "Wizyta u lekarza"})
    form = STATEMENT | {"targets": named(targets_now(session))}
    answer = officer.post(DESK + "statement/", data=form)
    assert answer.status_code == 302
    (target,) = targets_now(session)
    assert target.state is TargetState.ACCEPTED
    assert target.reviewer_id is None
    kept = session.get(RevisionStatement, target.statement_id)
    assert (kept.agency, kept.accepted_by) == ("Example Languages", cast.officer.id)


@pytest.mark.parametrize("missing", sorted(STATEMENT))
def test_a_statement_must_be_whole(officer, send_back, session, missing):
    send_back({"See a doctor": "Wizyta u lekarza"})
    form = STATEMENT | {"targets": named(targets_now(session))}
    del form[missing]
    assert officer.post(DESK + "statement/", data=form).status_code == 422
    (target,) = targets_now(session)
    assert target.state is TargetState.SUBMITTED


def test_a_wrong_number_blocks_here_too(officer, send_back, session):
    send_back({"In an emergency": "W nagłym wypadku dzwoń pod {{emergency}} lub 911."})
    page = officer.get(DESK + "statement/").get_data(as_text=True)
    assert "let it pass with a reason" in page
    form = STATEMENT | {"targets": named(targets_now(session))}
    assert officer.post(DESK + "statement/", data=form).status_code == 409
    (target,) = targets_now(session)
    assert target.state is TargetState.SUBMITTED


def test_where_somebody_reads_the_language_a_statement_is_not_asked_for(
    signed_in_as, cast, pack, session, now
):
    page = signed_in_as(cast.officer).get("/-/translating/town/ur/statement/")
    assert "Nothing waits" in page.get_data(as_text=True)


def test_what_is_no_table_is_refused_with_a_reason(officer, session):
    for content, name in ((b"not a table", "a.docx"), (b"x", "a.pdf")):
        form = {"file": (io.BytesIO(content), name)}
        answer = officer.post(DESK + "word-table/", data=form)
        assert answer.status_code == 422
    assert officer.post(DESK + "word-table/", data={}).status_code == 422
    assert targets_now(session) == []


def test_a_text_that_changed_since_is_not_accepted_unseen(officer, send_back, session):
    send_back({"See a doctor": "Wizyta u lekarza"})
    (target,) = targets_now(session)
    form = STATEMENT | {"targets": f"{target.id}:{target.revision + 1}"}
    assert officer.post(DESK + "statement/", data=form).status_code == 409
    (target,) = targets_now(session)
    assert target.state is TargetState.SUBMITTED


def test_a_statement_about_what_somebody_else_accepted_is_shown_to_be_copied(
    officer, send_back, session
):
    send_back({"See a doctor": "Wizyta u lekarza"})
    form = STATEMENT | {"targets": named(targets_now(session))}
    assert officer.post(DESK + "statement/", data=form).status_code == 302
    answer = officer.post(DESK + "statement/", data=form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "changed after you opened" in text
    assert all(STATEMENT[name] in text for name in ("agency", "reference"))


def test_a_statement_that_came_too_late_for_a_second_reader_is_shown_to_be_copied(
    officer, send_back, session, cast, now
):
    send_back({"See a doctor": "Wizyta u lekarza"})
    form = STATEMENT | {"targets": named(targets_now(session))}
    membership.grant(session, cast.writer, Role.REVIEWER, "pl", actor=None, now=now)
    session.commit()
    answer = officer.post(DESK + "statement/", data=form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Somebody here" in text
    assert all(STATEMENT[name] in text for name in ("agency", "reference"))
