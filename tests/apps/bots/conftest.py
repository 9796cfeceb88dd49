"""Robots whose receivers are on this machine."""

from __future__ import annotations

import msgspec
import pytest

from narae.core.kit.settings import Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings that let robots call receivers on loopback."""
    return msgspec.structs.replace(settings, outside_allowed="127.0.0.1")
