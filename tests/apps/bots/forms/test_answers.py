"""What others answer is understood, or refused: nothing that they could say breaks anything."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narae.apps.bots.forms.answers import NotUnderstood, Reply, read, read_later
from narae.apps.bots.forms.dialogs import answer_of, dialog_of
from narae.core.kit.errors import Invalid

KEYS = [
    "text", "response_type", "update", "message", "props", "attachments", "actions", "blocks", "elements", "ephemeral_text", "options",
    "type", "integration", "context", "url", "name", "value", "goto_location", "replace_original", "confirm", "accessory", "errors",
    "title",
]  # fmt: skip
KNOWN = ["button", "select", "static_select", "actions", "in_channel", "ephemeral", "https://example.com", "", "x"]
WORDS = st.sampled_from(KNOWN) | st.text(max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | WORDS
THINGS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5), max_leaves=20
)


@given(st.dictionaries(st.sampled_from(KEYS), THINGS, max_size=6), st.sampled_from(["press", "hook", "command"]))
def test_any_object_is_an_answer_or_is_refused(body: dict[str, Any], kind: str) -> None:
    raw = msgspec.json.encode(body)
    assert isinstance(read(raw, kind), Reply)
    assert read_later(raw) is None or isinstance(read_later(raw), Reply)
    assert answer_of(raw).error == answer_of(raw).error


@given(st.binary(max_size=60), st.sampled_from(["press", "hook", "command"]))
def test_any_bytes_are_an_answer_or_are_refused(raw: bytes, kind: str) -> None:
    try:
        assert isinstance(read(raw, kind), Reply)
    except NotUnderstood:
        assert raw
    answer_of(raw)


@given(st.dictionaries(st.sampled_from(KEYS), THINGS, max_size=6))
def test_any_object_is_a_dialog_or_is_refused(body: dict[str, Any]) -> None:
    try:
        assert dialog_of(body).title
    except Invalid as refused:
        assert refused.field


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        ({"delete_original": True}, Reply(recall=True)),
        ({"text": "x", "response_type": "ephemeral"}, Reply(whispers=["x"])),
        ({"text": "x", "replace_original": False}, Reply(whispers=["x"])),
        ({"ephemeral_text": "x"}, Reply(whispers=["x"])),
        ({"goto_location": "https://example.com"}, Reply(goto="https://example.com")),
        ({}, Reply()),
    ],
)
def test_an_answer_to_a_press_asks_for_what_it_says(body: dict[str, Any], reply: Reply) -> None:
    assert read(msgspec.json.encode(body), "press") == reply
