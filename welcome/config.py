"""Settings: defaults < instance/config.toml < WELCOME_* < what the caller overrides."""

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w

from welcome.errors import WelcomeError
from welcome.sealing import Keyring

INSTANCE = "WELCOME_INSTANCE"
STORE = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/\w[\w.-]*)*/?")
YES, NO = ("true", "yes", "1"), ("false", "no", "0")
BOOLEANS = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
STORE_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+/?")


class UnknownSetting(WelcomeError):
    """A key that nobody reads: refusing beats guessing what was meant."""

    code = "unknown_setting"


class BadSetting(WelcomeError):
    """A value that cannot be read as what the setting needs."""

    code = "bad_setting"


class BadFile(WelcomeError):
    """A file of settings that is no TOML; the detail names the line."""

    code = "bad_settings_file"


class MissingSecrets(WelcomeError):
    """The data is there but its keys are not: new keys would lock it for ever."""

    code = "missing_secrets"


class NotPrepared(WelcomeError):
    """Nothing was set up here yet."""

    code = "not_prepared"


@dataclass(frozen=True)
class Secrets:
    """Keys made once per installation; `second_step` keeps its own when they change."""

    session: str
    password_salt: str
    field_encryption: str
    blind_index: str
    second_step: str = ""

    def __repr__(self) -> str:
        return "Secrets(…)"


# Where `welcome serve` listens unless it is told otherwise.
PORT = 8000


@dataclass(frozen=True)
class Settings:
    """Everything an installation may set."""

    PREFIX: ClassVar[str] = "WELCOME_"

    instance: Path = Path("instance")
    content: Path = Path("content")
    database_url: str = ""
    queue_url: str = ""
    site_url: str = f"http://127.0.0.1:{PORT}"
    place_name: str = "Welcome"
    time_zone: str = "Europe/London"
    mail_server: str = ""
    mail_port: int = 25
    mail_starttls: bool = False
    mail_login: str = ""
    mail_password: str = field(default="", repr=False)
    mail_from: str = "welcome@localhost"
    # GOV.UK Notify: a key, and the templates that hold ((message)) alone.
    notify_key: str = field(default="", repr=False)
    notify_email_template: str = ""
    notify_text_template: str = ""
    notify_address: str = "https://api.notifications.service.gov.uk"
    # How many proxies of ours stand in front; each adds one address it saw.
    trusted_proxies: int = 0
    # Roles that open nothing by password alone.
    second_step_required: tuple[str, ...] = ()
    # Where editions lie, if not in the instance: a folder that machines share.
    editions_folder: str = ""
    # An S3-compatible store that keeps editions for all machines: s3://bucket/prefix.
    editions_store: str = ""
    editions_store_address: str = ""
    # What who reads /-/metrics has to show; nobody may while it is empty.
    metrics_token: str = field(default="", repr=False)
    machine_engine: str = "argos"
    machine_threads: int = 1
    machine_compute_type: str = "auto"
    machine_beam: int = 4
    machine_batch_tokens: int = 512
    machine_models_loaded: int = 2
    libretranslate_address: str = ""
    libretranslate_key: str = field(default="", repr=False)
    job_lease_seconds: int = 60
    print_seconds: int = 300
    print_memory_mb: int = 1024
    testing: bool = False
    secrets: Secrets | None = field(default=None, repr=False)

    @property
    def database(self) -> str:
        """The database's address: a SQLite file in the instance unless set."""
        return self.database_url or f"sqlite:///{self.instance / 'welcome.sqlite'}"

    @property
    def editions(self) -> Path:
        """Where published editions lie: in the instance unless set."""
        folder = self.editions_folder
        return Path(folder).expanduser() if folder else self.instance / "editions"

    @property
    def models(self) -> Path:
        """Where packages for machine translation lie."""
        return self.instance / "models"

    @property
    def keys(self) -> Secrets:
        """The installation's keys; raises NotPrepared before they are made."""
        if self.secrets is None:
            raise NotPrepared(folder=str(self.instance))
        return self.secrets

    @property
    def keyring(self) -> Keyring | None:
        """What seals personal columns; nothing does before the keys are made."""
        keys = self.secrets
        return Keyring(keys.field_encryption, keys.blind_index) if keys else None


def load(
    instance: Path | None = None,
    environ: Mapping[str, str] | None = None,
    **overrides: object,
) -> Settings:
    """Read the settings of an installation; an unknown key refuses to start."""
    environ = os.environ if environ is None else environ
    # Chosen before anything is read: settings and keys must come from one folder.
    folder = instance or Path(environ.get(INSTANCE, "instance")).expanduser()
    settings = Settings(instance=folder.absolute())
    if (file := folder / "config.toml").exists():
        settings = _with(settings, _read_toml(file), str(file))
    settings = _with(settings, _from_environment(environ), "environment")
    settings = _with(settings, overrides, "command line")
    _refuse_unfit(settings)
    return replace(settings, secrets=find_secrets(settings.instance))


