"""The zip file of an export."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from narae.apps.chat.commands.slack_export.archive import Archive, open_archive
from narae.apps.chat.commands.slack_export.lenient import item
from narae.apps.chat.commands.slack_export.report import Report
from narae.core.kit.errors import Invalid, TooLarge
from tests.apps.chat.commands.slack_export.export import Export


def opened(path: Path, report: Report | None = None) -> Archive:
    """The archive at `path`, left open."""
    return Archive(zipfile.ZipFile(path), report or Report())


def test_a_file_that_is_no_zip_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"hello")
    with pytest.raises(Invalid, match="not a zip file"), open_archive(path, Report()):
        pass
    with pytest.raises(Invalid, match="no file"), open_archive(tmp_path / "none.zip", Report()):
        pass


def test_a_zip_bomb_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("general/2020-01-01.json", b"\0" * 120_000_000)
    with pytest.raises(TooLarge, match="as no real export does"), open_archive(path, Report()):
        pass


def test_names_that_point_outside_are_not_read(tmp_path: Path) -> None:
    report = Report()
    path = (
        Export().file("../../etc/2020-01-01.json", []).file("/abs/2020-01-01.json", []).file("a\\..\\b.json", []).write(tmp_path / "x.zip")
    )
    assert opened(path, report).folders == {}
    assert report.missed["odd_name"] == 3


def test_a_single_folder_around_everything_does_not_matter(tmp_path: Path) -> None:
    archive = opened(Export().day("general").file("__MACOSX/._x", b"").write(tmp_path / "x.zip", top="Acme Slack export Mar 1 2020/"))
    assert list(archive.folders) == ["general"] and len(archive.list_of("users.json")) == 6


def test_korean_folder_names_survive_archives_without_the_utf8_mark(tmp_path: Path) -> None:
    path = Export().day("공지").write(tmp_path / "x.zip")
    raw = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(sign)
        while at >= 0:
            raw[at + offset + 1] &= ~0x08
            at = raw.find(sign, at + 4)
    path.write_bytes(raw)
    assert list(opened(path).folders) == ["공지"]


@pytest.mark.parametrize("content", [b"", b"{", b"[1,", b'{"a": 1}', b"null", b"\xff\xfe", b'[{"a": NaN', b"[" * 100_000])
def test_broken_files_are_reported_and_skipped(tmp_path: Path, content: bytes) -> None:
    report = Report()
    export = Export().file("users.json", content).file("general/2020-01-01.json", content)
    archive = opened(export.write(tmp_path / "x.zip"), report)
    assert archive.list_of("users.json") == []
    assert archive.entries(archive.folders["general"][0]) == []
    assert report.missed["bad_file"] == 2


@pytest.mark.parametrize(
    "content", [b'\xef\xbb\xbf[{"a": "b"}]', '[{"a": "b"}]'.encode("utf-16"), b'[{"a": "b", "c": NaN}]', b'[{"a": "b", "c": "\xff"}]']
)
def test_odd_encodings_are_read(tmp_path: Path, content: bytes) -> None:
    archive = opened(Export().file("general/2020-01-01.json", content).write(tmp_path / "x.zip"))
    (entry,) = archive.entries(archive.folders["general"][0])
    assert (item(entry) or {})["a"] == "b"


def test_a_damaged_day_is_reported(tmp_path: Path) -> None:
    path = Export().file("general/2020-01-01.json", [{"text": "x" * 1000}]).write(tmp_path / "x.zip")
    raw = path.read_bytes().replace(zlib_part(path), b"\0" * len(zlib_part(path)))
    path.write_bytes(raw)
    report = Report()
    archive = opened(path, report)
    assert archive.entries(archive.folders["general"][0]) == [] and report.missed["bad_file"] == 1


def zlib_part(path: Path) -> bytes:
    """The packed bytes of the archive's last file."""
    with zipfile.ZipFile(path) as archive:
        info = archive.infolist()[-1]
    start = info.header_offset + 30 + len(info.filename)
    return path.read_bytes()[start : start + info.compress_size]


def test_a_password_is_refused_in_words(tmp_path: Path) -> None:
    path = Export().write(tmp_path / "x.zip")
    raw = bytearray(path.read_bytes())
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(Invalid, match="password"), open_archive(path, Report()):
        pass


def test_days_are_in_order_and_other_files_are_noted(tmp_path: Path) -> None:
    report = Report()
    export = Export().day("general", date="2020-02-01").day("general", date="2020-01-01")
    export.file("general/canvas_in_the_conversation.json", []).file("integration_logs.json", []).file("readme.txt", b"x")
    archive = opened(export.write(tmp_path / "x.zip"), report)
    assert [day.date for day in archive.folders["general"]] == ["2020-01-01", "2020-02-01"]
    assert json.loads(json.dumps(report.missed)) == {"canvas": 1, "odd_name": 1}
