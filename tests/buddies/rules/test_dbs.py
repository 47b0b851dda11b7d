"""The DBS questions: every set of answers, by a table of its own and by order."""

from dataclasses import replace
from itertools import product

import pytest

from welcome.buddies.rules.dbs import (
    SOURCES,
    Answers,
    CareOf,
    DbsReason,
    Present,
    is_within,
    least_above,
    suggest,
)
from welcome.buddies.rules.requirements import DbsLevel
from welcome.phrases import codes

L, R = DbsLevel, DbsReason
NO_YES = (False, True)
EVERY = [
    Answers(
        present=present, looks_after=looks, care_of=care, transport=drives, often=often
    )
    for present, looks, care, drives, often in product(
        Present, NO_YES, CareOf, NO_YES, NO_YES
    )
]


def wanted(answers: Answers) -> DbsLevel:
    """Say the level by the two lists and the rest, each on its own."""
    children = answers.care_of in {CareOf.CHILD, CareOf.BOTH} or (
        answers.looks_after and answers.often
    )
    adults = answers.transport or answers.care_of in {CareOf.ADULT, CareOf.BOTH}
    if children and adults:
        return L.ENHANCED_BOTH
    if children or adults:
        return L.ENHANCED_CHILDREN if children else L.ENHANCED_ADULTS
    if answers.looks_after:
        return L.ENHANCED
    return L.BASIC if answers.present is Present.CHILDREN else L.NONE


def test_every_set_of_answers_is_there():
    assert len(set(EVERY)) == 2**6


@pytest.mark.parametrize("answers", EVERY, ids=str)
def test_the_level_of_every_set_of_answers(answers):
    suggested = suggest(answers)
    assert suggested.level is wanted(answers)
    assert suggested.reasons
    assert len(set(suggested.reasons)) == len(suggested.reasons)


BY_HAND = [
    (Answers(), L.NONE, (R.FRIENDSHIP,)),
    (Answers(often=True), L.NONE, (R.FRIENDSHIP,)),
    (Answers(present=Present.CHILDREN), L.BASIC, (R.CHILDREN_PRESENT,)),
    (Answers(present=Present.CHILDREN, often=True), L.BASIC, (R.CHILDREN_PRESENT,)),
    (Answers(present=Present.CHILDREN, looks_after=True), L.ENHANCED, (R.LOOKS_AFTER,)),
    (
        Answers(present=Present.CHILDREN, looks_after=True, often=True),
        L.ENHANCED_CHILDREN,
        (R.LOOKS_AFTER_OFTEN,),
    ),
    (Answers(care_of=CareOf.ADULT), L.ENHANCED_ADULTS, (R.CARE_OF_ADULT,)),
    (Answers(care_of=CareOf.CHILD), L.ENHANCED_CHILDREN, (R.CARE_OF_CHILD,)),
    (Answers(transport=True), L.ENHANCED_ADULTS, (R.TRANSPORT,)),
    (
        Answers(transport=True, present=Present.CHILDREN),
        L.ENHANCED_ADULTS,
        (R.CHILDREN_PRESENT, R.TRANSPORT),
    ),
    (
        Answers(care_of=CareOf.BOTH),
        L.ENHANCED_BOTH,
        (R.CARE_OF_CHILD, R.CARE_OF_ADULT),
    ),
]


@pytest.mark.parametrize(("answers", "level", "reasons"), BY_HAND, ids=str)
def test_levels_and_reasons_by_hand(answers, level, reasons):
    assert suggest(answers).level is level
    assert suggest(answers).reasons == reasons


def more(answers: Answers):
    """Give every set of answers with one more responsibility."""
    if answers.present is Present.ADULTS:
        yield replace(answers, present=Present.CHILDREN)
    for name in ("looks_after", "transport", "often"):
        if not getattr(answers, name):
            yield replace(answers, **{name: True})
    if answers.care_of is CareOf.NOBODY:
        yield replace(answers, care_of=CareOf.ADULT)
        yield replace(answers, care_of=CareOf.CHILD)
    elif answers.care_of is not CareOf.BOTH:
        yield replace(answers, care_of=CareOf.BOTH)


@pytest.mark.parametrize("answers", EVERY, ids=str)
def test_doing_more_never_lowers_the_level(answers):
    level = suggest(answers).level
    assert all(is_within(level, suggest(each).level) for each in more(answers))


def test_nothing_enhanced_without_something_that_calls_for_it():
    plain = [
        each
        for each in EVERY
        if not (each.looks_after or each.transport) and each.care_of is CareOf.NOBODY
    ]
    assert len(plain) == 4
    assert {suggest(each).level for each in plain} == {L.NONE, L.BASIC}


def test_levels_are_in_order():
    assert [each for each in L if is_within(each, L.ENHANCED_BOTH)] == list(L)
    assert not is_within(L.ENHANCED_ADULTS, L.ENHANCED_CHILDREN)
    assert least_above([L.ENHANCED_ADULTS, L.ENHANCED_CHILDREN]) is L.ENHANCED_BOTH
    assert least_above([]) is L.NONE


def test_every_reason_has_words_and_the_rules_have_sources():
    assert all(codes.key(each) in codes.PHRASES for each in R)
    assert all(each.startswith("https://www.gov.uk/") for each in SOURCES)
