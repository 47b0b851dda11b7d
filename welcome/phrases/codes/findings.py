"""What a check found in a translation, and how to mend it."""

from welcome.phrases.catalogues import mark

PHRASES: dict[str, str] = {
    "empty": mark("There is no translation. Write it, or take a suggestion."),
    "too-heavy": mark(
        "The text is too long or has too many square brackets. Make it shorter."
    ),
    "same-as-source": mark("This is the source once more. Translate it."),
    "script": mark(
        "Only %(share)s of the letters are in the script of this language. Check that the text is in the right language."
    ),
    "source-left": mark("Part of the source is left: “%(found)s …”. Translate it."),
    "too-short": mark(
        "The text has only %(share)s of the usual length. Check that nothing is missing."
    ),
    "too-long": mark(
        "The text has %(share)s of the usual length. Check that nothing was added."
    ),
    "repeated-word": mark(
        "A word stands twice in a row: %(found)s. Delete one if it is a slip."
    ),
    "question": mark(
        "The source ends with “%(wanted)s”, the translation with “%(found)s”. A question must stay a question."
    ),
    "punctuation": mark(
        "The source ends with “%(wanted)s”, the translation with “%(found)s”. Make them agree if the language does so."
    ),
    "number": mark(
        "The number %(missing)s is missing; found: %(found)s. Write the same number, in any digits."
    ),
    "number-digit": mark(
        "The source has %(missing)s, the translation has %(found)s. Check the number."
    ),
    "number-extra": mark(
        "The source does not have the number %(found)s. Delete it if it was added by mistake."
    ),
    "phone": mark(
        "The phone number %(missing)s is missing; found: %(found)s. Copy it from the source."
    ),
    "phone-extra": mark(
        "The source does not have the phone number %(found)s. Delete it, or use the fact by its name."
    ),
    "money": mark(
        "The amount %(missing)s is missing; found: %(found)s. Write the same amount in the same currency."
    ),
    "money-currency": mark(
        "The amount %(missing)s stands without its currency. Name the currency."
    ),
    "date": mark(
        "The date %(missing)s is missing; found: %(found)s. Write the same day, month and year."
    ),
    "time": mark(
        "The time %(missing)s is missing; found: %(found)s. Write the same time of day."
    ),
    "time-unclear": mark(
        "%(time)s became %(found)s. Say which half of the day it is, or write it on the 24-hour clock."
    ),
    "email": mark(
        "The e-mail address %(missing)s is missing; found: %(found)s. Copy it from the source."
    ),
    "fact-missing": mark(
        "The fact %(missing)s is missing. Put it, with its braces, where its value belongs."
    ),
    "fact-extra": mark(
        "The source does not use the fact %(found)s. Delete it, and keep the names of facts in Latin letters."
    ),
    "placeholder": mark(
        "The placeholder %(missing)s is missing. Copy it from the source."
    ),
    "placeholder-extra": mark(
        "The source does not have the placeholder %(found)s. Delete it."
    ),
    "link-count": mark(
        "The source has %(wanted)s links, the translation has %(found)s. Keep every [text](address)."
    ),
    "link-contact": mark(
        "The link %(missing)s became %(found)s. Keep the address of the source."
    ),
    "link-changed": mark(
        "The link %(missing)s became %(found)s. Check that it leads to the same thing."
    ),
    "link-localised": mark(
        "The link %(missing)s became %(found)s on the same site. Check that the page is there."
    ),
    "address": mark("The web address %(missing)s is missing. Copy it from the source."),
    "broken-markup": mark(
        "These marks would be shown as text: %(found)s. Close them as in the source, without blanks inside."
    ),
    "emphasis": mark(
        "The source emphasises %(wanted)s parts, the translation %(found)s. Check the * marks."
    ),
    "code": mark(
        "The text in back-ticks must stay as it is: missing %(missing)s, found %(found)s."
    ),
}

# The same findings, where the translation has nothing of the kind at all.
NOTHING_FOUND: dict[str, str] = {
    "question": mark(
        "The source ends with “%(wanted)s”, the translation without any mark. A question must stay a question."
    ),
    "punctuation": mark(
        "The source ends with “%(wanted)s”, the translation without any mark. Make them agree if the language does so."
    ),
    "number": mark(
        "The number %(missing)s is missing: the translation has no such number. Write it, in any digits."
    ),
    "number-digit": mark(
        "The source has %(missing)s, the translation has no such number. Check the number."
    ),
    "phone": mark(
        "The phone number %(missing)s is missing: the translation has no phone number. Copy it from the source."
    ),
    "money": mark(
        "The amount %(missing)s is missing: the translation has no amount of money. Write the same amount in the same currency."
    ),
    "date": mark(
        "The date %(missing)s is missing: the translation has no such date. Write the same day, month and year."
    ),
    "time": mark(
        "The time %(missing)s is missing: the translation has no such time. Write the same time of day."
    ),
    "email": mark(
        "The e-mail address %(missing)s is missing: the translation has no e-mail address. Copy it from the source."
    ),
    "code": mark("The text in back-ticks must stay as it is: %(missing)s is missing."),
}
