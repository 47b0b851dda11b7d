"""What somebody speaks, and where a volunteer is found by it."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.buddies.models.people import (
    Area,
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerLanguage,
)
from welcome.buddies.people.areas import cell_of
from welcome.buddies.rules.vocabulary import Level


def set_newcomer_languages(
    session: Session, newcomer: Newcomer, languages: Mapping[str, Level]
) -> None:
    """Write down all that a newcomer speaks."""
    session.exec(
        sa.delete(NewcomerLanguage).where(
            col(NewcomerLanguage.newcomer_id) == newcomer.id
        )
    )
    session.add_all(
        NewcomerLanguage(newcomer_id=newcomer.id, language=language, level=level)
        for language, level in languages.items()
    )
    session.flush()


def set_volunteer_languages(
    session: Session, volunteer: Volunteer, languages: Mapping[str, Level]
) -> None:
    """Write down all that a volunteer speaks, where they live."""
    session.exec(
        sa.delete(VolunteerLanguage).where(
            col(VolunteerLanguage.volunteer_id) == volunteer.id
        )
    )
    area = session.get(Area, volunteer.area_id) if volunteer.area_id else None
    cell_x, cell_y = cell_of(area)
    session.add_all(
        VolunteerLanguage(
            volunteer_id=volunteer.id,
            language=language,
            level=level,
            cell_x=cell_x,
            cell_y=cell_y,
        )
        for language, level in languages.items()
    )
    session.flush()


def move_home(session: Session, volunteer: Volunteer, area: Area | None) -> None:
    """Have a volunteer live somewhere else."""
    volunteer.area_id = area.id if area else None
    session.flush()
    set_volunteer_languages(session, volunteer, list_volunteer(session, volunteer))


def list_newcomer(session: Session, newcomer: Newcomer) -> dict[str, Level]:
    """List what a newcomer speaks."""
    asked = select(NewcomerLanguage.language, NewcomerLanguage.level).where(
        NewcomerLanguage.newcomer_id == newcomer.id
    )
    found = session.exec(asked.order_by(col(NewcomerLanguage.language)))
    return {language: Level(level) for language, level in found}


def list_volunteer(session: Session, volunteer: Volunteer) -> dict[str, Level]:
    """List what a volunteer speaks."""
    asked = select(VolunteerLanguage.language, VolunteerLanguage.level).where(
        VolunteerLanguage.volunteer_id == volunteer.id
    )
    found = session.exec(asked.order_by(col(VolunteerLanguage.language)))
    return {language: Level(level) for language, level in found}
