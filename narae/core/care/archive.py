"""The file that a back-up is: a tar whose first piece says what it is, and whose last holds the checksum of all before it.

A tar, so that it can be looked into with what every machine has. It is written under another name and gets its own once
it is whole and on the disk, so a back-up that was killed can't be taken for one.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from narae.core.kit.errors import Conflict, Invalid, Unavailable

FORMAT = 1
FIRST, LAST = "narae.json", "end.json"
_READ_BYTES = 1_000_000
_DAMAGED = "{} is damaged or not whole: what it holds is not what was written. Nothing was restored; take another back-up."

Tell = Callable[[str, int, int], None]


class Header(msgspec.Struct, frozen=True):
    """What a back-up says of itself: the version that made it, when (ms), the tables' revisions, their columns, how many rows."""

    format: int
    version: str
    made_at: int
    revisions: list[str]
    tables: dict[str, list[str]]
    rows: int


class _End(msgspec.Struct, frozen=True):
    sha256: str
    pieces: int


class _Sum:
    """The checksum of pieces, their names and order included."""

    def __init__(self) -> None:
        self._sha = hashlib.sha256()
        self.pieces = 0

    def add(self, name: str, size: int, data: IO[bytes]) -> _Summed:
        self.pieces += 1
        self._sha.update(f"{name}\0{size}\0".encode())
        return _Summed(data, self._sha)

    def end(self) -> _End:
        return _End(self._sha.hexdigest(), self.pieces)


class _Summed:
    def __init__(self, data: IO[bytes], sha: Any) -> None:
        self._data, self._sha = data, sha

    def read(self, size: int = -1) -> bytes:
        """The next bytes, which are added to the sum."""
        part = self._data.read(size)
        self._sha.update(part)
        return part


class Writer:
    """A back-up under way. Leaving it as a context manager finishes it; an error leaves nothing behind."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise Conflict(f"There is a file {path} already. Name another, or move it away.", code="file_exists")
        self._path, self._part = path, path.with_name(f"{path.name}.part")
        self._sum = _Sum()

    def __enter__(self) -> Writer:
        try:
            number = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise Unavailable(f"{self._part} can't be written: {error.strerror}.", code="storage") from error
        self._file = os.fdopen(number, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w|", format=tarfile.GNU_FORMAT)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            if error is None:
                self._finish()
        except OSError as failed:
            error = failed
        if error is not None:
            for open_ in (self._tar, self._file):
                with contextlib.suppress(OSError):
                    open_.close()
            self._part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Unavailable(f"The back-up could not be written: {error.strerror}. Nothing is left of it.", code="storage") from error

    def add(self, name: str, data: bytes) -> None:
        """Add a piece."""
        self.copy(name, len(data), io.BytesIO(data))

    def copy(self, name: str, size: int, data: IO[bytes]) -> None:
        """Add a piece of `size` bytes from a file."""
        self._put(name, size, self._sum.add(name, size, data))

    def _put(self, name: str, size: int, data: Any) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, data)
        self._tar.members.clear()  # type: ignore[attr-defined]  # a million files are a gigabyte of notes else

    def _finish(self) -> None:
        end = msgspec.json.encode(self._sum.end())
        self._put(LAST, len(end), io.BytesIO(end))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.rename(self._path)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """What goes wrong with the file inside, in words."""
    try:
        yield
    except OSError as error:
        raise Invalid(f"{path} can't be read: {error.strerror or error}.", code="file_unreadable") from error
    except (tarfile.TarError, zlib.error, EOFError, msgspec.DecodeError) as error:
        raise Invalid(_DAMAGED.format(path), code="backup_damaged") from error


def pieces(path: Path) -> Generator[tuple[str, int, IO[bytes]]]:
    """(name, size, bytes) of every piece, in order. What is not read is skipped. To be used inside `reading`."""
    with tarfile.open(path, "r:") as tar:
        while (info := tar.next()) is not None:
            tar.members.clear()  # type: ignore[attr-defined]
            data = tar.extractfile(info)
            if data is None:
                raise tarfile.ReadError("not a file")
            yield info.name, info.size, data


def check(path: Path, tell: Tell) -> None:
    """Read a back-up through. Invalid when it is not whole, or damaged."""
    with reading(path):
        end, seen, done, total = None, _Sum(), 0, path.stat().st_size
        for name, size, data in pieces(path):
            if end is not None:
                raise tarfile.ReadError("something follows the end")
            if name == LAST:
                end = msgspec.json.decode(data.read(), type=_End)
                continue
            _drain(seen.add(name, size, data))
            done += size
            tell("checking", done, total)
        if end != seen.end():
            raise tarfile.ReadError("the checksum differs")


def _drain(data: _Summed) -> None:
    while data.read(_READ_BYTES):
        pass


def header_of(path: Path) -> Header:
    """What a back-up says of itself, by its first piece. Invalid when it is none."""
    try:
        with reading(path), contextlib.closing(pieces(path)) as found:
            name, _, data = next(found, ("", 0, io.BytesIO()))
            header = msgspec.json.decode(data.read(_READ_BYTES) if name == FIRST else b"", type=Header)
    except Invalid as error:
        if error.code != "backup_damaged":
            raise
        raise Invalid(f"{path} is not a back-up of Narae.", code="not_a_backup") from error
    if header.format > FORMAT:
        raise Invalid(f"{path} was made by a newer version of Narae ({header.version}). Install that.", code="backup_newer")
    return header
