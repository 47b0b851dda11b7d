"""What forms say, in one's own words or the usual ones, and every version of it."""

import pytest

from welcome.buddies import policies
from welcome.buddies.errors import PolicyChanged
from welcome.buddies.lifecycle import letters
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.policies import Change
from welcome.buddies.privacy import notices, retention, wording
from welcome.buddies.privacy.errors import BadWording
from welcome.buddies.privacy.notices import Audience
from welcome.buddies.privacy.wording import EDITABLE, Wording

NEWCOMER = Audience.NEWCOMER


def told(session, audience=NEWCOMER, tag="en"):
    return notices.read(session, audience, tag, place="Town")


def write(session, cast, now, tag="en", based_on=0, controller="", **texts):
    said = Wording(controller, "", texts)
    return wording.set_wording(
        session, tag, said, based_on=based_on, actor=cast.scheme_lead, now=now
    )


def test_every_part_that_is_said_may_be_said_otherwise(session, cast, now):
    texts = {part: f"Own {part}." for part in EDITABLE}
    write(session, cast, now, **texts)
    heard = {letters.find_meeting_place(session, "en")}
    for audience in Audience:
        said = told(session, audience)
        heard |= {*said.paragraphs, said.rights}
    assert heard == set(texts.values())


def test_one_language_is_changed_alone_and_empty_is_the_usual(session, cast, now):
    usual = told(session), told(session, tag="ar")
    write(session, cast, now, basis="Because.", controller="Town Council")
    said = told(session)
    assert "Because." in said.paragraphs
    assert (said.version, said.controller) == (1, "Town Council")
    assert told(session, tag="ar").paragraphs == usual[1].paragraphs
    write(session, cast, now, based_on=1, basis="  ")
    assert told(session).paragraphs == usual[0].paragraphs
    assert told(session).controller == "Town"
    assert told(session).version == 2


def test_each_language_keeps_its_own_words(session, cast, now):
    write(session, cast, now, tag="ar", basis="لأن.")
    write(session, cast, now, based_on=1, basis="Because.")
    assert wording.count_own(session) == {"ar": 1, "en": 1}
    assert "لأن." in told(session, tag="ar").paragraphs
    write(session, cast, now, based_on=2, tag="ar")
    assert wording.count_own(session) == {"en": 1}


def test_a_period_follows_its_clock(session, cast, now):
    write(session, cast, now, long_newcomer="After {newcomer} months, 100 %.")
    assert "After 6 months, 100 %." in told(session).paragraphs
    retention.set_clocks(session, {"newcomer": 3}, actor=None, now=now)
    assert "After 3 months, 100 %." in told(session).paragraphs


@pytest.mark.parametrize("part", EDITABLE)
def test_the_usual_words_name_their_periods(session, cast, now, part):
    usual = notices.usual("en", part)
    wording.check_text(usual)
    before = [told(session, each) for each in Audience]
    write(session, cast, now, **{part: usual})
    for was, audience in zip(before, Audience, strict=True):
        said = told(session, audience)
        assert (said.paragraphs, said.rights) == (was.paragraphs, was.rights)


def test_braces_around_anything_else_are_refused(session, cast, now):
    with pytest.raises(BadWording):
        write(session, cast, now, basis="After {neucomer} months.")
    assert policies.count_versions(session, PolicyKind.NOTICES) == 0


def test_the_place_to_meet_stays_whatever_else_is_set(session, cast, now):
    place = "Café {newcomer}"
    write(session, cast, now, meeting_place=place)
    write(session, cast, now, based_on=1, tag="ar", basis="لأن.")
    assert letters.find_meeting_place(session, "en") == place
    assert wording.read_wording(session, "en")[1].texts["meeting_place"] == place
    assert letters.find_meeting_place(session, "ar") == ""


def test_nobody_writes_over_what_they_have_not_seen(session, cast, now):
    write(session, cast, now, basis="One.")
    with pytest.raises(PolicyChanged):
        write(session, cast, now, basis="Two.")
    assert "One." in told(session).paragraphs


def test_every_version_is_kept_with_who_and_what_changed(session, cast, now):
    write(session, cast, now, basis="One.", who="Us.")
    write(session, cast, now, based_on=1, basis="Two.", who="Us.")
    newest, first = policies.list_versions(session, PolicyKind.NOTICES)
    assert (newest.version, first.version) == (2, 1)
    assert newest.made_by_id == cast.scheme_lead.id
    changes = policies.compare(first.settings, newest.settings)
    assert changes == [Change(("texts", "en", "basis"), "One.", "Two.")]
    assert wording.count_own(session) == {"en": 2}
