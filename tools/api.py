"""Writes openapi.json and the client's types from the server's own description; with --check, only compares."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import setup

WRITTEN = setup.ROOT / "openapi.json"
TYPES = setup.ROOT / "web/src/core/api/schema.d.ts"


def described() -> str:
    """The OpenAPI document as this version of the server writes it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NARAE_DATA": folder}
        words = [str(setup.BIN / "narae"), "openapi"]
        return subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Write, or compare."""
    before = {path: path.read_text() if path.exists() else "" for path in (WRITTEN, TYPES)}
    WRITTEN.write_text(described())
    setup.npm("run", "api")
    if "--check" in sys.argv:
        changed = [path for path, text in before.items() if path.read_text() != text]
        for path, text in before.items():
            path.write_text(text)
        if changed:
            names = ", ".join(str(Path(path).relative_to(setup.ROOT)) for path in changed)
            sys.exit(f"The API has changed and {names} has not. Run `.venv/bin/python tools/api.py` and commit what it writes.")


if __name__ == "__main__":
    main()
