"""Dialogs in Mattermost's form: what is asked, whether what was filled in fits, and what the receiver is told."""

from __future__ import annotations

from typing import Any

import msgspec

from narae.apps.bots.forms.offering import parts_of, word_of
from narae.apps.bots.public import DialogAnswer, DialogElement, DialogOption
from narae.core.kit.errors import Invalid
from narae.core.kit.limits import CARD_OPTIONS, DIALOG_ELEMENTS, DIALOG_INTRODUCTION_CHARS, DIALOG_STATE_CHARS, DIALOG_VALUE_CHARS

Part = dict[str, Any]
_TYPES = ("text", "textarea", "select", "bool", "radio")
_SUBTYPES = ("text", "email", "number", "password", "tel", "url")
_TITLE, _WORDS = 80, 300


class Dialog(msgspec.Struct, frozen=True, kw_only=True):
    """A dialog as it was asked for."""

    callback_id: str
    title: str
    introduction: str
    elements: list[DialogElement]
    submit_label: str
    notify_on_cancel: bool
    state: str


def dialog_of(body: Part) -> Dialog:
    """The dialog that a body describes; Invalid with the field for one that can't be shown."""
    title = word_of(body, "title").strip()
    if not title or len(title) > _TITLE:
        raise Invalid(f"A dialog has a title of at most {_TITLE} characters.", field="dialog.title")
    listed = parts_of(body, "elements")
    if len(listed) > DIALOG_ELEMENTS:
        raise Invalid(f"A dialog has at most {DIALOG_ELEMENTS} elements.", field="dialog.elements")
    elements = [_element(one) for one in listed]
    if len({one.name for one in elements}) != len(elements):
        raise Invalid("Two elements have the same name.", field="dialog.elements")
    state = word_of(body, "state")
    if len(state) > DIALOG_STATE_CHARS:
        raise Invalid(f"The state has at most {DIALOG_STATE_CHARS} characters.", field="dialog.state")
    return Dialog(
        callback_id=word_of(body, "callback_id")[:_WORDS],
        title=title,
        introduction=word_of(body, "introduction_text")[:DIALOG_INTRODUCTION_CHARS],
        elements=elements,
        submit_label=word_of(body, "submit_label").strip()[:40],
        notify_on_cancel=body.get("notify_on_cancel") is True,
        state=state,
    )


def _element(part: Part) -> DialogElement:
    name, kind = word_of(part, "name").strip()[:_WORDS], word_of(part, "type")
    if not name or kind not in _TYPES:
        raise Invalid(f"An element has a name and one of the types {', '.join(_TYPES)}.", field="dialog.elements")
    pairs = [(word_of(one, "text")[:_WORDS], word_of(one, "value")[:_WORDS]) for one in parts_of(part, "options")[:CARD_OPTIONS]]
    options = [DialogOption(text, value) for text, value in pairs if text]
    if kind in ("select", "radio") and not options:
        raise Invalid(f"The element {name!r} has no options.", field="dialog.elements")
    subtype, default = word_of(part, "subtype"), part.get("default")
    most = {"text": 150, "textarea": 3_000}.get(kind, DIALOG_VALUE_CHARS)
    made: dict[str, Any] = {"type": kind, "subtype": subtype if subtype in _SUBTYPES else "text"}
    return DialogElement(
        name=name,
        display_name=word_of(part, "display_name").strip()[:_WORDS] or name,
        default=str(default).lower() if isinstance(default, bool) else word_of(part, "default")[:DIALOG_VALUE_CHARS],
        placeholder=word_of(part, "placeholder")[:_WORDS],
        help_text=word_of(part, "help_text")[:_WORDS],
        optional=part.get("optional") is True,
        min_length=_length(part, "min_length", 0, most),
        max_length=_length(part, "max_length", most, most),
        options=options,
        **made,
    )


def _length(part: Part, name: str, otherwise: int, most: int) -> int:
    asked = part.get(name)
    return (
        max(0, min(asked, DIALOG_VALUE_CHARS)) if isinstance(asked, int) and not isinstance(asked, bool) and asked else min(otherwise, most)
    )


def taken(elements: list[DialogElement], values: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was filled in as the receiver gets it, and for each field that does not fit why."""
    if unknown := set(values) - {one.name for one in elements}:
        raise Invalid("This dialog has no such field.", field=f"values.{min(unknown)}")
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for one in elements:
        value = values.get(one.name, "")
        if why := _why_not(one, value):
            errors[one.name] = why
        elif one.type == "bool":
            found[one.name] = value == "true"
        elif one.subtype == "number" and one.type == "text" and value:
            found[one.name] = msgspec.json.decode(value.strip())
        else:
            found[one.name] = value or None if one.optional else value
    return found, errors


def _why_not(one: DialogElement, value: str) -> str:
    """Why a value does not fit, as a code that the client says in words; "" when it does."""
    if one.type == "bool":
        return "" if one.optional or value == "true" or value == "false" else "needed"
    if not value.strip():
        return "" if one.optional else "needed"
    if one.options and value not in {option.value for option in one.options}:
        return "no_option"
    if one.type in ("text", "textarea") and not one.min_length <= len(value) <= one.max_length:
        return "too_short" if len(value) < one.min_length else "too_long"
    return "not_number" if one.type == "text" and one.subtype == "number" and not _is_number(value) else ""


def _is_number(value: str) -> bool:
    try:
        return isinstance(msgspec.json.decode(value.strip()), int | float)
    except msgspec.DecodeError:
        return False


def answer_of(raw: bytes) -> DialogAnswer:
    """What the receiver says of a submission; anything but errors is a yes."""
    try:
        body = msgspec.json.decode(raw) if raw.strip() else {}
    except (msgspec.DecodeError, UnicodeDecodeError):
        return DialogAnswer({})
    listed = body.get("errors") if isinstance(body, dict) else None
    errors = (
        {str(name)[:_WORDS]: str(text)[:_WORDS] for name, text in list(listed.items())[:DIALOG_ELEMENTS]}
        if isinstance(listed, dict)
        else {}
    )
    return DialogAnswer(errors, word_of(body, "error")[:_WORDS] if isinstance(body, dict) else "")
