"""Flask-Security, set for this house."""

from flask import Flask
from flask_security import Security

from welcome.accounts.models import Role
from welcome.config import BadSetting, Settings
from welcome.web.signing_in import forms, happenings, limits
from welcome.web.signing_in.configuration import security_settings
from welcome.web.signing_in.letters import OutboxMail
from welcome.web.signing_in.second_step import CodesUsedOnce, Passkeys
from welcome.web.signing_in.store import AccountStore
from welcome.web.signing_in.views import account


def install(app: Flask) -> None:
    """Let invited people sign in; sessions are the request's own."""
    settings: Settings = app.extensions["welcome.settings"]
    _refuse_unknown_roles(settings)
    for name, value in security_settings(settings).items():
        app.config.setdefault(name, value)
    security = Security(
        app,
        AccountStore(),
        login_form=forms.SignInForm,
        verify_form=forms.AgainForm,
        forgot_password_form=forms.ForgottenForm,
        reset_password_form=forms.NewPasswordForm,
        change_password_form=forms.OtherPasswordForm,
        two_factor_setup_form=forms.SecondStepForm,
        two_factor_rescue_form=forms.NoCodeForm,
        two_factor_verify_code_form=forms.CodeForm,
        mf_recovery_form=forms.RecoveryForm,
        wan_register_form=forms.PasskeyForm,
        mail_util_cls=OutboxMail,
        totp_cls=CodesUsedOnce,
        webauthn_util_cls=Passkeys,
    )
    # Pages only: nothing here is asked for by programs.
    security.want_json(lambda _request: False)
    happenings.install(app)
    limits.install(app, settings)
    app.register_blueprint(account)


def _refuse_unknown_roles(settings: Settings) -> None:
    """Raise BadSetting where a second step is asked of a role that does not exist."""
    if not set(settings.second_step_required) <= set(Role):
        raise BadSetting(name="second_step_required", wanted=", ".join(Role))