def make_secrets(instance: Path, *, database_exists: bool) -> Secrets:
    """Make the installation's keys, once; raises MissingSecrets over old data."""
    found = find_secrets(instance)
    if found:
        return found
    file = instance / "secrets.toml"
    if database_exists:
        raise MissingSecrets(file=str(file))
    instance.mkdir(parents=True, exist_ok=True)
    made = {name: secrets.token_urlsafe(32) for name in _secret_names()}
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        tomli_w.dump(made, out)
    return Secrets(**made)


def _secret_names() -> list[str]:
    return [each.name for each in fields(Secrets) if each.default is MISSING]


def find_secrets(instance: Path) -> Secrets | None:
    """Read the keys of an installation; None before they are made."""
    file = instance / "secrets.toml"
    if not file.exists():
        return None
    given = _read_toml(file)
    if unknown := sorted(given.keys() - {each.name for each in fields(Secrets)}):
        raise UnknownSetting(name=unknown[0], where=str(file))
    for name in _secret_names():
        if not isinstance(given.get(name), str):
            raise BadSetting(name=name, wanted="a text")
    return Secrets(**given)


def _read_toml(file: Path) -> dict[str, Any]:
    """Read a file of settings; raises BadFile with the place of what is wrong."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    # A whole number of too many digits is a plain ValueError.
    except ValueError as problem:
        raise BadFile(file=str(file), detail=str(problem)) from None


def _refuse_unfit(settings: Settings) -> None:
    """Refuse what no part of the product could work with; raises BadSetting."""
    if settings.site_url and not settings.site_url.startswith(("http://", "https://")):
        raise BadSetting(name="site_url", wanted="an address that begins with https://")
    for name in ("libretranslate_address", "notify_address"):
        if (address := getattr(settings, name)) and not _is_plain_address(address):
            wanted = "an address such as http://127.0.0.1:5000, without a name or a key"
            raise BadSetting(name=name, wanted=wanted)
    _refuse_unfit_store(settings)
    if not 0 < settings.mail_port < 2**16:
        raise BadSetting(name="mail_port", wanted="a port from 1 to 65535")
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        wanted = "a time zone such as Europe/London"
        raise BadSetting(name="time_zone", wanted=wanted) from None


def _is_plain_address(address: str) -> bool:
    """Tell whether an address names a server and maybe a path."""
    try:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    # ASCII without blanks, and without @ ? #.
    return bool(named) and re.fullmatch(r'[!"$->A-~]+', address) is not None


def _refuse_unfit_store(settings: Settings) -> None:
    """Refuse a store of editions that cannot be found; keys never stand in settings."""
    folder = Path(settings.editions_folder).expanduser()
    if settings.editions_folder and not folder.is_absolute():
        raise BadSetting(name="editions_folder", wanted="a folder from the root on")
    if settings.editions_store and not STORE.fullmatch(settings.editions_store):
        wanted = "a bucket such as s3://bucket/prefix"
        raise BadSetting(name="editions_store", wanted=wanted)
    address = settings.editions_store_address
    if address and not STORE_ADDRESS.fullmatch(address):
        wanted = "an address such as https://s3.example.org, without keys"
        raise BadSetting(name="editions_store_address", wanted=wanted)


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    return {
        name.removeprefix(Settings.PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(Settings.PREFIX) and name != INSTANCE
    }


def _with(settings: Settings, given: Mapping[str, object], where: str) -> Settings:
    known = {each.name for each in fields(Settings)} - {"secrets", "instance"}
    changes: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise UnknownSetting(name=name, where=where)
        changes[name] = _read(name, getattr(settings, name), value)
    return replace(settings, **changes)


def _read(name: str, default: object, value: object) -> object:
    """Read one value as the type its default has."""
    if isinstance(default, tuple):
        return _read_list(name, value)
    text = str(value).strip()
    if isinstance(default, bool):
        if text.lower() not in BOOLEANS:
            raise BadSetting(name=name, wanted="true or false")
        return BOOLEANS[text.lower()]
    if isinstance(default, int):
        if not (text.isascii() and text.isdigit()):
            raise BadSetting(name=name, wanted="a whole number")
        return int(text)
    if isinstance(default, Path):
        return Path(text).expanduser().absolute()
    return text


def _read_list(name: str, value: object) -> tuple[str, ...]:
    """Read a list of texts, or one text with commas."""
    parts = value.split(",") if isinstance(value, str) else value
    listed: list[object] = list(parts) if isinstance(parts, list | tuple) else [None]
    texts = [each.strip() for each in listed if isinstance(each, str)]
    if len(texts) < len(listed):
        raise BadSetting(name=name, wanted="a list of texts")
    return tuple(text for text in texts if text)
