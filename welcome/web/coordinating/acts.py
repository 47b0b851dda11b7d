"""The shape of what a coordinator does: one press, one move, one sentence afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from welcome import clock
from welcome.web.allowed import current_account
from welcome.web.coordinating.desk import scheme
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.taking_part.fields import OwnForm

Row = TypeVar("Row")


class ActForm(OwnForm, Generic[Row]):
    """What has to be said with an act."""

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


def carry_out(act: Act[Row], row: Row, form: ActForm[Row] | None) -> None:
    """Make a move as the one who is signed in, and tell that it was made."""
    said = form.given(row) if form else ()
    known = (scheme(),) if act.needs_scheme else ()
    act.move(db(), row, *said, *known, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(str(act.told))
