"""A synthetic installation: one pack of N sections in 20 locales, all accepted."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, select

from welcome.accounts.models import Account
from welcome.cli import cast
from welcome.config import Secrets, Settings
from welcome.database import Sessions, connect, sessions
from welcome.migrations import schema
from welcome.packs import access, content, versions
from welcome.packs.content.front_matter import join
from welcome.packs.models import Pack
from welcome.translation.machine.drafts import Task, make
from welcome.translation.machine.pseudo import PseudoEngine
from welcome.translation.models import Origin, Target, TargetState

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TAGS = (
    "ar", "bn", "cs", "es", "fa", "fr", "gu", "hi", "lt", "pa",
    "pl", "ps", "pt", "ro", "ru", "so", "sq", "tr", "uk", "ur",
)  # fmt: skip
SENTENCES = (
    "You can get help in your own language, and it is free for everybody here.",
    "Ask for an interpreter when you call; say the name of your language in English.",
    "Take a letter with your address with you if you have one, but you do not need it.",
    "If somebody says no, ask them to write down the reason and show it to us.",
    "The office is open on weekdays; on Saturdays come before noon.",
)


@dataclass(frozen=True)
class Installation:
    """What a benchmark works on."""

    settings: Settings
    sessions: Sessions
    engine: sa.Engine
    people: dict[str, Account]

    def pack(self, session: Session) -> Pack:
        """The synthetic pack."""
        return access.get_pack(session, "synthetic")


@contextmanager
def installation(sections: int) -> Iterator[Installation]:
    """Make an installation with a pack of so many sections, every target accepted."""
    with tempfile.TemporaryDirectory(prefix="welcome-bench-") as place:
        root = Path(place)
        url = f"sqlite:///{root / 'welcome.sqlite'}"
        engine = connect(url)
        schema.upgrade(engine)
        keys = Secrets(*["for benchmarks only " * 3] * 4)
        settings = Settings(
            instance=root, database_url=url, site_url="https://welcome.example.org",
            secrets=keys,
        )  # fmt: skip
        maker = sessions(engine)
        with maker.begin() as session:
            people = cast.assemble(session, now=NOW, password_hash="")
            folder = _write_pack(root / "content" / "synthetic", sections)
            content.load(session, content.read(folder), actor=None, now=NOW)
        yield Installation(settings, maker, engine, people)
        engine.dispose()


def accept_everything(made: Installation) -> int:
    """Give every unit an accepted target in every locale; count them."""
    engine, count = PseudoEngine(), 0
    with made.sessions.begin() as session:
        pack = made.pack(session)
        units = [
            placed.unit
            for placed_units in versions.units_of_heads(session, pack).values()
            for placed in placed_units
        ]
        known = set(session.exec(select(Target.unit_id, Target.tag)))
        for tag in TAGS:
            fresh = [unit for unit in units if (unit.id, tag) not in known]
            answers = make(engine, Task([unit.text for unit in fresh], "en", tag))
            for unit, answer in zip(fresh, answers, strict=True):
                session.add(_accepted(made, unit.id, tag, answer.text))
            count += len(fresh)
    return count


def _accepted(made: Installation, unit_id: int, tag: str, text: str) -> Target:
    return Target(
        unit_id=unit_id,
        tag=tag,
        text=text,
        state=TargetState.ACCEPTED,
        origin=Origin.HUMAN,
        revision=1,
        author_id=made.people["translator_ur"].id,
        reviewer_id=made.people["reviewer_ur"].id,
        saved_at=NOW,
        reviewed_at=NOW,
    )


def _write_pack(folder: Path, sections: int) -> Path:
    locales = ", ".join(f'"{tag}"' for tag in ("en", *TAGS))
    files = {
        "pack.toml": f'format = 1\nsource = "en"\nlocales = [{locales}]\n'
        'policy = "english-with-note"\ndefault = true\n\n[place]\nname = "Town"\n',
        "facts.toml": '[emergency]\nkind = "phone"\nvalue = "999"\nurgent = 1\n',
        "en/00-start.md": _page("start", "Welcome", "start", "Find help here."),
    }
    groups = ("today", "this-week", "this-month", "living-here")
    for number in range(1, sections + 1):
        group = groups[(number - 1) * 4 // sections]
        files[f"en/{number:02d}-section-{number}.md"] = _page(
            f"section-{number}", f"Section {number}", group, _body(number)
        )
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def _page(name: str, title: str, group: str, body: str) -> str:
    front = {"id": name, "title": title, "summary": f"About {title}.", "group": group}
    return join(front, body)


def _body(number: int) -> str:
    """About 400 words in 24 segments, each saying which section it is in."""
    steps = "\n".join(
        f"{i}. Step {i} of section {number}: {SENTENCES[i % 5]}" for i in range(1, 7)
    )
    blocks = [
        f"Paragraph {i} of section {number}. {SENTENCES[i % 5]} {SENTENCES[(i + 2) % 5]}"
        for i in range(1, 9)
    ]
    words = "\n\n".join(
        f"Word {i}\n:   What it means in section {number}." for i in range(1, 5)
    )
    return "\n\n".join(
        ["## Do this first", steps, *blocks, "## Words in letters", words]
    )
