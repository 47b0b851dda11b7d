"""Editions on disk: harm is found, and mended byte for byte where that can be."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from tests.editions.conftest import Translate, change_page, current_of
from welcome.config import Settings
from welcome.editions import verifying
from welcome.editions.errors import LookChanged
from welcome.editions.models import Edition
from welcome.packs.models import Pack
from welcome.translation.models import Origin, TargetState

Ordered = Callable[..., object]


@pytest.fixture
def kept(
    session: Session,
    pack: Pack,
    order: Ordered,
    translate: Translate,
    settings: Settings,
    now: datetime,
) -> dict[Path, bytes]:
    """Two editions in each of two locales, and every file of them."""
    translate("ur", state=TargetState.TRANSLATED, origin=Origin.MACHINE)
    order("en", "ur")
    change_page(session, pack, "doctor", "A new paragraph.", now)
    order("en", "ur")
    files = [each for each in settings.editions.rglob("*") if each.is_file()]
    return {each: each.read_bytes() for each in files}


def harmed(session: Session, settings: Settings) -> list[str]:
    session.commit()
    found = verifying.find_harm(session, settings.editions)
    return [file for harm in found for file in harm.files]


def test_what_was_not_harmed_is_found_whole(
    session: Session, settings: Settings, kept: dict[Path, bytes]
) -> None:
    assert harmed(session, settings) == []


def damage_one(root: Path) -> str:
    # A link shared by both editions: writing in place would harm them both.
    file = root / "town/en/1/pages/doctor.html"
    file.write_bytes(file.read_bytes().replace(b"999", b"998"))
    return "town/en/1/pages/doctor.html"


def damage_packed(root: Path) -> str:
    (root / "town/ur/2/index.html.br").unlink()
    return "town/ur/2/index.html.br"


def damage_manifest(root: Path) -> str:
    (root / "town/ur/1/manifest.json").write_text("{")
    return "town/ur/1/manifest.json"


def lose_folder(root: Path) -> str:
    shutil.rmtree(root / "town/en/2")
    return "town/en/2/manifest.json"


@pytest.mark.parametrize(
    "damage", [damage_one, damage_packed, damage_manifest, lose_folder]
)
def test_harm_is_named_and_mended_byte_for_byte(
    session: Session,
    settings: Settings,
    kept: dict[Path, bytes],
    damage: Callable[[Path], str],
) -> None:
    assert damage(settings.editions) in harmed(session, settings)

    for harm in list(verifying.find_harm(session, settings.editions)):
        verifying.mend_pages(session, harm.edition, settings.editions)

    assert harmed(session, settings) == []
    now = {each for each in settings.editions.rglob("*") if each.is_file()}
    assert {each: each.read_bytes() for each in now} == kept
    assert not list(settings.editions.glob(".*"))


def test_another_look_is_not_passed_off_as_the_old_one(
    session: Session, settings: Settings, kept: dict[Path, bytes]
) -> None:
    edition = current_of(session, "en")
    edition.furniture = {**edition.furniture, "look": "of last year"}
    session.commit()
    damaged = settings.editions / "town/en/2/index.html"
    damaged.unlink()

    with pytest.raises(LookChanged):
        verifying.mend_pages(session, edition, settings.editions)

    assert not damaged.exists()
    assert len(session.exec(select(Edition)).all()) == 4
