"""The English sentence of every finding: what is wrong and how to mend it."""

from .findings import Finding

SENTENCES: dict[str, str] = {
    "empty": "There is no translation. Write it, or take a suggestion.",
    "too-heavy": "The text is too long or has too many square brackets. Make it shorter.",
    "same-as-source": "This is the source once more. Translate it, unless it is a term that letters use.",
    "script": "Only %(share)s of the letters are in the script of this language. Check that the text is in the right language.",
    "source-left": "Part of the source is left: “%(found)s …”. Translate it.",
    "too-short": "The text has only %(share)s of the usual length. Check that nothing is missing.",
    "too-long": "The text has %(share)s of the usual length. Check that nothing was added.",
    "repeated-word": "A word stands twice in a row: %(found)s. Delete one if it is a slip.",
    "question": "The source ends with “%(wanted)s”, the translation with “%(found)s”. A question must stay a question.",
    "punctuation": "The source ends with “%(wanted)s”, the translation with “%(found)s”. Make them agree if the language does so.",
    "number": "The number %(missing)s is missing; found: %(found)s. Write the same number, in any digits.",
    "number-digit": "The source has %(missing)s, the translation has %(found)s. Check the number.",
    "number-extra": "The source does not have the number %(found)s. Delete it if it was added by mistake.",
    "phone": "The phone number %(missing)s is missing; found: %(found)s. Copy it from the source.",
    "phone-extra": "The source does not have the phone number %(found)s. Delete it, or use the fact by its name.",
    "money": "The amount %(missing)s is missing; found: %(found)s. Write the same amount in the same currency.",
    "money-currency": "The amount %(missing)s stands without its currency. Name the currency.",
    "date": "The date %(missing)s is missing; found: %(found)s. Write the same day, month and year.",
    "time": "The time %(missing)s is missing; found: %(found)s. Write the same time of day.",
    "time-unclear": "%(time)s became %(found)s. Say which half of the day it is, or write it on the 24-hour clock.",
    "email": "The e-mail address %(missing)s is missing; found: %(found)s. Copy it from the source.",
    "fact-missing": "The fact %(missing)s is missing. Put it, with its braces, where its value belongs.",
    "fact-extra": "The source does not use the fact %(found)s. Delete it, and keep the names of facts in Latin letters.",
    "placeholder": "The placeholder %(missing)s is missing. Copy it from the source.",
    "placeholder-extra": "The source does not have the placeholder %(found)s. Delete it.",
    "link-count": "The source has %(wanted)s links, the translation has %(found)s. Keep every [text](address).",
    "link-contact": "The link %(missing)s became %(found)s. Keep the address of the source.",
    "link-changed": "The link %(missing)s became %(found)s. Check that it leads to the same thing.",
    "link-localised": "The link %(missing)s became %(found)s on the same site. Check that the page is there.",
    "address": "The web address %(missing)s is missing. Copy it from the source.",
    "broken-markup": "These marks would be shown as text: %(found)s. Close them as in the source, without blanks inside.",
    "emphasis": "The source emphasises %(wanted)s parts, the translation %(found)s. Check the * marks.",
    "code": "The text in back-ticks must stay as it is: missing %(missing)s, found %(found)s.",
}


def sentence(finding: Finding) -> str:
    """Give the English sentence of a finding."""
    return SENTENCES[finding.code] % finding.params
