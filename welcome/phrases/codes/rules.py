"""What is said when a rule was broken: what was wrong, what is kept, what to do."""

from welcome.phrases.catalogues import mark

GENERAL = {
    "error": mark("Something went wrong. Nothing was changed."),
    "not_now": mark("What this takes is away just now. Try once more in a while."),
    "rule_broken": mark("That is not possible here. Nothing was changed."),
    "not_found": mark("This page does not exist, or it is not yours to see."),
    "not_allowed": mark(
        "Your account may not do this. Ask an administrator for the right."
    ),
    "unknown_setting": mark("The setting “%(name)s” in %(where)s is not known."),
    "bad_setting": mark("The setting “%(name)s” needs %(wanted)s."),
    "bad_settings_file": mark("%(file)s cannot be read: %(detail)s."),
    "not_prepared": mark(
        "%(folder)s holds no keys: nothing was set up there, or the file of keys was"
        " lost. Run: welcome db upgrade"
    ),
    "missing_secrets": mark(
        "%(file)s is missing but the database exists. Restore the file from your backup;"
        " new keys would lock the old data."
    ),
    "malformed_tag": mark("“%(tag)s” is not a language tag such as ur or pt-BR."),
    "unknown_locale": mark("The language “%(tag)s” is not offered here."),
    "seal_broken": mark(
        "Something that lies sealed in the database cannot be opened with the keys in"
        " secrets.toml. Restore the file that belongs to this database."
    ),
    "worker_died": mark("It stopped its worker each time it ran."),
    "since_not_noted": mark(
        "%(file)s could not be written (%(detail)s), so nothing was changed. Make room,"
        " or let this account write there, and try again."
    ),
    "since_unreadable": mark("%(file)s cannot be used: %(detail)s."),
    "since_not_applied": mark(
        "This database was restored from a backup of %(taken_at)s, and what happened"
        " after it is not known here (files of: %(missing)s). Nothing is served before"
        " that. Run: welcome erasures apply"
    ),
    "backup_failed": mark("No backup was made, nothing was left behind: %(reason)s."),
    "restore_refused": mark(
        "%(file)s was not restored, nothing was changed: %(reason)s."
    ),
    "being_restored": mark(
        "The database is being restored just now. Try again when that is done."
    ),
    "in_use": mark(
        "%(what)s. Stop `welcome serve` and `welcome worker` on every machine first;"
        " nothing was changed."
    ),
}

ACCOUNTS = {
    "bad_email": mark(
        "“%(email)s” is not an e-mail address that letters can be sent to."
    ),
    "email_taken": mark(
        "Somebody with the address %(email)s has an account already. Find it in the list"
        " of accounts."
    ),
    "last_administrator": mark(
        "This is the last administrator. Make somebody else an administrator first;"
        " nothing was changed."
    ),
    "second_step_owed": mark(
        "Your role asks for more than a password, so nothing was saved. What you typed is"
        " kept here; copy it, and set up the second step first."
    ),
    "role_has_no_locale": mark(
        "This role counts for all languages. Choose “All languages”."
    ),
    "bad_recipient": mark("This is not exactly one e-mail address. Nothing was sent."),
    "bad_subject": mark("A subject must be one line. Nothing was sent."),
    "message_not_waiting": mark(
        "This letter was sent or discarded meanwhile. Nothing was changed."
    ),
    "delivery_failed": mark("The mail server did not take the letter: %(reason)s."),
}

PACKS = {
    "no_such_pack": mark("There is no pack “%(slug)s”."),
    "no_such_page": mark("This pack has no page “%(name)s”."),
    "no_such_version": mark("The page never had version %(number)s."),
    "no_such_fact": mark("This pack has no fact “%(name)s”."),
    "edit_conflict": mark(
        "Somebody saved this page before you: it is at version %(number)s now. Your text"
        " is kept below; compare the two and save again."
    ),
    "fact_conflict": mark(
        "Somebody changed this fact before you: it says “%(value)s” now. What you typed"
        " is kept below."
    ),
    "bad_page": mark(
        "The page has problems and was not saved. What you typed is kept."
    ),
    "outside_subset": mark(
        "Line %(line)s cannot be read safely, so nothing was saved. What you typed is"
        " kept."
    ),
    "content_refused": mark("%(count)s problems were found; nothing was imported."),
}

TRANSLATION = {
    "save_conflict": mark(
        "Somebody saved this text before you. Both texts are shown; nothing is lost."
    ),
    "changed_meanwhile": mark(
        "This text was changed after you opened the page. Look at it again."
    ),
    "move_not_allowed": mark("This text cannot go that way from where it stands now."),
    "nobody_read": mark(
        "A machine wrote this text and nobody here has read it. Read it, mend it where"
        " it is wrong, and save it; then it can be submitted."
    ),
    "target_too_long": mark(
        "This is too long for its source, so it was not saved: %(most)s letters at most."
        " What you typed is kept in the box."
    ),
    "own_work": mark("You wrote this text, so somebody else must review it."),
    "blocking_findings": mark(
        "Something is certainly wrong in the text. Mend it, or give a reason in writing."
    ),
    "comment_required": mark("Say in a comment what should be changed."),
    "no_such_finding": mark("The text has no such open finding."),
    "reason_too_short": mark(
        "Give a reason that others can follow: at least %(least)s characters."
    ),
    "bad_statement": mark("The statement lacks something: %(missing)s."),
    "second_reader_exists": mark(
        "Somebody here can review this language, so an agency’s statement is not enough."
    ),
    "locale_not_offered": mark("This pack does not appear in that language."),
    "no_such_engine": mark("There is no translation engine of that name."),
    "no_route": mark(
        "The engine “%(engine)s” has no way from %(source)s to %(target)s. A package for"
        " it must be installed, or people translate."
    ),
    "package_refused": mark(
        "%(file)s is not installed, nothing was changed: %(reason)s."
    ),
    "index_unreadable": mark(
        "The list of packages at %(place)s cannot be read: %(reason)s."
    ),
    "no_such_package": mark(
        "No package from %(source)s to %(target)s is installed here."
    ),
    "model_unusable": mark(
        "The package %(package)s is damaged and cannot translate (%(reason)s). Whoever"
        " keeps this server installs it again, with: welcome mt install FILE"
    ),
    "engine_misset": mark(
        "%(name)s is set to %(value)s, which would send texts elsewhere or fetch models"
        " from there. Unset it; nothing was translated."
    ),
    "not_drafted": mark(
        "Not every language could be drafted. What was made is kept and offered."
    ),
    "engine_failed": mark("The translation engine gave back something unusable."),
    "engine_away": mark(
        "The translation server at %(address)s cannot be reached, or has too much to do."
        " What was drafted is kept; drafting goes on once it answers."
    ),
    "engine_refused": mark(
        "The translation server at %(address)s does not work for us: “%(said)s”. Where it"
        " wants a key, whoever runs it gives one, to be set as libretranslate_key. What"
        " was drafted is kept."
    ),
    "table_refused": mark("The file was not read: %(reason)s. Nothing was changed."),
}

