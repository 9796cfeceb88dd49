"""Buttons and menus in what Slack's and Mattermost's hooks are told, as a card of ours and what stands behind it.

Three shapes are read: Mattermost's `attachments[].actions` with an `integration`, Slack's older `attachments[].actions`, and the
buttons and static menus of Slack's blocks. A card shows two buttons; the others stand in its menu.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from narae.apps.bots.forms.escaping import followed
from narae.apps.bots.public import Offer, Offered
from narae.core.kit.limits import CARD_ACTIONS, CARD_LABEL_CHARS, CARD_OPTIONS, OFFER_BYTES
from narae.core.rooms.public import Button, Card, Choice, Option

Part = dict[str, Any]
_SHOWN, _VALUE = 2, 2_000
_KINDS = {"primary": "primary", "good": "primary", "success": "primary", "danger": "danger"}


class _Found(msgspec.Struct):
    """A button or a menu on its way onto a card."""

    offered: Offered
    label: str
    kind: str = "plain"
    url: str | None = None
    sure: str = ""
    chosen: str = ""


def card_of(body: Part) -> tuple[Card, Offer] | None:
    """The card that a body's buttons make, and what they do; None when it has none."""
    found = list(_found(body))[:CARD_ACTIONS]
    if not found:
        return None
    named = {f"a{number}": one for number, one in enumerate(found)}
    buttons = [_button(key, one) for key, one in named.items() if not one.offered.options]
    choices = [_choice(key, one) for key, one in named.items() if one.offered.options]
    card = Card("robot", "", "", buttons=buttons[:_SHOWN], more=buttons[_SHOWN:], choices=choices)
    offer = Offer({key: one.offered for key, one in named.items() if one.url is None}, body)
    return card, offer if len(msgspec.json.encode(offer)) <= OFFER_BYTES else msgspec.structs.replace(offer, source={})


def _button(key: str, one: _Found) -> Button:
    kind: Any = one.kind
    return Button(key, one.label, kind, one.url, one.sure)


def _choice(key: str, one: _Found) -> Choice:
    return Choice(key, one.label, [Option(value, label) for value, label in one.offered.options.items()], one.chosen)


def _found(body: Part) -> Iterator[_Found]:
    for attachment in parts_of(body, "attachments"):
        for action in parts_of(attachment, "actions"):
            made = _from_action(action, attachment)
            if made is not None:
                yield made
        yield from _in_blocks(attachment)
    yield from _in_blocks(body)


def _from_action(action: Part, attachment: Part) -> _Found | None:
    integration = action.get("integration")
    if isinstance(integration, dict):
        context = integration.get("context")
        offered = Offered(
            shape="mattermost",
            name=word_of(action, "id") or word_of(action, "name"),
            label=word_of(action, "name"),
            options=_options(action) if action.get("type") == "select" else {},
            url=word_of(integration, "url"),
            context=context if isinstance(context, dict) else {},
        )
        label, sure = word_of(action, "name"), ""
    else:
        offered = Offered(
            shape="legacy",
            name=word_of(action, "name"),
            value=word_of(action, "value"),
            label=word_of(action, "text"),
            block=word_of(attachment, "callback_id"),
            options=_options(action) if action.get("type") == "select" else {},
        )
        label, sure = word_of(action, "text") or word_of(action, "name"), _sure(action)
    return _made(offered, label, action, sure)


def _made(offered: Offered, label: str, part: Part, sure: str) -> _Found | None:
    """None for a button without words, and for a menu of nothing (or of another's people and channels, which we don't have)."""
    is_menu = offered.shape in ("select", "overflow") or part.get("type") == "select"
    if not label.strip() or (is_menu and not offered.options):
        return None
    url = followed(part.get("url"))
    kind = _KINDS.get(word_of(part, "style"), "plain")
    chosen = word_of(part, "default_option") or word_of(_part(part, "initial_option"), "value")
    return _Found(offered, label.strip()[:CARD_LABEL_CHARS], kind, url, sure, chosen if chosen in offered.options else "")


def _in_blocks(body: Part) -> Iterator[_Found]:
    for block in parts_of(body, "blocks"):
        elements = parts_of(block, "elements") if block.get("type") == "actions" else []
        for element in [*elements, _part(block, "accessory")]:
            made = _from_element(element, word_of(block, "block_id"))
            if made is not None:
                yield made


def _from_element(element: Part, block: str) -> _Found | None:
    shapes: dict[str, Any] = {"button": "button", "static_select": "select", "overflow": "overflow"}
    shape = shapes.get(word_of(element, "type"))
    if shape is None:
        return None
    label = _plain(element, "text") or _plain(element, "placeholder") or ("…" if shape == "overflow" else "")
    offered = Offered(
        shape=shape,
        name=word_of(element, "action_id"),
        value=word_of(element, "value"),
        label=label,
        block=block,
        options=_options(element) if shape != "button" else {},
    )
    return _made(offered, label, element, _sure(element))


def _options(part: Part) -> dict[str, str]:
    """What can be chosen, by value."""
    found = {}
    for option in parts_of(part, "options")[:CARD_OPTIONS]:
        label = word_of(option, "text") or _plain(option, "text")
        value = word_of(option, "value")[:_VALUE] or label
        if label.strip():
            found[value] = label.strip()[:CARD_LABEL_CHARS]
    return found


def _sure(part: Part) -> str:
    """What is asked before a press."""
    asked = _part(part, "confirm")
    words = [word_of(asked, name) or _plain(asked, name) for name in ("title", "text")]
    return " ".join(word.strip() for word in words if word.strip())[:300]


def _plain(part: Part, name: str) -> str:
    """The text of one of Slack's text objects."""
    return word_of(_part(part, name), "text")


def _part(part: Part, name: str) -> Part:
    found = part.get(name)
    return found if isinstance(found, dict) else {}


def parts_of(part: Part, name: str) -> list[Part]:
    """The objects in a list of a body."""
    found = part.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def word_of(part: Part, name: str) -> str:
    """A word of a body; numbers are words too."""
    value = part.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
