"""Words for keys, retention, erasure and what somebody may have of their record."""

from welcome.phrases.catalogues import mark

KEYS = {
    "keys_needed": mark(
        "What lies sealed in the database needs the keys: put secrets.toml, which belongs"
        " to this database, into the instance folder first. Nothing was changed."
    ),
}

PHRASES = {**KEYS}