EDITIONS = {
    "no_start_page": mark("The pack has no start page. Write one first."),
    "site_address_missing": mark(
        "The site’s address is not set. Set site_url in instance/config.toml."
    ),
    "nothing_new": mark("Readers already have exactly this. Nothing was published."),
    "edition_move_not_allowed": mark("The edition cannot go that way from here."),
    "edition_overtaken": mark("A newer edition became current in the meantime."),
    "nothing_to_roll_back_to": mark("There is no earlier edition to go back to."),
    "not_published": mark("Nothing is published in this language."),
    "edition_folder_taken": mark(
        "The folder of this edition holds something else. Run the publishing again."
    ),
    "edition_look_changed": mark(
        "The templates are newer than this edition, so it cannot be made again here."
    ),
    "edition_not_written": mark("The pages could not be written: %(detail)s"),
    "editions_folder_missing": mark(
        "%(folder)s, where machines share editions, is not there. Mount it, or make it"
        " once, then try again. Readers keep what they have."
    ),
    "store_unreachable": mark(
        "The store of editions, %(store)s, does not answer (%(detail)s). Readers keep"
        " what they have. Try again once it answers."
    ),
    "store_refused": mark(
        "The store of editions, %(store)s, does not let us in (%(detail)s). Readers keep"
        " what they have. Look at editions_store in instance/config.toml and at the keys"
        " (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), then try again."
    ),
    "store_harmed": mark(
        "The store of editions does not hold %(name)s as it was kept (%(reason)s)."
        " Run: welcome editions check --mend"
    ),
    "store_library_missing": mark(
        "The setting editions_store needs the library boto3, which is not installed."
        " Run: %(python)s -m pip install boto3"
    ),
    "edition_not_here": mark(
        "%(path)s lies on another machine and in no store. Run there, with"
        " editions_store set: welcome editions check --mend"
    ),
    "edition_run_ended": mark(
        "The run that was preparing this edition ended early. Publish again."
    ),
    "publishing_failed": mark(
        "Some languages could not be published; the others are current. See the list."
    ),
    "print_failed": mark(
        "The print edition could not be made (%(reason)s): %(detail)s"
    ),
    "print_glyphs_missing": mark(
        "The fonts lack characters, so nothing was printed: %(detail)s"
    ),
}

BUDDIES = {
    "unknown_volunteer": mark(
        "Volunteer %(volunteer)s, named for newcomer %(newcomer)s, is not in the list of"
        " volunteers."
    ),
    "unknown_newcomer": mark("Newcomer %(newcomer)s is not in the list of newcomers."),
    "doubled_newcomer": mark("Newcomer %(newcomer)s stands in the list twice."),
    "doubled_offer": mark(
        "Newcomer %(newcomer)s is offered the same volunteer twice. Leave one out."
    ),
    "seat_not_possible": mark(
        "Newcomer %(newcomer)s needs a priority of 0 or more (not %(priority)s), and 1 or"
        " 2 buddies (not %(buddies)s)."
    ),
    "score_outside": mark(
        "The score %(score)s of newcomer %(newcomer)s and volunteer %(volunteer)s is not"
        " a whole number from 0 to 100."
    ),
    "places_not_possible": mark(
        "Volunteer %(volunteer)s cannot have %(places)s places. Give 0 or more."
    ),
    "pinned_twice": mark(
        "Newcomer %(newcomer)s and volunteer %(volunteer)s are pinned twice."
    ),
    "pin_forbidden": mark(
        "Newcomer %(newcomer)s and volunteer %(volunteer)s are pinned and forbidden."
        " Take one of the two away."
    ),
    "pins_exceed_places": mark(
        "More pairs are pinned to volunteer %(volunteer)s than there are places"
        " (%(places)s). Take a pin away."
    ),
    "pins_exceed_seats": mark(
        "More pairs are pinned to newcomer %(newcomer)s than buddies are wanted"
        " (%(buddies)s). Take a pin away."
    ),
    "has_buddy": mark("Newcomer %(newcomer)s has a buddy already."),
    "plan_not_possible": mark(
        "These pairs cannot all stand: newcomer %(newcomer)s, volunteer %(volunteer)s"
        " (%(rule)s)."
    ),
    "not_proved": mark(
        "It is not proved that these pairs are the best. This does not hold:"
        " %(inequality)s."
    ),
}

PHRASES: dict[str, str] = GENERAL | ACCOUNTS | PACKS | TRANSLATION | EDITIONS | BUDDIES
