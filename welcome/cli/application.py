"""The web application of the installation, for the server and for commands."""

from flask import Flask

from welcome.app import create_app
from welcome.cli.installation import installation


def make_app() -> Flask:
    """Make it on the installation's own sessions."""
    opened = installation()
    return create_app(opened.settings, opened.sessions)
