"""The installation's own key: made once, kept, and never half."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from narae.core.kit.errors import Misconfigured
from narae.core.kit.keys import derived, opened, sealed, server_key
from narae.core.kit.settings import Settings


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    first = server_key(settings)
    assert server_key(settings) == first
    assert stat.S_IMODE((tmp_path / "data/secret").stat().st_mode) == 0o600
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["secret"]


def test_a_key_that_is_told_is_taken_and_nothing_is_written(tmp_path: Path) -> None:
    assert server_key(Settings(data=tmp_path, secret="from the vault")) == b"from the vault"
    assert list(tmp_path.iterdir()) == []


def test_half_a_key_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("ab")
    with pytest.raises(Misconfigured, match="no whole key"):
        server_key(Settings(data=tmp_path))


def test_what_is_derived_differs_by_purpose_and_by_key() -> None:
    assert len({derived(b"a", "one"), derived(b"a", "two"), derived(b"b", "one")}) == 3
    assert derived(b"a", "one") == derived(b"a", "one")


def test_what_is_sealed_opens_for_its_purpose_and_its_key_only() -> None:
    token = sealed(b"key", "a", "word", 7)
    assert opened(b"key", "a", token) == ["word", "7"]
    assert [opened(b"key", "b", token), opened(b"other", "a", token)] == [None, None]
    assert [opened(b"key", "a", bad) for bad in ("", ".", "word.8" + token[6:], token[:-1], token + "0", "\ud800.x")] == [None] * 6
