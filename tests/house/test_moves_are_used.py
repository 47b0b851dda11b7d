"""Every move of a state machine can be made from an edge, not from tests alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import welcome

ROOT = Path(welcome.__file__).parent
EDGES = ("welcome.web.", "welcome.jobs.", "welcome.cli.")
MOVE = "welcome.buddies.moving.move"
Uses = dict[str, set[str]]


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(ROOT.rglob("*.py")):
        parts = ("welcome", *file.relative_to(ROOT).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, ast.parse(file.read_text("utf-8"))


def names_in(module: str, tree: ast.Module) -> dict[str, str]:
    """Say what each name at the top of a module stands for, in full."""
    found = {}
    for each in ast.walk(tree):
        if isinstance(each, ast.ImportFrom) and each.module:
            for one in each.names:
                found[one.asname or one.name] = f"{each.module}.{one.name}"
    for each in tree.body:
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            found[each.name] = f"{module}.{each.name}"
    return found


def used_in(piece: ast.AST, names: dict[str, str]) -> Iterator[str]:
    for each in ast.walk(piece):
        if isinstance(each, ast.Name) and each.id in names:
            yield names[each.id]
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            yield f"{names.get(each.value.id, '')}.{each.attr}"


def read_uses() -> Uses:
    """Say what each function and class uses; what a module does itself stands alone."""
    uses: Uses = {}
    for module, tree in modules():
        names = names_in(module, tree)
        for piece in tree.body:
            is_named = isinstance(piece, ast.FunctionDef | ast.ClassDef)
            whose = f"{module}.{piece.name}" if is_named else module
            uses.setdefault(whose, set()).update(used_in(piece, names))
    return uses


def reached(uses: Uses) -> set[str]:
    """Give all that the edges use, themselves or through what they use."""
    waiting = [name for name in uses if f"{name}.".startswith(EDGES)]
    found = set(waiting)
    while waiting:
        fresh = uses.get(waiting.pop(), set()) - found
        # A module that is used does what it does when it is read.
        fresh |= {name.rpartition(".")[0] for name in fresh} - found
        found |= fresh
        waiting += fresh
    return found


def moving(uses: Uses) -> set[str]:
    """Give all in the rooms that moves something, itself or through what it uses."""
    found = {MOVE}
    while True:
        fresh = {name for name, used in uses.items() if used & found} - found
        if not fresh:
            return {each for each in found if each.startswith("welcome.buddies.")}
        found |= fresh


def test_every_move_is_made_from_an_edge():
    uses = read_uses()
    made = moving(uses)
    for known in ("pairings.introduce", "exits.end", "checkins.mark_missed"):
        assert f"welcome.buddies.lifecycle.{known}" in made
    assert sorted(made - reached(uses)) == []
