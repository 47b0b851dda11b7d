"""A backup from before a change of keys is restored while its key is there still."""

from dataclasses import replace

import pytest

from tests.buddies import records
from welcome.backups.errors import RestoreRefused

CHANGED = "newer key for tests only"


@pytest.fixture
def file(session, now, take):
    records.write(session, now)
    return take()


def test_the_old_key_is_known_by_its_mark(file, restore, other_url, settings):
    old = settings.secrets.field_encryption
    keys = replace(settings.secrets, field_encryption=f"{CHANGED} {old}")
    done = restore(file, other_url, settings=replace(settings, secrets=keys))
    assert done.manifest.rows > 10


def test_without_the_old_key_it_is_refused(file, restore, other_url, settings):
    keys = replace(settings.secrets, field_encryption=CHANGED)
    with pytest.raises(RestoreRefused):
        restore(file, other_url, settings=replace(settings, secrets=keys))
