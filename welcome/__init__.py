"""Welcome: a multilingual welcome pack and buddy scheme.

The rooms, from the top floor down; imports go down only (the contract stands in
pyproject.toml, and tests/house compares this map with the folders on disk):

cli           commands
backups       the whole database in one file, and back
app           the one place that wires everything
migrations    schema steps
tables        imports every models module, so the metadata is whole
web           pages, one desk per audience
jobs          work after the response
editions      frozen publications per locale: web, print
buddies       volunteers, newcomers and their pairings
translation   from source unit to reviewed target
partners      organisations, who works for them, what they share
packs         packs, pages, immutable source versions, units, facts
messages      the outbox and its letters
accounts      people who sign in, roles, permissions, journal
phrases       gettext and Jinja without Flask
locales       what we publish in, and how it is written
segmentation  Markdown and segments (pure)
since         what no restored backup may undo
standing      where the database's schema stands
keys          changing the keys that seal, while people work
database      engine, sessions, column types
clock         the one place that reads the clock
config        settings and secrets
sealing       keys that seal personal columns
errors        what can go wrong
"""
