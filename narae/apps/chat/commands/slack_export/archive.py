"""The zip file of an export: looked over before anything is unpacked, then read one file at a time, into memory only."""

from __future__ import annotations

import contextlib
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from narae.apps.chat.commands.slack_export.lenient import Unreadable, decode, decode_list, table, tables
from narae.apps.chat.commands.slack_export.report import Report
from narae.core.kit.errors import Invalid, TooLarge

EXPORT_FILES: Final = 2_000_000
FILE_BYTES: Final = 512_000_000
EXPORT_BYTES: Final = 500_000_000_000
UNPACKED_RATIO: Final = 100
SMALL_EXPORT_BYTES: Final = 100_000_000

LISTS = ("users.json", "org_users.json", "channels.json", "groups.json", "mpims.json", "dms.json")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_OTHER = ("integration_logs.json", "content_flags.json", "team.json")
_CANVAS = ("canvas", "list", "file_conversations")


class Day(msgspec.Struct, frozen=True):
    """A room's messages of one day: a file of the archive. `digest` changes when its content does."""

    folder: str
    date: str
    path: str
    size: int
    digest: str


class Archive:
    """An export that has been looked over. `folders` holds the days of each room, in their order."""

    def __init__(self, file: zipfile.ZipFile, report: Report) -> None:
        self._zip = file
        self._report = report
        infos = _safe(file.infolist(), report)
        _refuse_bomb(infos)
        self.top = _top(list(infos))
        self._infos = {name.removeprefix(self.top): info for name, info in infos.items() if name.startswith(self.top)}
        self.folders: dict[str, list[Day]] = {}
        for name in sorted(self._infos):
            self._sort_in(name)

    def _sort_in(self, name: str) -> None:
        folder, _, last = name.rpartition("/")
        if folder and "/" not in folder and _DAY.fullmatch(last):
            info = self._infos[name]
            day = Day(folder, last[:10], name, info.file_size, f"{info.CRC:08x}{info.file_size}")
            self.folders.setdefault(folder, []).append(day)
        elif name not in LISTS and name not in _OTHER:
            self._report.miss("canvas" if last.startswith(_CANVAS) or folder.startswith(_CANVAS) else "odd_name", name)

    @property
    def days_bytes(self) -> int:
        """The size of all days' files, for the progress bar."""
        return sum(day.size for days in self.folders.values() for day in days)

    def list_of(self, name: str) -> list[dict[str, Any]]:
        """The objects in one of the files of LISTS; none when it is missing or broken, which is reported."""
        if name not in self._infos:
            return []
        try:
            value = decode(self._read(name))
        except Unreadable:
            self._report.miss("bad_file", name)
            return []
        if not isinstance(value, list):
            self._report.miss("bad_file", f"{name}: not a list")
        return tables(value)

    def team(self) -> dict[str, Any]:
        """What is said of the workspace itself, where anything is."""
        try:
            return table(decode(self._read("team.json"))) if "team.json" in self._infos else {}
        except Unreadable:
            return {}

    def entries(self, day: Day) -> list[Any]:
        """The entries of a day, each for `lenient.item`; none when the file is broken, which is reported."""
        try:
            found = decode_list(self._read(day.path))
        except Unreadable:
            found = None
        if found is None:
            self._report.miss("bad_file", day.path)
        return found or []

    def _read(self, name: str) -> bytes:
        try:
            with self._zip.open(self._infos[name]) as file:
                return file.read(FILE_BYTES)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
            raise Unreadable from error


@contextlib.contextmanager
def open_archive(path: Path, report: Report) -> Iterator[Archive]:
    """The export in the zip file at `path`; refused in words when it is none, or passes a limit."""
    try:
        with zipfile.ZipFile(path) as file:
            yield Archive(file, report)
    except FileNotFoundError as error:
        raise Invalid(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, IsADirectoryError) as error:
        raise Invalid(f"{path} is not a zip file. Give the file as Slack handed it out.", code="not_zip") from error


def _safe(infos: list[zipfile.ZipInfo], report: Report) -> dict[str, zipfile.ZipInfo]:
    """The files by their names, without those that point outside or that a system put there for itself."""
    if len(infos) > EXPORT_FILES:
        raise TooLarge(f"This archive has {len(infos):,} files; at most {EXPORT_FILES:,} are read.", code="too_many_files")
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = _name(info)
        if info.is_dir() or name.startswith("__MACOSX/") or name.rpartition("/")[2] in (".DS_Store", "Thumbs.db"):
            continue
        if info.flag_bits & 1:
            raise Invalid("This archive has a password. Unpack it and pack it again without one.", code="encrypted")
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            report.miss("odd_name", name)
        else:
            found[name] = info
    return found


def _name(info: zipfile.ZipInfo) -> str:
    """A file's name; archives made without the UTF-8 mark hold UTF-8 all the same."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def _refuse_bomb(infos: dict[str, zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos.values())
    packed = sum(info.compress_size for info in infos.values())
    if unpacked > EXPORT_BYTES or (unpacked > SMALL_EXPORT_BYTES and unpacked > packed * UNPACKED_RATIO):
        raise TooLarge(
            f"This archive would unpack to {unpacked / 1e9:,.1f} GB from {packed / 1e6:,.1f} MB, as no real export does. Nothing was read.",
            code="zip_bomb",
        )
    for name, info in infos.items():
        if info.file_size > FILE_BYTES:
            raise TooLarge(f"The file {name} has {info.file_size / 1e6:,.0f} MB; at most {FILE_BYTES // 1_000_000} are read.")


def _top(names: list[str]) -> str:
    """The single folder that somebody has packed the export in, with its slash; "" usually."""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or any("/" not in name for name in names):
        return ""
    (top,) = tops
    is_wrapped = any(name == f"{top}/{known}" for name in names for known in LISTS) or all(name.count("/") > 1 for name in names)
    return f"{top}/" if is_wrapped else ""
