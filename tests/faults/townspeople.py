"""Who is at work while something breaks: readers, translators, publishers."""

import hashlib
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from lxml.html import HtmlElement

from tests.faults.clients import Answer, Cut, Person, path_of
from tests.faults.installation import TAGS
from tests.faults.memory import Memory
from tests.faults.report import Fault

READ = (
    "/en/", "/ur/", "/en/doctor/", "/ur/doctor/", "/en/safety/", "/ur/safety/",
    "/en/section-10/", "/en/section-20/",
)  # fmt: skip
PAGES = ("doctor", "safety", "section-10", "section-20")
# Told as often as it happens: what was typed is on the page, to be sent again.
REFUSED = frozenset({409, 503})
# As the page itself asks, where what was typed stays in its box.
IN_PART = {"HX-Request": "true"}


class Reader(Person):
    """Reads pages; each must be whole, whatever happens to others."""

    def act(self, fault: Fault, memory: Memory, dice: random.Random) -> None:
        """Read one page."""
        path = dice.choice(READ)
        answer = memory.hear(self.get(path))
        if answer.code != 200:
            fault.breaks("half states", f"a reader of {path} got {answer.code}")
        elif not is_whole(answer):
            fault.breaks("half states", f"a reader of {path} got part of a page")


class Translator(Person):
    """Saves unit after unit through the page's own forms, and hands pages in."""

    serial = 0

    def act(self, fault: Fault, memory: Memory, dice: random.Random) -> None:
        """Save one unit, now and then hand the page in."""
        page = memory.hear(self.open(dice.choice(PAGES)))
        if page.code != 200:
            _refuse_unknown(fault, page, "a translator's page")
            return
        if dice.random() < 0.2:
            self._hand_in(fault, memory, page.page)
        else:
            self._save(fault, memory, dice, dice.choice(unit_forms(page)))

    def open(self, slug: str) -> Answer:
        """Open a page of the pack to translate it."""
        return self.get(f"/-/translating/town/ur/pages/{slug}/")

    def send(self, form: HtmlElement, text: str, **headers: str) -> Answer:
        """Send a unit's form with a text."""
        return self.post(
            form.get("action"), [*_fields(form), ("text", text)], **headers
        )

    def _save(
        self, fault: Fault, memory: Memory, dice: random.Random, form: HtmlElement
    ) -> None:
        Translator.serial += 1
        unit_id, revision = unit_of(form), revision_of(form)
        text = " ".join(
            [f"متن {Translator.serial}"] + [f"لفظ {Translator.serial}"] * 30
        )
        headers = IN_PART if dice.random() < 0.5 else {}
        with memory.saving(unit_id, text, revision):
            answer = memory.hear(self.send(form, text, **headers))
            if answer.code in {200, 302}:
                memory.told_saved(unit_id, text, revision)
                return
        _refuse_unknown(fault, answer, "a save")
        if not headers and text not in answer.text:
            fault.breaks("lost texts", f"what was typed is not there ({answer.code})")

    def _hand_in(self, fault: Fault, memory: Memory, page: HtmlElement) -> None:
        [form] = page.xpath("//form[@id='hand-in']")
        seen = page.xpath("//input[@form='hand-in'][@name='seen']/@value")
        fields = [*_fields(form), *(("seen", each) for each in seen)]
        answer = memory.hear(self.post(form.get("action"), fields))
        if answer.code != 302:
            _refuse_unknown(fault, answer, "handing in")


class Publisher(Person):
    """Asks for editions again and again."""

    def act(self, fault: Fault, memory: Memory, dice: random.Random) -> None:
        """Ask for editions of all locales."""
        page = memory.hear(self.get("/-/writing/town/publishing/"))
        if page.code != 200:
            _refuse_unknown(fault, page, "a publisher's page")
            return
        [form] = page.page.xpath("//form[@id='publish']")
        chosen = [("tags", tag) for tag in TAGS.split(",")]
        answer = memory.hear(self.post(form.get("action"), [*_fields(form), *chosen]))
        if answer.code == 302:
            memory.jobs.append(
                int(answer.headers["Location"].rstrip("/").split("/")[-1])
            )
        else:
            _refuse_unknown(fault, answer, "asking to publish")


class Drafter(Person):
    """Has all that nobody has translated drafted by machine, again and again."""

    def act(self, fault: Fault, memory: Memory, dice: random.Random) -> None:
        """Ask for drafts, unless some are being made."""
        page = memory.hear(self.get("/-/translating/town/drafts/"))
        if page.code != 200:
            _refuse_unknown(fault, page, "the page of drafts")
        elif page.page.xpath("//progress"):
            return
        else:
            [form] = page.page.xpath("//form[.//input[@name='engine']]")
            asked = [*_fields(form), ("tags", "ar"), ("anew", "1")]
            answer = memory.hear(self.post(form.get("action"), asked))
            if answer.code != 302:
                _refuse_unknown(fault, answer, "asking for drafts")


def unit_forms(page: Answer) -> list[HtmlElement]:
    """List the forms of a page's units."""
    found: list[HtmlElement] = page.page.xpath("//form[contains(@class, 'unit-form')]")
    return found


def unit_of(form: HtmlElement) -> int:
    """Tell which unit a form is for."""
    return int(path_of(form.get("action")).rstrip("/").rsplit("/", 1)[1])


def revision_of(form: HtmlElement) -> int:
    """Tell on top of which revision a form saves."""
    [revision] = form.xpath(".//input[@name='revision']/@value")
    return int(revision)


def is_whole(answer: Answer) -> bool:
    """Tell whether a page is the very bytes that it is known by."""
    digest = hashlib.sha256(answer.body).hexdigest()[:32]
    return answer.headers.get("ETag") == f'"{digest}"'


@contextmanager
def at_work(
    people: Sequence[Person], fault: Fault, memory: Memory, dice: random.Random,
    *, pause: Callable[[Person], float] = lambda _person: 0.05,
) -> Iterator[None]:  # fmt: skip
    """Have people act, each in a thread of their own, until the block ends."""
    stop = threading.Event()

    def act(person: Person, own: random.Random) -> None:
        while not stop.wait(pause(person)):
            try:
                person.act(fault, memory, own)
            except Cut:
                memory.cut += 1

    threads = [
        threading.Thread(target=act, args=(each, random.Random(dice.random())))
        for each in people
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _fields(form: HtmlElement) -> list[tuple[str, str]]:
    """List what a form carries hidden."""
    hidden = form.xpath(".//input[@type='hidden']")
    return [(each.get("name"), each.get("value")) for each in hidden]


def _refuse_unknown(fault: Fault, answer: Answer, what: str) -> None:
    if answer.code not in REFUSED:
        fault.breaks("other", f"{what} was answered with {answer.code}")
