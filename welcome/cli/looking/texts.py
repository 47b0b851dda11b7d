"""Whether GOV.UK Notify could be asked to send; nothing is asked of it."""

from collections.abc import Iterator

from welcome.cli.looking.findings import Finding, fine, missing
from welcome.config import Settings
from welcome.messages import notify
from welcome.messages.errors import DeliveryFailed


def look_at_texts(settings: Settings) -> Iterator[Finding]:
    """Look whether key, templates and library are there, where they are wanted."""
    if not settings.notify_key:
        return
    try:
        notify.open_client(settings)
    except DeliveryFailed as problem:
        yield missing("texts", problem.reason, "read docs/texts.md")
        return
    sent = {
        "texts": settings.notify_text_template,
        "e-mail": settings.notify_email_template,
    }
    named = [name for name, template in sent.items() if template]
    if named:
        yield fine("texts", f"GOV.UK Notify sends {' and '.join(named)}")
        return
    said = "notify_key is set, but no template: GOV.UK Notify sends nothing"
    yield missing("texts", said, "set notify_text_template in instance/config.toml")
