"""Every route states who may open it, or is listed here as public."""

from collections.abc import Callable

from flask import Flask

from welcome.accounts.permissions import Permission

# Flask-Security guards its own views; each is a step of signing in.
THEIRS = "security"
PUBLIC = {
    "concern.begin",
    "health.live",
    "health.ready",
    "reading.languages",
    "reading.moved",
    "reading.moved_in_pack",
    "reading.print_out",
    "reading.robots",
    "reading.root",
    "signing_in.accept_invitation",
    "static",
    "taking_part.begin",
    "taking_part.start",
}
# Filled in by everybody, without a session: where they were sent from is checked.
PUBLIC_FORMS = {
    "concern.form",
    "taking_part.newcomer",
    "taking_part.sign_in",
    "taking_part.volunteer",
}
# Opened by whoever holds the secret in the address, or the code of a slip.
BEHIND_LINKS = {"concern.about", "taking_part.behind", "taking_part.type_code"}
STATED = {
    "public",
    "public form",
    "link",
    "volunteer",
    "signed in",
    "metrics token",
    *Permission,
}


def list_views(app: Flask) -> dict[str, Callable[..., object]]:
    views = app.view_functions.items()
    return {name: view for name, view in views if name.split(".")[0] != THEIRS}


def test_every_view_states_who_may_open_it(app):
    stated = {
        name: vars(view).get("access", "") for name, view in list_views(app).items()
    }
    del stated["static"]
    assert {name for name, access in stated.items() if access not in STATED} == set()
    for access, listed in (
        ("public", PUBLIC - {"static"}),
        ("public form", PUBLIC_FORMS),
        ("link", BEHIND_LINKS),
    ):
        assert {name for name, said in stated.items() if said == access} == listed


def test_only_forms_without_a_session_go_without_its_token(app):
    exempt = {each.name for each in app.extensions["csrf"]._exempt_blueprints}
    assert exempt == {"concern", "taking_part"}
    stated = {name: vars(view).get("access") for name, view in list_views(app).items()}
    free = {name for name in stated if name.split(".")[0] in exempt}
    assert {stated[name] for name in free} == {"public", "public form", "link"}


def test_what_changes_something_is_posted_and_never_public(app):
    views = list_views(app)
    for rule in app.url_map.iter_rules():
        if rule.endpoint in views and rule.methods - {"GET", "HEAD", "OPTIONS"}:
            assert rule.methods <= {"GET", "POST", "HEAD", "OPTIONS"}, rule
            assert rule.endpoint not in PUBLIC, rule


def test_staff_and_machinery_stand_apart_from_pages_of_packs(app):
    readers = {"reading.root", "reading.robots", "reading.moved"}
    for rule in app.url_map.iter_rules():
        is_apart = rule.rule.startswith("/-/")
        assert is_apart or rule.endpoint in {*readers, "reading.moved_in_pack"}, rule
