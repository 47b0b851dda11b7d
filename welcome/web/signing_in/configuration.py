"""How Flask-Security is set, and every sentence it says."""

from datetime import timedelta

from flask_babel import gettext

from welcome import clock, keys
from welcome.config import Settings
from welcome.phrases import catalogues
from welcome.phrases.catalogues import mark
from welcome.web.signing_in.letters import RESET

PREFIX = "/-/account"

ADDRESSES = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "RESET_URL": "/new-password",
    "CHANGE_URL": "/password",
    "VERIFY_URL": "/is-it-you",
    "TWO_FACTOR_SETUP_URL": "/second-step",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/code",
    "TWO_FACTOR_RESCUE_URL": "/no-code",
    "TWO_FACTOR_SELECT_URL": "/which-step",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
    "MULTI_FACTOR_RECOVERY_URL": "/recovery",
    "WAN_REGISTER_URL": "/passkeys",
    "WAN_DELETE_URL": "/passkeys/remove",
    "WAN_SIGNIN_URL": "/passkey",
    "WAN_VERIFY_URL": "/passkey-again",
}

TEMPLATES = {
    "LOGIN_USER_TEMPLATE": "signing_in/sign_in.html",
    "LOGOUT_USER_TEMPLATE": "signing_in/sign_in.html",
    "FORGOT_PASSWORD_TEMPLATE": "signing_in/forgotten.html",
    "RESET_PASSWORD_TEMPLATE": "signing_in/new_password.html",
    "CHANGE_PASSWORD_TEMPLATE": "signing_in/change_password.html",
    "VERIFY_TEMPLATE": "signing_in/again.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "signing_in/second_step.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "signing_in/code.html",
    "TWO_FACTOR_SELECT_TEMPLATE": "signing_in/code.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "signing_in/recovery_codes.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "signing_in/recovery.html",
    "WAN_REGISTER_TEMPLATE": "signing_in/passkeys.html",
    "WAN_SIGNIN_TEMPLATE": "signing_in/passkey.html",
    "WAN_VERIFY_TEMPLATE": "signing_in/passkey.html",
}

FEATURES: dict[str, object] = {
    "REGISTERABLE": False,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "WEBAUTHN": True,
    "WAN_ALLOW_AS_VERIFY": ["first"],
    "WAN_ALLOW_USER_HINTS": False,
    "WAN_SIGNIN_WITHIN": timedelta(minutes=5),
    "RETURN_GENERIC_RESPONSES": True,
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_LENGTH_MIN": 12,
    "RESET_PASSWORD_WITHIN": RESET,
    "FRESHNESS": timedelta(minutes=30),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=15),
    "API_ENABLED_METHODS": ["session"],
    "JOIN_USER_ROLES": False,
    "EMAIL_PLAINTEXT": False,
    "EMAIL_HTML": False,
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "DATETIME_FACTORY": clock.now,
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
}

VIEWS = {
    "POST_LOGIN_VIEW": "/-/",
    "POST_LOGOUT_VIEW": PREFIX + "/sign-in",
    "POST_CHANGE_VIEW": PREFIX + "/",
    "TWO_FACTOR_POST_SETUP_VIEW": PREFIX + "/",
    "WAN_POST_REGISTER_VIEW": PREFIX + "/passkeys",
}

CHEAP = {
    "argon2__memory_cost": 8,
    "argon2__rounds": 1,
    "argon2__parallelism": 1,
}

DONE, PROBLEM = "done", "problem"
NOT_KNOWN = mark("This e-mail address and password do not belong together.")
NO_PASSKEY = mark("This passkey was not accepted. Try another one, or your password.")
START_AGAIN = mark("That took too long, so nothing was changed. Please start again.")

