"""The library's forms with our words, and with locks where a code or password is asked."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext
from flask_security import UserMixin
from flask_security.forms import (
    ChangePasswordForm,
    ForgotPasswordForm,
    Form,
    LoginForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.utils import hash_password
from flask_security.webauthn import WebAuthnRegisterForm
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from welcome import clock
from welcome.accounts.locks import is_locked
from welcome.accounts.models import Account
from welcome.web.signing_in.configuration import sentence


class Worded(Form):
    """Gives the library's fields our labels."""

    LABELS: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            getattr(self, name).label.text = label


class SignInForm(Worded, LoginForm):
    """E-mail address and password; nobody is remembered longer than the browser."""

    remember = None
    LABELS: ClassVar[dict[str, Any]] = {
        "email": lazy_gettext("E-mail address"),
        "password": lazy_gettext("Password"),
    }

    def validate(self, **kwargs: object) -> bool:
        """Refuse also the right password while the account is locked."""
        if not super().validate(**kwargs):
            return False
        if _locked(self.user):
            self.password.errors.append(sentence("GENERIC_AUTHN_FAILED"))
            return False
        return True


class ForgottenForm(Worded, ForgotPasswordForm):
    """Asks for the letter with the link to a new password."""

    LABELS: ClassVar[dict[str, Any]] = {"email": lazy_gettext("E-mail address")}

    def validate(self, **kwargs: object) -> bool:
        """Take as long for a known address as the library takes for an unknown one."""
        known = bool(super().validate(**kwargs))
        if known:
            hash_password("not a password")
        return known


class NewPasswordForm(Worded, ResetPasswordForm):
    """Chooses a password, twice the same."""

    LABELS: ClassVar[dict[str, Any]] = {
        "password": lazy_gettext("New password"),
        "password_confirm": lazy_gettext("The new password once more"),
    }


class OtherPasswordForm(Worded, ChangePasswordForm):
    """Chooses another password."""

    LABELS: ClassVar[dict[str, Any]] = {
        "password": lazy_gettext("Password until now"),
        "new_password": lazy_gettext("New password"),
        "new_password_confirm": lazy_gettext("The new password once more"),
    }


class AgainForm(Worded, VerifyForm):
    """Asks for the password before something that touches the account's safety."""

    LABELS: ClassVar[dict[str, Any]] = {"password": lazy_gettext("Password")}

    def validate(self, **kwargs: object) -> bool:
        """Refuse also the right password while the account is locked."""
        if _locked(self.user):
            self.password.errors = [sentence("INVALID_PASSWORD")]
            return False
        return bool(super().validate(**kwargs))


class CodeForm(TwoFactorVerifyCodeForm):
    """Asks for the six digits of the authenticator app."""

    code = StringField(
        lazy_gettext("Code from your app"),
        validators=[DataRequired(lazy_gettext("Enter the six digits."))],
        filters=[lambda typed: typed.replace(" ", "") if typed else typed],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )

    def validate(self, **kwargs: object) -> bool:
        """Refuse also the right code while the account is locked."""
        if _locked(self.user):
            self.code.errors = [sentence("TWO_FACTOR_INVALID_TOKEN")]
            return False
        return bool(super().validate(**kwargs))


class RecoveryForm(MfRecoveryForm):
    """Asks for one of the recovery codes."""

    code = StringField(
        lazy_gettext("Recovery code"),
        validators=[DataRequired(lazy_gettext("Enter a recovery code."))],
        filters=[lambda typed: typed.strip().lower() if typed else typed],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )

    def validate(self, **kwargs: object) -> bool:
        """Count wrong codes, and refuse the right one while the account is locked."""
        if _locked(self.user):
            self.code.errors = [sentence("INVALID_RECOVERY_CODE")]
            return False
        right = bool(super().validate(**kwargs))
        if not right and self.user:
            self.user.track_failed_authn("code", tfa=True)
        return right


class SecondStepForm(TwoFactorSetupForm):
    """Turns the second step on or off; there is one kind of it."""

    setup = HiddenField()


class NoCodeForm(TwoFactorRescueForm):
    """Offers nothing of the library's own ways out: recovery codes are ours."""

    help_setup = RadioField(choices=[])

    def validate(self, **_kwargs: object) -> bool:
        """Refuse whatever is sent: nothing was offered."""
        return False


class PasskeyForm(Worded, WebAuthnRegisterForm):
    """Names a new passkey; every passkey stands for both steps."""

    usage = HiddenField(default="first")
    LABELS: ClassVar[dict[str, Any]] = {"name": lazy_gettext("Name of the passkey")}

    def validate(self, **kwargs: object) -> bool:
        """Set the one usage there is."""
        self.usage.data = "first"
        return bool(super().validate(**kwargs))


class OwnAccountForm(FlaskForm):
    """What people set about themselves."""

    name = StringField(
        lazy_gettext("Your name"),
        validators=[
            DataRequired(lazy_gettext("Enter your name.")),
            Length(max=120, message=lazy_gettext("Use at most 120 characters.")),
        ],
        render_kw={"autocomplete": "name"},
    )
    interface_tag = SelectField(lazy_gettext("Language of these pages"))
    shows_name = BooleanField(
        lazy_gettext("Show my name to readers beside the sections I checked")
    )

    def said(self) -> dict[str, object]:
        """Return what was filled in, without what only guards the form."""
        return {
            "name": self.name.data,
            "interface_tag": self.interface_tag.data,
            "shows_name": self.shows_name.data,
        }


def _locked(account: UserMixin | None) -> bool:
    return isinstance(account, Account) and is_locked(account.locked_until, clock.now())
