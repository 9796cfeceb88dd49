"""The repository as a tree of files, and Python files as syntax trees, for tests about the code itself."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = {".git", ".venv", ".ruff_cache", ".mypy_cache", ".import_linter_cache", ".hypothesis", "node_modules", "static", "dist", "data"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def written() -> Iterator[Path]:
    """Every file that somebody wrote; not what tools make."""
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in MADE and name != "__pycache__"]
        yield from (Path(folder) / name for name in names)


def modules(*halves: str) -> list[Path]:
    """The Python files of these folders."""
    return sorted(path for half in halves for path in (ROOT / half).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    """A file as a syntax tree."""
    return ast.parse(path.read_text())


def functions(path: Path) -> list[Function]:
    """Every function of a file, also those inside others."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: Function) -> int:
    """How many lines a function has."""
    return (function.end_lineno or 0) - function.lineno + 1


def nesting(node: ast.AST) -> int:
    """How deep blocks stand in each other; `elif` is no deeper than its `if`, and a function inside counts for itself."""
    inside = [child for child in ast.iter_child_nodes(node) if not isinstance(child, (*Function.__args__, ast.Lambda, ast.ClassDef))]
    return max((nesting(child) + (isinstance(child, BLOCKS) and not _is_elif(node, child)) for child in inside), default=0)


def _is_elif(node: ast.AST, child: ast.AST) -> bool:
    return isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If)


def place(path: Path, line: int = 1) -> str:
    """Where something stands, for the message of an assertion."""
    return f"{path.relative_to(ROOT)}:{line}"
