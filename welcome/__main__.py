"""`python -m welcome`."""

from welcome.cli.commands import main

main()
