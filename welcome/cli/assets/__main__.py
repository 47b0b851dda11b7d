"""`python -m welcome.cli.assets …`, for the set-up."""

from welcome.cli.assets.commands import assets

assets(prog_name="welcome assets")
