"""Files, functions and templates stay small enough to be read in one sitting."""

import ast
from pathlib import Path

import pytest

import welcome

ROOT = Path(welcome.__file__).parent
CODE = sorted(p for p in ROOT.rglob("*.py") if "migrations/steps" not in p.as_posix())
TESTS = sorted(Path(__file__).parents[1].rglob("*.py"))
TEMPLATES = sorted(
    p
    for p in ROOT.rglob("*")
    if p.suffix in {".html", ".txt"} and "templates" in p.parts
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", CODE, ids=name)
def test_a_file_has_at_most_300_lines_and_its_functions_40(file):
    text = file.read_text("utf-8")
    assert text.count("\n") <= 300
    long = [
        (node.name, (node.end_lineno or 0) - node.lineno + 1)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > 40
    ]
    assert long == []


def test_a_file_of_tests_has_at_most_300_lines():
    long = {each.name: each.read_text("utf-8").count("\n") for each in TESTS}
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_a_template_has_at_most_150_lines(file):
    assert file.read_text("utf-8").count("\n") <= 150


@pytest.mark.parametrize("file", CODE, ids=name)
def test_nothing_excuses_itself(file):
    text = file.read_text("utf-8")
    # Pieced together, so that this file does not find itself.
    excuses = ["no" + "qa", "type: " + "ignore", "pragma: no " + "cover"]
    assert [excuse for excuse in excuses if excuse in text] == []
