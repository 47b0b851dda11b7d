"""The rules of accounts that can be broken."""

from welcome.errors import RuleBroken


class BadEmail(RuleBroken):
    """No letter can be sent to such an address."""

    code = "bad_email"


class EmailTaken(RuleBroken):
    """Somebody with this address has an account already."""

    code = "email_taken"


class LastAdministrator(RuleBroken):
    """Nobody would be left who can let people in."""

    code = "last_administrator"


class SecondStepOwed(RuleBroken):
    """The role asks for more than a password, and no more was shown."""

    code = "second_step_owed"


class RoleHasNoLocale(RuleBroken):
    """The role counts for all locales; it cannot be given for one."""

    code = "role_has_no_locale"
