"""Where Flask-Security finds accounts: our tables, the request's session, no roles."""

from flask_security import RoleMixin, SQLAlchemyUserDatastore, UserMixin
from sqlmodel import Session
from typing_extensions import override

from welcome.accounts.access import find_by_email
from welcome.accounts.models import Account, Passkey
from welcome.web.database import db, has_given_up


class RequestDatabase:
    """Gives the library the request's own session."""

    @property
    def session(self) -> Session:
        """Return the session that the rest of the request uses too."""
        return db()


class AccountStore(SQLAlchemyUserDatastore):
    """Accounts and passkeys; roles are ours, the library sees none."""

    def __init__(self) -> None:
        super().__init__(RequestDatabase(), Account, RoleMixin, Passkey)

    @override
    def find_user(
        self, case_insensitive: bool = False, **wanted: object
    ) -> UserMixin | None:
        """Find an account; by its address as everywhere here.

        None where the database did not answer before: every page asks who is there.
        """
        if has_given_up():
            return None
        if "email" in wanted:
            return find_by_email(db(), str(wanted["email"]))
        return super().find_user(case_insensitive, **wanted)

    def tf_reset(self, user: UserMixin) -> None:
        """Take the second step away; as in the library, without a phone number."""
        user.tf_primary_method = None
        user.tf_totp_secret = None
        db().add(user)

    def mf_set_recovery_codes(self, user: UserMixin, rcs: list[str] | None) -> None:
        """Set the recovery codes; as in the library, with none as an empty list."""
        user.mf_recovery_codes = rcs or []
        db().add(user)
