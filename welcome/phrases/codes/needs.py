"""Words for what a newcomer needs when; every edition's start page says them."""

from welcome.phrases.catalogues import mark

PHRASES = {
    "Group.today": mark("Today"),
    "Group.this-week": mark("This week"),
    "Group.this-month": mark("This month"),
    "Group.living-here": mark("Living here"),
}
