"""Words for people, rules, scores and reasons of the buddy scheme."""

from welcome.phrases.catalogues import mark

PHRASES = {
    "Level.a-few-words": mark("A few words"),
    "Level.everyday": mark("Everyday talk"),
    "Level.well": mark("Well"),
    "Level.first": mark("First language"),
    "Gender.woman": mark("Woman"),
    "Gender.man": mark("Man"),
    "Gender.another": mark("Another gender"),
    "BuddyRole.adult": mark("Friend to an adult"),
    "BuddyRole.family": mark("Friend to a family with children"),
    "Weekday.mon": mark("Monday"),
    "Weekday.tue": mark("Tuesday"),
    "Weekday.wed": mark("Wednesday"),
    "Weekday.thu": mark("Thursday"),
    "Weekday.fri": mark("Friday"),
    "Weekday.sat": mark("Saturday"),
    "Weekday.sun": mark("Sunday"),
    "PartOfDay.morning": mark("Morning"),
    "PartOfDay.afternoon": mark("Afternoon"),
    "PartOfDay.evening": mark("Evening"),
    "Interest.walking": mark("Walking"),
    "Interest.football": mark("Football"),
    "Interest.cricket": mark("Cricket"),
    "Interest.swimming": mark("Swimming"),
    "Interest.cycling": mark("Cycling"),
    "Interest.exercise": mark("Exercise"),
    "Interest.cooking": mark("Cooking"),
    "Interest.gardening": mark("Gardening"),
    "Interest.music": mark("Music"),
    "Interest.films": mark("Films"),
    "Interest.reading": mark("Reading"),
    "Interest.crafts": mark("Sewing and crafts"),
    "Interest.games": mark("Games"),
    "Interest.history": mark("History and museums"),
    "Interest.computers": mark("Computers"),
    "Interest.english-practice": mark("Practising English"),
    "VetoCode.not-cleared": mark("Not cleared for this role"),
    "VetoCode.other-organisation": mark("Another organisation"),
    "VetoCode.not-adult": mark("Under 18"),
    "VetoCode.no-language": mark("No language in common"),
    "VetoCode.gender-wish": mark("One of them wishes for another gender"),
    "VetoCode.too-far": mark("Too far away"),
    "VetoCode.no-common-time": mark("Never free at the same time"),
    "VetoCode.blocked": mark("Not to be brought together"),
    "VetoCode.own-community": mark("From the newcomer's own community"),
    "VetoCode.no-place-free": mark("No place free"),
    "passed:all": mark("volunteers in all"),
    "passed:not-cleared": mark("are cleared for this"),
    "passed:other-organisation": mark("are of an organisation they can meet"),
    "passed:not-adult": mark("are of age"),
    "passed:no-language": mark("share a language"),
    "passed:gender-wish": mark("suit both wishes"),
    "passed:too-far": mark("come as far"),
    "passed:no-common-time": mark("are free at the same time"),
    "passed:blocked": mark("may be brought together"),
    "passed:own-community": mark("are of the community they ask for"),
    "passed:no-place-free": mark("have a place free"),
    "WaitCode.nobody-suits": mark("Nobody suits yet"),
    "WaitCode.places-taken": mark("All who suit have no place left"),
    "PartCode.language": mark("Language"),
    "PartCode.time": mark("Time"),
    "PartCode.nearness": mark("Nearness"),
    "PartCode.interests": mark("Interests"),
    "PartCode.same-organisation": mark("Same organisation"),
    "weights_not_hundred": mark("The weights sum to %(total)s; they must sum to 100."),
    "weight_out_of_range": mark(
        "The weight of “%(part)s” is %(value)s; it must be a whole number from 0 to 100."
    ),
    "SheetCode.too-big": mark(
        "The file is larger than %(most)s MB. Split it into several files."
    ),
    "SheetCode.is-workbook": mark(
        "This is a workbook. Save it as CSV (UTF-8) and give that file."
    ),
    "SheetCode.not-text": mark(
        "This is no text. Save the spreadsheet as CSV (UTF-8) and give that file."
    ),
    "SheetCode.not-utf8": mark(
        "The text is not UTF-8 from this line on. Save the spreadsheet as CSV (UTF-8)."
    ),
    "SheetCode.no-header": mark("The file is empty; it needs a first row of names."),
    "SheetCode.missing-column": mark("This column is missing."),
    "SheetCode.doubled-column": mark("Two columns have this name."),
    "SheetCode.unknown-column": mark("Nobody knows this column; it is not read."),
    "SheetCode.too-many-rows": mark("The file has more than %(most)s rows."),
    "SheetCode.to-split": mark(
        "The file has %(rows)s rows, and at most %(most)s can be taken in at once. "
        "Split it into several files."
    ),
    "SheetCode.unclosed-quote": mark("A quotation mark opens here and never closes."),
    "SheetCode.damaged-quotes": mark(
        "Text follows a closing quotation mark; write a quotation mark twice inside."
    ),
    "SheetCode.too-many-cells": mark(
        "The row has %(cells)s cells, the header only %(columns)s."
    ),
    "SheetCode.too-long": mark("This is longer than %(most)s characters."),
    "SheetCode.control-character": mark("There is a sign in it that nobody can see."),
    "SheetCode.missing-value": mark("This is needed."),
    "SheetCode.doubled-id": mark("Line %(line)s has this id already."),
    "SheetCode.unknown-language": mark(
        "“%(found)s” is no language we know. Write other:%(found)s if it is one."
    ),
    "SheetCode.language-too-wide": mark(
        "“%(found)s” is several languages. Write which: %(choices)s."
    ),
    "SheetCode.doubled-language": mark("“%(found)s” stands here twice."),
    "SheetCode.unknown-word": mark("“%(found)s” is none of: %(choices)s."),
    "SheetCode.unknown-time": mark(
        "“%(found)s” is no time. Write for example mon-am, tue-pm or weekday evenings."
    ),
    "SheetCode.not-a-number": mark("“%(found)s” is no number from 0 to %(most)s."),
    "SheetCode.not-a-date": mark(
        "“%(found)s” is no date. Write the year first: 2026-03-31."
    ),
    "SheetCode.future-date": mark("%(found)s is after %(today)s."),
    "SheetCode.half-a-place": mark("Easting and northing need each other."),
    "SheetCode.unknown-sector": mark("“%(found)s” is not in the file of areas."),
    "SheetCode.sector-unused": mark(
        "Without a file of areas nobody knows where sectors lie; this is not read."
    ),
    "SheetCode.unknown-person": mark("Nobody has the id “%(found)s”."),
    "SheetCode.doubled-pair": mark("This pair stands here twice."),
    "SheetCode.bad-email": mark("“%(found)s” is no e-mail address."),
    "SheetCode.bad-phone": mark("“%(found)s” is no phone number."),
    "SheetCode.no-way": mark("This is needed to reach them in this way: %(needed)s."),
    "SheetCode.bad-hours": mark("The hours must end later than they begin."),
    "SheetCode.not-adult": mark("The buddy scheme is for people who are 18 or older."),
    "SheetCode.no-area": mark(
        "“%(found)s” is no part of the town that is known. Leave it empty, or write it as"
        " WS1 3."
    ),
    "SheetCode.too-many-likes": mark("At most %(most)s of these may stand here."),
    "SheetCode.same-person": mark(
        "Line %(line)s has the same e-mail address or phone number."
    ),
    "SheetCode.known-already": mark(
        "Somebody with this e-mail address or phone number takes part already."
    ),
    "SheetCode.taken-before": mark("Taken in before, by this id."),
    "too_many_pairs": mark(
        "More than %(most)s pairs are possible. Say where people live, or take fewer at"
        " a time."
    ),
    "files_refused": mark("The files have %(count)s problems; nothing was written."),
    "bad_rules_file": mark("%(file)s: %(detail)s."),
    "Dimension.language": mark("First language"),
    "Dimension.area": mark("Area"),
    "Dimension.gender-wish": mark("Wish for a gender"),
    "Dimension.english": mark("English"),
    "WishGroup.any": mark("No wish"),
    "WishGroup.women": mark("Only women"),
    "WishGroup.men": mark("Only men"),
    "WishGroup.other": mark("Another wish"),
}
