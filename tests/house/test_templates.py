"""Every template parses, is used, and extends or includes only what exists."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta

import welcome

ROOT = Path(welcome.__file__).parent
FOLDERS = {
    "web": ROOT / "web" / "templates",
    "editions": ROOT / "editions" / "templates",
    "buddies": ROOT / "buddies" / "templates",
    "letters": ROOT / "messages" / "letters",
}
TEMPLATES = [
    (folder, file.relative_to(folder).as_posix())
    for folder in FOLDERS.values()
    for file in sorted(folder.rglob("*"))
    if file.suffix in {".html", ".txt", ".css", ".xml"}
]
CODE = "\n".join(file.read_text("utf-8") for file in ROOT.rglob("*.py"))
JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def references(folder: Path, name: str) -> set[str]:
    tree = JINJA.parse((folder / name).read_text("utf-8"))
    return {each for each in meta.find_referenced_templates(tree) if each}


@pytest.mark.parametrize(
    ("folder", "name"), TEMPLATES, ids=lambda each: str(each)[-40:]
)
def test_it_parses_and_refers_to_what_exists(folder, name):
    missing = [
        each for each in references(folder, name) if not (folder / each).is_file()
    ]
    assert missing == []


def test_every_template_is_used():
    referred = {each for folder, name in TEMPLATES for each in references(folder, name)}
    unused = [
        name
        for folder, name in TEMPLATES
        if name not in referred
        and f'"{name}"' not in CODE
        and Path(name).name not in {"subject.txt", "body.txt"}
        and not name.startswith("security/")
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("folder", "name"), TEMPLATES, ids=lambda each: str(each)[-40:]
)
def test_no_inline_style_script_or_physical_side(folder, name):
    text = (folder / name).read_text("utf-8")
    # On paper there is no policy and nothing else to carry a style sheet.
    if name.endswith(".html") and not name.startswith("print/"):
        assert not re.search(
            r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son(?!ly=)[a-z]+=", text
        )
