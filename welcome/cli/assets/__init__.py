"""Third-party files of pages and print: fetched from a lock, built, checked, put in place.

None is committed; the manifests are: every kept file's SHA-256. What is on disk is right
when it agrees with them, so a second run needs neither network nor a note of the first.
Runs before the rest of the product can: `python -m welcome.cli.assets fetch`.
"""

from welcome.cli.assets.commands import assets

__all__ = ["assets"]
