"""The shape of what a coordinator does: one press, one move, one sentence afterwards.

Some acts are asked about first, on a page that says what will happen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies.errors import MoveRefused, PairHeld
from welcome.buddies.lifecycle import turns
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.errors import RuleBroken
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.desk import desk
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done
from welcome.web.taking_part.fields import OwnForm
from welcome.web.words import word

Row = TypeVar("Row", Pairing, BuddyRequest, Volunteer)


class ActForm(OwnForm, Generic[Row]):
    """What has to be said with an act."""

    def let_choose(self, _row: Row) -> None:
        """Offer what may be chosen for this one."""

    def fill(self, _row: Row) -> None:
        """Show what is known already."""

    def given(self, _row: Row) -> tuple[object, ...]:
        """Give what was said, as the move takes it."""
        return ()


@dataclass(frozen=True)
class Act(Generic[Row]):
    """A move of the scheme, what is told once it is made, and what it needs to know."""

    move: Callable[..., object]
    told: str
    form: type[ActForm[Row]] | None = None
    needs_scheme: bool = True


@dataclass(frozen=True)
class Asked(Generic[Row]):
    """An act that is asked about first: from where, in which words, on what button."""

    act: Act[Row]
    states: frozenset[StrEnum]
    question: str
    before: str
    label: str
    kind: str = "primary"
    # What ends pairs waits for the safeguarding lead, where one is held.
    ends_pairs: bool = False
    # Others see them afterwards, and the one who acts may not.
    leads_away: bool = False
    # Whether it can be done where more than the state decides.
    fits: Callable[[Row], bool] | None = None

    def is_open_to(self, row: Row) -> bool:
        """Say whether it may be done from where a row stands."""
        return row.state in self.states and (self.fits is None or self.fits(row))


@dataclass(frozen=True)
class Subject(Generic[Row]):
    """Whom or what acts are about: found by its id, named, and with a page of its own."""

    path: str
    get: Callable[[str], Row]
    name: Callable[[Row], str]
    address: Callable[[Row], str]
    list_live: Callable[[Row], list[Pairing]]


def carry_out(act: Act[Row], row: Row, form: ActForm[Row] | None) -> None:
    """Make a move as the one who is signed in, and tell that it was made."""
    said = form.given(row) if form else ()
    known = (scheme(),) if act.needs_scheme else ()
    act.move(db(), row, *said, *known, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(str(act.told))


def offer(subject: Subject[Row], acts: Mapping[str, Asked[Row]]) -> None:
    """Give each of some acts a page that asks, and a button that does it."""
    for name, asked in acts.items():
        desk.add_url_rule(
            f"{subject.path}{name.partition('_')[0]}/", name,
            _make_view(subject, asked), methods=["GET", "POST"],
        )  # fmt: skip


def _make_view(
    subject: Subject[Row], asked: Asked[Row]
) -> Callable[[str], ResponseReturnValue]:
    @allowed(Permission.COORDINATE)
    def view(public_id: str) -> ResponseReturnValue:
        row = subject.get(public_id)
        act = asked.act
        is_sent = request.method == "POST"
        form = act.form(request.form if is_sent else None) if act.form else None
        if form:
            form.let_choose(row)
        if not is_sent:
            _refuse(subject, asked, row)
            if form:
                form.fill(row)
            return _page(subject, asked, row, form)
        if form and not form.validate():
            return _page(subject, asked, row, form), 422
        try:
            _refuse(subject, asked, row)
            carry_out(act, row, form)
        except RuleBroken as problem:
            if form is None:
                raise
            tell_broken(form, problem)
            return _page(subject, asked, row, form), 409
        home = url_for("coordinating.home")
        return redirect(home if asked.leads_away else subject.address(row))

    return view


def _page(
    subject: Subject[Row], asked: Asked[Row], row: Row, form: ActForm[Row] | None
) -> str:
    return render_template(
        "coordinating/act.html",
        asked=asked, form=form, name=subject.name(row), back=subject.address(row),
    )  # fmt: skip


def tell_broken(form: ActForm[Row], problem: RuleBroken) -> None:
    """Take back what was begun, and say on the form why; what was typed stays."""
    db().rollback()
    form.form_errors.append(word(problem.code, **problem.params))


def _refuse(subject: Subject[Row], asked: Asked[Row], row: Row) -> None:
    """Raise MoveRefused where it cannot be done from here, PairHeld where a pair is."""
    if not asked.is_open_to(row):
        raise MoveRefused(state=row.state.value, wanted=str(asked.label))
    if asked.ends_pairs and turns.is_any_held(subject.list_live(row)):
        raise PairHeld
