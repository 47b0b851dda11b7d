"""What has to be looked at: given to a colleague, done with a note, shown for a while."""

from collections.abc import Collection, Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice

from welcome import clock
from welcome.accounts.access import names
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission
from welcome.buddies import tasks
from welcome.buddies.due import whereabouts
from welcome.buddies.models.desk import Task
from welcome.partners.access import list_members
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating import wrote_again
from welcome.web.coordinating.desk import desk, own
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.taking_part.fields import OwnForm, at_most, tidy_lines

# The page that shows what a task is about.
PAGES = {
    "request": "coordinating.show_request",
    "volunteer": "coordinating.show_volunteer",
    "pairing": "coordinating.show_pairing",
    "referee": "clearing.referee",
    "export": "personal_data.look_through",
}


class DoneForm(OwnForm):
    """What was done about it."""

    note = TextAreaField(
        _l("What did you do?"),
        filters=[tidy_lines],
        validators=[at_most(tasks.LONGEST_NOTE)],
        render_kw={"rows": 3},
    )


class AssignForm(OwnForm):
    """Who sees to it."""

    colleague = SelectField(_l("Who sees to it?"))

    def let_choose(self, colleagues: Collection[Account]) -> None:
        """Offer the colleagues by name, and nobody."""
        self.colleague.choices = [
            SelectChoice("", _("Whoever comes first")),
            *(SelectChoice(str(each.id), each.name) for each in colleagues),
        ]


@desk.get("/tasks/<public_id>/")
@allowed(Permission.COORDINATE)
def show_task(public_id: str) -> ResponseReturnValue:
    """Show a task."""
    task = tasks.get_task(db(), own(), public_id)
    assigning = AssignForm()
    assigning.let_choose(_colleagues(task))
    assigning.colleague.data = str(task.assigned_to_id or "")
    return _page(task, DoneForm(), assigning)


@desk.post("/tasks/<public_id>/done")
@allowed(Permission.COORDINATE)
def finish_task(public_id: str) -> ResponseReturnValue:
    """Say that it was looked at."""
    task = tasks.get_task(db(), own(), public_id)
    form = DoneForm(request.form)
    if not form.validate():
        assigning = AssignForm()
        assigning.let_choose(_colleagues(task))
        return _page(task, form, assigning), 422
    tasks.done(db(), task, form.note.data, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("Done."))
    return redirect(url_for("coordinating.home"))


@desk.post("/tasks/<public_id>/assign")
@allowed(Permission.COORDINATE)
def assign_task(public_id: str) -> ResponseReturnValue:
    """Have a colleague see to it."""
    task = tasks.get_task(db(), own(), public_id)
    colleagues = _colleagues(task)
    form = AssignForm(request.form)
    form.let_choose(colleagues)
    if not form.validate():
        return _page(task, DoneForm(), form), 422
    chosen = [each for each in colleagues if str(each.id) == form.colleague.data]
    tasks.assign(
        db(), task, next(iter(chosen), None), actor=current_account(), now=clock.now()
    )
    db().commit()
    flash_done(_("Saved."))
    return redirect(url_for("coordinating.show_task", public_id=public_id))


@desk.get("/tasks/")
@allowed(Permission.COORDINATE)
def list_done_tasks() -> ResponseReturnValue:
    """List what was done lately."""
    found = tasks.list_done(db(), own(), now=clock.now())
    return render_template(
        "coordinating/done_tasks.html",
        tasks=found,
        about=find_pages(found),
        names=names(db(), [each.done_by_id for each in found if each.done_by_id]),
    )


def find_pages(found: Collection[Task]) -> Mapping[int, tuple[str, str]]:
    """Find a name and an address for what some tasks are about."""
    return {
        task_id: (
            each.name,
            url_for(PAGES[each.kind], public_id=each.public_id),
        )
        for task_id, each in whereabouts.find(db(), found, own()).items()
    }


def _colleagues(task: Task) -> list[Account]:
    return list_members(db(), task.organisation_id, Permission.COORDINATE)


def _page(task: Task, form: DoneForm, assigning: AssignForm) -> str:
    known = [each for each in (task.done_by_id, task.assigned_to_id) if each]
    return render_template(
        "coordinating/task.html",
        task=task,
        about=find_pages([task]).get(task.id),
        sent=wrote_again.list_sent(task),
        names=names(db(), known),
        form=form,
        assigning=assigning,
    )
