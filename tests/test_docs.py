"""The documents say everything that there is: settings, frames, commands, routes; and the checks that they name exist."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from narae import cli
from narae.core.kit.settings import Settings
from narae.core.live import frames
from narae.server import everything
from tests.kit.tree import ROOT, functions, modules, parsed

DOCS = ROOT / "docs"
CHECK = re.compile(r"\b((?:tests|tools|bench|web/src|web/tools)/[\w./-]*\w)(?:::(\w+))?")


def test_every_setting_is_documented() -> None:
    page = (DOCS / "run/settings.md").read_text()
    assert [name for name in Settings.__struct_fields__ if f"NARAE_{name.upper()}`" not in page] == []


def test_every_frame_of_the_live_socket_is_documented() -> None:
    page = (DOCS / "build/live.md").read_text()
    parts = everything()
    sent = [*frames.SERVER, *(event for part in parts for event in part.events)]
    taken = [*frames.CLIENT, *(command.frame for part in parts for command in part.live)]
    tags = {str(kind.__struct_config__.tag) for kind in (*sent, *taken)}
    assert sorted(tag for tag in tags if not re.search(rf'[`"]{tag}[`"]', page)) == []


def test_every_command_is_documented() -> None:
    page = (DOCS / "run/commands.md").read_text()
    assert [name for name in _commands() if f"narae {name}" not in page] == []


def _commands() -> Iterator[str]:
    """Every command as it is typed after `narae`."""
    yield from _below("", typer.main.get_group(cli.app))
    for part in everything():
        for name, command in part.commands.items():
            yield from _below(name, typer.main.get_group(command)) if isinstance(command, typer.Typer) else [name]


def _below(name: str, command: click.Command) -> Iterator[str]:
    inside = getattr(command, "commands", None)
    if inside is None:
        yield name
        return
    for word, below in inside.items():
        yield from _below(f"{name} {word}".strip(), below)


def test_every_route_is_documented() -> None:
    page = (DOCS / "build/api.md").read_text()
    described = json.loads((ROOT / "openapi.json").read_text())
    assert [path for path in described["paths"] if f"{path}`" not in page and f"{path} " not in page] == []


def test_every_change_that_administrators_read_of_has_words() -> None:
    words = json.loads((ROOT / "web/src/apps/admin/words/ko.json").read_text())["verb"]
    missing = {verb for path in modules("narae") for verb in _audited(path) if verb.replace(".", "_") not in words}
    assert missing == set(), "Say it in web/src/apps/admin/words, under `verb`, in all three languages."


def _audited(path: Path) -> Iterator[str]:
    """The verbs of the lines that stand in an organisation's audit log."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "record" and any(word.arg == "org" for word in node.keywords):
            yield from (given.value for given in node.args[2:3] if isinstance(given, ast.Constant))


def _decisions() -> list[Path]:
    return sorted((DOCS / "decisions").glob("[0-9]*.md"))


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in _decisions()] == [f"{n:04}" for n in range(1, len(_decisions()) + 1)]
    assert len(_decisions()) > 2


@pytest.mark.parametrize("path", [*_decisions(), ROOT / "ARCHITECTURE.md"], ids=lambda path: path.name)
def test_the_checks_that_a_document_names_exist(path: Path) -> None:
    named = CHECK.findall(path.read_text())
    assert named != [], "Name the check that holds this: tests/….py::test_…, or a tool."
    assert [f"{file}::{test}" for file, test in named if not _exists(file, test)] == []


def _exists(file: str, test: str) -> bool:
    path = ROOT / file
    return path.exists() and (not test or (path.suffix == ".py" and test in {f.name for f in functions(path)}))
