"""The file that a back-up is."""

from __future__ import annotations

import io
import resource
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from narae.core.care.archive import FIRST, FORMAT, Header, Writer, check, header_of, pieces
from narae.core.kit.errors import Conflict, Invalid, Unavailable

HEADER = Header(FORMAT, "0.1.0", 1_585_699_200_000, ["rooms_0001"], {"rooms_room": ["id"]}, 1)


def silent(what: str, done: int, total: int) -> None:
    """Tells nobody."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A whole back-up."""
    path = tmp_path / "a.narae"
    with Writer(path) as writer:
        writer.add(FIRST, msgspec.json.encode(HEADER))
        writer.add("tables/rooms_room/000001", bytes(range(256)) * 40)
        writer.copy("files/x", 3, io.BytesIO(b"abc"))
    return path


def test_what_was_written_is_read(archive: Path) -> None:
    check(archive, silent)
    assert header_of(archive) == HEADER
    assert [(name, size) for name, size, _ in pieces(archive)][1:3] == [("tables/rooms_room/000001", 10_240), ("files/x", 3)]
    assert archive.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_ends_too_early_is_refused(archive: Path, share: float) -> None:
    whole = archive.read_bytes().rstrip(b"\0")
    archive.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Invalid) as refused:
        check(archive, silent)
    assert refused.value.code == "backup_damaged"


@pytest.mark.parametrize("place", [600, 1100, 2000, 5000, 12_000])
def test_a_single_changed_byte_is_found(archive: Path, place: int) -> None:
    data = bytearray(archive.read_bytes())
    place = next(n for n in range(place, len(data)) if data[n])
    data[place] ^= 1
    archive.write_bytes(data)
    with pytest.raises(Invalid) as refused:
        check(archive, silent)
    assert refused.value.code == "backup_damaged"


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 20_000, b"PK\3\4"])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(Invalid, match="not a back-up of Narae"):
        header_of(path)


def test_a_back_up_of_a_later_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with Writer(path) as writer:
        writer.add(FIRST, msgspec.json.encode(msgspec.structs.replace(HEADER, format=FORMAT + 1, version="9.0")))
    with pytest.raises(Invalid, match=r"newer version of Narae \(9\.0\)"):
        header_of(path)


def test_what_is_there_is_not_overwritten(archive: Path) -> None:
    with pytest.raises(Conflict):
        Writer(archive)


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Writer(tmp_path / "a.narae") as writer:
        writer.add(FIRST, b"{}")
        raise RuntimeError("killed here")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def small_files() -> Iterator[None]:
    """The system lets no file grow beyond 100 kB, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_is_said_in_words_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="Nothing is left of it"), Writer(tmp_path / "a.narae") as writer:
        writer.add("files/x", b"x" * 1_000_000)
    assert list(tmp_path.iterdir()) == []
