"""What this installation is set to, and the scheme as it stands here."""

from flask import current_app

from welcome.buddies import days
from welcome.buddies.scheme import Scheme
from welcome.config import Settings
from welcome.web.database import db


def settings() -> Settings:
    """Return the installation's settings."""
    found: Settings = current_app.extensions["welcome.settings"]
    return found


def scheme() -> Scheme:
    """Return the scheme of the installation, with the days that count."""
    return days.standing(db(), settings())
