"""What was done, as the journal says it."""

from welcome.phrases.catalogues import mark

PHRASES: dict[str, str] = {
    "account.invited": mark("Invited"),
    "account.invited_again": mark("Invited again"),
    "account.deactivated": mark("Let go"),
    "account.activated": mark("Let in again"),
    "account.locked": mark("Locked after failed sign-ins"),
    "account.signed_in": mark("Signed in"),
    "account.secured": mark("Changed how they sign in"),
    "role.granted": mark("Role given"),
    "role.revoked": mark("Role taken back"),
    "content.imported": mark("Content imported"),
    "version.saved": mark("Version saved"),
    "version.restored": mark("Version restored"),
    "page.brought_back": mark("Page brought back into use"),
    "table.taken_in": mark("Word table taken in"),
    "page.retired": mark("Page taken out of use"),
    "fact.changed": mark("Fact changed"),
    "target.accepted": mark("Translation accepted"),
    "target.returned": mark("Translation returned"),
    "finding.overridden": mark("Finding overridden"),
    "statement.accepted": mark("Accepted on an agency’s statement"),
    "edition.published": mark("Edition published"),
    "edition.rolled_back": mark("Edition rolled back"),
    "print.asked_again": mark("Printing asked for again"),
    "edition.withdrawn": mark("Edition withdrawn"),
}
