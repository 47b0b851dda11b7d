"""`python -m welcome`."""

from welcome.cli import main

main()
