"""Looking at what drafts by machine."""

from collections.abc import Iterator

from welcome.cli.looking.findings import Finding, fine, missing
from welcome.config import Settings
from welcome.translation.machine.argos import packages


def look_at_models(settings: Settings) -> Iterator[Finding]:
    """Look which packages are installed, and whether any is damaged."""
    shelf = packages.look(settings.models)
    ways = sorted(f"{source}:{target}" for source, target in shelf.packages)
    yield fine("models", f"packages for machine drafts: {', '.join(ways) or 'none'}")
    for folder, problem in shelf.problems.items():
        said = f"{settings.models / folder} is no package: {problem}"
        yield missing("models", said, "remove it, then: welcome mt install FILE")
