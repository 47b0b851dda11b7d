"""The lead writes what the forms say, looks at it first, and finds every version."""

from welcome.buddies.models.desk import PolicyKind, PolicyVersion
from welcome.buddies.privacy.wording import EDITABLE

PAGE = "/-/arranging/notices/en/"


def text_of(answer, code=200):
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def filled(version=0, go="save", **texts):
    empty = dict.fromkeys([*EDITABLE, "controller", "contact"], "")
    return {**empty, "version": str(version), "go": go, **texts}


def versions(read):
    return read(PolicyVersion, PolicyVersion.kind == PolicyKind.NOTICES)


def test_it_is_looked_at_before_it_counts(lead, client, read):
    data = filled(go="look", basis="The law of {newcomer} months.", controller="We")
    shown = text_of(lead.post(PAGE, data=data))
    assert "This is how it will be said" in shown
    assert "The law of 6 months." in shown
    assert versions(read) == []
    answer = lead.post(PAGE, data={**data, "go": "save"})
    assert answer.status_code == 302
    home = text_of(lead.get(answer.location))
    assert f"1 of {len(EDITABLE)} parts" in home
    assert "Lea Example" in home
    [made] = versions(read)
    assert made.settings["texts"] == {"en": {"basis": "The law of {newcomer} months."}}
    page = text_of(lead.get("/-/arranging/versions/notices/1/"))
    assert "Why the law allows it" in page
    assert "The law of {newcomer} months." in page


def test_an_arabic_text_stands_in_its_own_direction(lead):
    data = filled(go="look", basis="القانون يسمح بذلك.")
    shown = text_of(lead.post("/-/arranging/notices/ar/", data=data))
    assert '<div lang="ar" dir="rtl">' in shown
    assert "القانون يسمح بذلك." in shown


def test_what_is_wrong_is_told_and_what_was_typed_stays(lead, read):
    data = filled(basis="After {neucomer} months.", who="x" * 2001)
    shown = text_of(lead.post(PAGE, data=data), 422)
    assert "There is a problem" in shown
    assert "“{neucomer}” stands for no period." in shown
    assert "Use at most 2000 characters." in shown
    assert "After {neucomer} months." in shown
    assert versions(read) == []


def test_where_to_meet_first_is_looked_at_and_kept(lead, read):
    data = filled(go="look", meeting_place="Café Linde, Market Square")
    shown = text_of(lead.post(PAGE, data=data))
    assert "Café Linde, Market Square</p>" in shown
    assert "a library, a café or a Place of Welcome." in shown
    lead.post(PAGE, data={**data, "go": "save"})
    [made] = versions(read)
    said = {"en": {"meeting_place": "Café Linde, Market Square"}}
    assert made.settings["texts"] == said
    page = text_of(lead.get("/-/arranging/versions/notices/1/"))
    assert "Where two people may meet first" in page
    assert "Café Linde, Market Square" in page
    assert "Café Linde, Market Square" in text_of(lead.get(PAGE))
    wrong = filled(1, meeting_place="x" * 201)
    assert "Use at most 200 characters." in text_of(lead.post(PAGE, data=wrong), 422)


def test_who_was_slower_sees_it_and_keeps_what_they_typed(lead, read):
    assert lead.post(PAGE, data=filled(basis="One.")).status_code == 302
    shown = text_of(lead.post(PAGE, data=filled(basis="Two.")), 409)
    assert "Somebody saved other settings meanwhile (version 1)." in shown
    assert "Two." in shown
    assert len(versions(read)) == 1
    # Having looked at theirs, they may save.
    assert 'name="version" type="hidden" value="1"' in shown
    assert lead.post(PAGE, data=filled(1, basis="Two.")).status_code == 302


def test_a_damaged_version_is_nobodys(lead, read):
    for version in ("", "x", "9" * 30, "-1"):
        data = {**filled(basis="One."), "version": version}
        assert lead.post(PAGE, data=data).status_code == 409
    assert versions(read) == []
    assert lead.get("/-/arranging/versions/notices/7/").status_code == 404
