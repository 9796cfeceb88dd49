"""What Prometheus' Alertmanager posts by itself (webhook_configs)."""

from __future__ import annotations

from narae.apps.bots.api.native.alerts import group_of
from narae.apps.bots.api.native.reading import Part
from narae.apps.bots.public import Post


def said(_event: str, body: Part) -> Post | None:
    """The post that a group of alerts makes; None for a group without alerts."""
    return group_of(body)
