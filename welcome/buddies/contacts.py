"""Addresses and numbers: as they are stored, and the index by which they are found."""

import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session

from welcome.buddies.errors import BadAddress, BadPhone
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.database import keyring_of

REGION = "GB"
LONGEST_PHONE = 40


def normal_email(text: str) -> str:
    """Return an e-mail address as it is stored; raises BadAddress."""
    try:
        checked = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise BadAddress(text=text.strip()[:80]) from None
    return unicodedata.normalize("NFC", checked.normalized.lower())


def normal_phone(text: str) -> str:
    """Return a number as +447700900123, typed in any digits; raises BadPhone."""
    shown = text.strip()[:LONGEST_PHONE]
    if len(text.strip()) > LONGEST_PHONE:
        raise BadPhone(text=shown)
    try:
        number = phonenumbers.parse(shown, REGION)
    except phonenumbers.NumberParseException:
        raise BadPhone(text=shown) from None
    if not phonenumbers.is_possible_number(number):
        raise BadPhone(text=shown)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(number: str) -> str:
    """Return a stored number as people write it here."""
    parsed = phonenumbers.parse(number, REGION)
    here = phonenumbers.region_code_for_number(parsed) == REGION
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        parsed, form.NATIONAL if here else form.INTERNATIONAL
    )


def set_email(session: Session, person: Newcomer | Volunteer, text: str) -> None:
    """Give somebody an e-mail address, or none; raises BadAddress."""
    person.email = normal_email(text) if text.strip() else None
    person.email_index = person.email and email_index(session, person.email)


def set_phone(session: Session, person: Newcomer | Volunteer, text: str) -> None:
    """Give somebody a phone number, or none; raises BadPhone."""
    person.phone = normal_phone(text) if text.strip() else None
    person.phone_index = person.phone and phone_index(session, person.phone)


def email_index(session: Session, email: str) -> str:
    """Return what stands for a stored address in the database."""
    return keyring_of(session).index("email", email)


def phone_index(session: Session, phone: str) -> str:
    """Return what stands for a stored number in the database."""
    return keyring_of(session).index("phone", phone)
