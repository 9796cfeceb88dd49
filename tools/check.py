"""Runs every check of the project, one line a step, and ends with pytest so that its summary is the last thing said."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import setup


def step(name: str, *words: str | Path, where: Path = setup.ROOT) -> None:
    """Run one check quietly; when it fails, show what it said and stop."""
    started = time.monotonic()
    done = subprocess.run([str(word) for word in words], cwd=where, env=_environment(), capture_output=True, text=True, check=False)
    print(f"{'ok ' if done.returncode == 0 else 'BAD'} {name:18} {time.monotonic() - started:5.1f} s", flush=True)
    if done.returncode:
        sys.stdout.write(done.stdout + done.stderr)
        sys.exit(f"The check {name!r} failed; what it said stands above.")


def tool(name: str) -> Path:
    """A program of the virtual environment."""
    return setup.BIN / name


def npm_step(name: str, script: str) -> None:
    """One of the client's checks."""
    environment = setup.node_environment()
    own = environment.get("SETUP_NPM")
    step(name, *(["node", own] if own else ["npm"]), "run", "--silent", script, where=setup.ROOT / "web")


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in setup.node_environment().items() if not key.startswith("NARAE_")}
    return {**kept, "PYTHONPATH": str(setup.ROOT)}


def install_programs() -> None:
    """Debian's Chromium and Alertmanager, which tests speak with, where they are missing and can be had."""
    install("chromium", "chromium", named="CHROMIUM", tests="the browser tests")
    install("prometheus-alertmanager", "prometheus-alertmanager", named="ALERTMANAGER", tests="the test with Alertmanager")


def install(program: str, package: str, *, named: str, tests: str) -> None:
    """A program of Debian's for `tests`, unless it is there or the variable `named` names one; under CI it must be."""
    if shutil.which(program) or os.environ.get(named):
        return
    if os.getuid() == 0 and shutil.which("apt-get"):
        setup.say(f"installing {package} for {tests}")
        with no_services():
            for words in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]):
                subprocess.run(words, check=False, capture_output=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if shutil.which(program) is None:
        message = f"There is no {program} here: {tests} can't run. Install it, or name one in {named}."
        if os.environ.get("CI") == "true":
            sys.exit(message)
        setup.say(message)


@contextlib.contextmanager
def no_services() -> Iterator[None]:
    """Packages that are installed meanwhile start nothing: Debian asks this file whether a service may start, and 101 is no."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def main() -> None:
    """All steps."""
    setup.install("requirements-test.lock", "server-test")
    setup.install_client()
    setup.install_client("web/tools")
    install_programs()
    step("format", tool("ruff"), "format", "--check", ".")
    step("lint", tool("ruff"), "check", ".")
    step("imports", tool("lint-imports"))
    step("types", tool("mypy"))
    step("api", tool("python"), "tools/api.py", "--check")
    npm_step("client format", "format:check")
    npm_step("client lint", "lint")
    npm_step("client types", "types")
    npm_step("client tests", "test")
    setup.build_client()
    sys.stdout.flush()
    os.chdir(setup.ROOT)
    os.environ.update(_environment())
    os.execv(tool("python"), [str(tool("python")), "-m", "pytest"])


if __name__ == "__main__":
    main()
