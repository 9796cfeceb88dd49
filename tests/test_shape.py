"""The shape of the code, held by checks: what every file says of itself, budgets of length, where tests stand, what is used."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from narae.core.kit import limits
from tests.kit.tree import ROOT, Function, functions, length, modules, nesting, parsed, place, written

ALL = ("narae", "tools", "bench", "tests")
FILE_LINES, FUNCTION_LINES, MEDIAN_LINES, NESTING = 500, 50, 8, 4
# A migration is a list of tables, written once: it may be as long as they are many.
LISTS = {"upgrade", "downgrade"}
# The names that asyncio calls a protocol by are explained there.
PROTOCOL = {"connection_made", "connection_lost", "data_received", "eof_received", "pause_writing", "resume_writing"}
# Tests of a whole folder rather than of one file in it.
WHOLE = {
    "tests/apps/chat/commands/slack_export/test_garbage.py": "every reader of the export",
}
# Hosts of package registries and of what companies put before them. (The brackets keep this file from finding itself.)
REGISTRIES = re.compile(r"npm[j]s|pypi[.]org|python[h]osted|yarn[p]kg|npm[m]irror|arti[f]actory|j[f]rog", re.IGNORECASE)
LATER = re.compile(r"\b(T[O]DO|FI[X]ME)\b")


def test_every_module_begins_with_one_sentence_that_says_what_it_is() -> None:
    wrong = [place(path) for path in modules(*ALL) if not _is_sentence(ast.get_docstring(parsed(path)))]
    assert wrong == [], "Begin the file with a docstring whose first line is one sentence, with a full stop."


def _is_sentence(docstring: str | None) -> bool:
    return bool(docstring) and str(docstring).splitlines()[0].endswith(".")


def test_no_file_is_longer_than_its_budget() -> None:
    long = [place(path) for path in modules(*ALL) if len(path.read_text().splitlines()) > FILE_LINES]
    assert long == [], f"A file that passes {FILE_LINES} lines becomes a folder of the same name."


def test_no_function_is_longer_than_its_budget() -> None:
    found = [(path, f) for path in modules(*ALL) for f in functions(path) if not _is_list(path, f)]
    long = [f"{place(path, f.lineno)} {f.name}: {length(f)}" for path, f in found if length(f) > FUNCTION_LINES]
    assert long == [], f"A function has at most {FUNCTION_LINES} lines: give its steps names."


def _is_list(path: Path, function: Function) -> bool:
    return path.parent.name == "migrations" and function.name in LISTS


def test_the_usual_function_is_short() -> None:
    lengths = [length(f) for path in modules("narae") for f in functions(path)]
    median = statistics.median(lengths)
    assert median <= MEDIAN_LINES, f"The median function of {len(lengths)} has {median} lines; at most {MEDIAN_LINES} keeps them readable."


def test_no_function_nests_deeper_than_its_budget() -> None:
    found = [(path, f, nesting(f)) for path in modules("narae", "tools", "bench") for f in functions(path)]
    deep = [f"{place(path, f.lineno)} {f.name}: {depth}" for path, f, depth in found if depth > NESTING]
    assert deep == [], f"Blocks stand at most {NESTING} deep: return early, or give the inner part a name."


def test_every_public_name_has_a_docstring() -> None:
    silent = [name for path in modules("narae") for name in _without_docstring(path)]
    assert silent == [], "Say in one line what it does; a method may leave it to the protocol that it fulfils."


def _without_docstring(path: Path) -> Iterator[str]:
    tree = parsed(path)
    promised = {f.name for f in functions(path) if ast.get_docstring(f)} | PROTOCOL
    for node in tree.body:
        if not isinstance(node, (*Function.__args__, ast.ClassDef)) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{place(path, node.lineno)} {node.name}"
        methods = [f for f in node.body if isinstance(f, Function) and not f.name.startswith("_")] if isinstance(node, ast.ClassDef) else []
        yield from (f"{place(path, f.lineno)} {f.name}" for f in methods if not ast.get_docstring(f) and f.name not in promised)


def test_every_test_stands_where_what_it_tests_stands() -> None:
    tests = [path.relative_to(ROOT) for path in modules("tests/core", "tests/apps") if path.name.startswith("test_")]
    lost = [str(path) for path in tests if str(path) not in WHOLE and not _tested(path)]
    assert lost == [], "tests/core/<part>/test_<name>.py tests <name>.py (or the folder <name>) somewhere in narae/core/<part>."
    assert [name for name in WHOLE if not (ROOT / name).exists()] == []


def _tested(test: Path) -> bool:
    """Whether narae/ has, below the folder that the test's folder mirrors, a module or folder of the test's name."""
    part = ROOT / "narae" / test.parent.relative_to("tests")
    name = test.stem.removeprefix("test_")
    return part.is_dir() and (part.name == name or any(part.rglob(f"{name}.py")) or any(p.is_dir() for p in part.rglob(name)))


def test_every_limit_is_used() -> None:
    code = "\n".join(path.read_text() for path in modules("narae") if path.name != "limits.py")
    unused = [name for name in vars(limits) if name.isupper() and not re.search(rf"\b{name}\b", code)]
    assert unused == [], "Delete the limits that limit nothing."


def test_no_file_names_a_package_registry_or_puts_work_off() -> None:
    found = [f"{place(path, number)} {line.strip()[:80]}" for path, number, line in _lines() if _is_unwanted(line)]
    assert found == [], "Name no registry's host (operators choose theirs), and write down work in the tracker."


def _is_unwanted(line: str) -> bool:
    return bool(REGISTRIES.search(line) or LATER.search(line))


def _lines() -> Iterator[tuple[Path, int, str]]:
    for path in written():
        text = path.read_bytes().decode(errors="replace") if path.stat().st_size < 3_000_000 else ""
        yield from ((path, number, line) for number, line in enumerate(text.splitlines(), start=1) if "\0" not in text)


def test_the_locks_carry_no_addresses() -> None:
    locks = [*ROOT.glob("requirements*.lock"), *(p for p in written() if p.name == "package-lock.json")]
    addressed = [place(path) for path in locks if re.search(r'"resolved":|--(extra-)?index-url|@ https?:', path.read_text())]
    assert len(locks) >= 3
    assert addressed == [], "A lock names versions and hashes; where they come from is for the operator to say."