SENTENCES = {
    "GENERIC_AUTHN_FAILED": (NOT_KNOWN, PROBLEM),
    "USER_DOES_NOT_EXIST": (NOT_KNOWN, PROBLEM),
    "INVALID_PASSWORD": (mark("This is not your password."), PROBLEM),
    "DISABLED_ACCOUNT": (NOT_KNOWN, PROBLEM),
    "EMAIL_NOT_PROVIDED": (mark("Enter your e-mail address."), PROBLEM),
    "INVALID_EMAIL_ADDRESS": (
        mark("Enter an e-mail address, like name@example.org."),
        PROBLEM,
    ),
    "PASSWORD_NOT_PROVIDED": (mark("Enter your password."), PROBLEM),
    "PASSWORD_INVALID_LENGTH": (
        mark("Use at least %(length)s characters. Three or four words are good."),
        PROBLEM,
    ),
    "RETYPE_PASSWORD_MISMATCH": (mark("The two passwords are not the same."), PROBLEM),
    "PASSWORD_IS_THE_SAME": (
        mark("This is the password you have. Choose another one."),
        PROBLEM,
    ),
    "PASSWORD_RESET_REQUEST": (
        mark(
            "If this address belongs to an account, a letter is on its way to it."
            " Its link works for one day."
        ),
        DONE,
    ),
    "PASSWORD_RESET_EXPIRED": (
        mark("This link is too old. Ask for a new one."),
        PROBLEM,
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        mark("This link was used already, or is not complete. Ask for a new one."),
        PROBLEM,
    ),
    "PASSWORD_RESET_NO_LOGIN": (
        mark("Your new password is saved. Sign in with it."),
        DONE,
    ),
    "PASSWORD_CHANGE": (mark("Your new password is saved."), DONE),
    "UNAUTHENTICATED": (mark("Sign in to see this page."), PROBLEM),
    "REAUTHENTICATION_REQUIRED": (
        mark("This is about the safety of your account. Show that it is you."),
        PROBLEM,
    ),
    "REAUTHENTICATION_SUCCESSFUL": (mark("Thank you. Now go on."), DONE),
    "ANONYMOUS_USER_REQUIRED": (mark("You are signed in already."), PROBLEM),
    "INVALID_REDIRECT": (mark("That address is not on this site."), PROBLEM),
    "API_ERROR": (mark("That did not work. Please start again."), PROBLEM),
    "INVALID_CODE": (mark("This code is not right, or was used already."), PROBLEM),
    "TWO_FACTOR_INVALID_TOKEN": (
        mark("This code is not right, or was used already."),
        PROBLEM,
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (mark("You are signed in."), DONE),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        mark("The second step is on. Now make recovery codes."),
        DONE,
    ),
    "TWO_FACTOR_PERMISSION_DENIED": (
        mark("Sign in with your password first."),
        PROBLEM,
    ),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (
        mark("That did not work. Please start again."),
        PROBLEM,
    ),
    "TWO_FACTOR_DISABLED": (mark("The second step is off."), DONE),
    "TWO_FACTOR_SETUP_EXPIRED": (START_AGAIN, PROBLEM),
    "INVALID_RECOVERY_CODE": (
        mark("This recovery code is not right, or was used already."),
        PROBLEM,
    ),
    "NO_RECOVERY_CODES_SETUP": (mark("You have no recovery codes yet."), PROBLEM),
    "WEBAUTHN_EXPIRED": (START_AGAIN, PROBLEM),
    "WEBAUTHN_NAME_REQUIRED": (
        mark("Give the passkey a name, like “my phone”."),
        PROBLEM,
    ),
    "WEBAUTHN_NAME_INUSE": (mark("You have a passkey with this name."), PROBLEM),
    "WEBAUTHN_NAME_NOT_FOUND": (mark("You have no passkey with this name."), PROBLEM),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (
        mark("Use letters, numbers, spaces and hyphens in the name."),
        PROBLEM,
    ),
    "INVALID_INPUT_LENGTH": (mark("This name is too long."), PROBLEM),
    "WEBAUTHN_CREDENTIAL_DELETED": (
        mark("The passkey “%(name)s” was removed."),
        DONE,
    ),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (
        mark("The passkey “%(name)s” was added."),
        DONE,
    ),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (mark("This passkey was added before."), PROBLEM),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (NO_PASSKEY, PROBLEM),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (NO_PASSKEY, PROBLEM),
    "WEBAUTHN_NO_VERIFY": (NO_PASSKEY, PROBLEM),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (NO_PASSKEY, PROBLEM),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (NO_PASSKEY, PROBLEM),
}


def security_settings(settings: Settings) -> dict[str, object]:
    """Return every setting of Flask-Security for an installation."""
    second_step, recovery = keys.second_step_keys(settings.keys)
    own: dict[str, object] = {
        "URL_PREFIX": PREFIX,
        "I18N_DOMAIN": catalogues.DOMAIN,
        "I18N_DIRNAME": [str(catalogues.folder())],
        "TOTP_SECRETS": {"1": second_step},
        "TOTP_ISSUER": settings.place_name.replace(":", " "),
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [recovery],
        "WAN_RP_NAME": settings.place_name,
    }
    if settings.testing:
        # Each hash is dear by design; a whole test run would wait for nothing else.
        own["PASSWORD_HASH_PASSLIB_OPTIONS"] = CHEAP
    sentences = {f"MSG_{name}": said for name, said in SENTENCES.items()}
    whole = {**FEATURES, **ADDRESSES, **TEMPLATES, **VIEWS, **sentences, **own}
    return {f"SECURITY_{name}": value for name, value in whole.items()}


def sentence(name: str) -> str:
    """Say one of the library's sentences in our words, in the page's language."""
    said: str = gettext(SENTENCES[name][0])
    return said
