"""Interactive cards: how one is drawn from its data without its template, what a press tells, and what an answer asks for.

The vendor's templates are not here, so a card is drawn from the names that its public templates use: see docs/use/robots.md.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import msgspec

from narae.apps.bots.forms.asking import Facts
from narae.apps.bots.forms.escaping import followed
from narae.apps.bots.public import Offer, Offered
from narae.core.kit.limits import CARD_ACTIONS, CARD_LABEL_CHARS
from narae.core.rooms.public import Button, Card

Part = dict[str, Any]
_TEXTS = ("markdown", "content", "msgContent", "text")
_LISTS = ("btns", "buttons", "actions", "msgButtons")
_SHOWN = 2
_KINDS = {"primary": "primary", "blue": "primary", "danger": "danger", "warning": "danger", "red": "danger"}


class Drawn(msgspec.Struct, frozen=True):
    """A card's text, the card, and what its buttons do."""

    text: str
    card: Card
    offer: Offer


def drawn(params: dict[str, str]) -> Drawn:
    """The card that this data makes."""
    whole = _read(params.get("sys_full_json_obj")) or {}
    standing = [*_contents(params), *_contents(whole)]
    said = [next((params[name] for name in _TEXTS if params.get(name)), "")]
    said += [next((whole[name] for name in _TEXTS if isinstance(whole.get(name), str)), "")]
    said += [_word(part.get("text")) for part in standing if part.get("type") in ("text", "markdown")]
    said += [params.get("tips", "")]
    found = [*_buttons(params), *_buttons(whole), *(b for part in standing for b in _buttons(part))][:CARD_ACTIONS]
    buttons = [_button(f"a{n}", one) for n, one in enumerate(found)]
    acts = {b.id: _offered(one, b.label) for b, one in zip(buttons, found, strict=True) if b.url is None}
    header = whole.get("header")
    title = params.get("title") or (_word(header.get("title")) if isinstance(header, dict) else "")
    card = Card("robot", "", title[:CARD_LABEL_CHARS], buttons=buttons[:_SHOWN], more=buttons[_SHOWN:])
    return Drawn("\n\n".join(part for part in said if part.strip()), card, Offer(acts, {}))


def _read(value: object) -> Any:
    """JSON in a string, or what is no string as it is; None for what can't be read."""
    if not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return None


def _contents(part: Part) -> list[Part]:
    found = _read(part.get("contents"))
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _word(value: object) -> str:
    """A text, or the text of a thing that has one."""
    inside = value.get("text") if isinstance(value, dict) else value
    return inside if isinstance(inside, str) else ""


def _buttons(part: Part) -> Iterator[Part]:
    for name in _LISTS:
        found = _read(part.get(name))
        yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def _button(key: str, one: Part) -> Button:
    label = next((word for word in (_word(one.get(name)) for name in ("text", "label", "title", "name")) if word.strip()), "…")
    link = one.get("url") or one.get("actionURL")
    url = followed(link.get("all") or link.get("pc") if isinstance(link, dict) else link)
    kind: Any = _KINDS.get(str(one.get("status") or one.get("color")), "plain")
    return Button(key, label[:CARD_LABEL_CHARS], kind, url)


def _offered(one: Part, label: str) -> Offered:
    name = next((str(one[name]) for name in ("id", "actionId", "value") if isinstance(one.get(name), str | int)), label)
    params = _read(one.get("params"))
    return Offered(shape="card", name=name, label=label, context=params if isinstance(params, dict) else {})


def told(facts: Facts) -> Part:
    """What a press of a card's button tells its robot."""
    offered = facts.said["offered"]
    content = {"cardPrivateData": {"actionIds": [offered["name"]], "params": offered.get("context") or {}}}
    return {
        "type": "actionCallback",
        "outTrackId": facts.said["track"],
        "corpId": facts.org,
        "userId": facts.person,
        "userIdType": 1,
        "spaceId": f"cid{facts.room}",
        "spaceType": "im",
        "extension": "{}",
        "content": msgspec.json.encode(content).decode(),
    }


def signed(secret: str, now: int) -> dict[str, str]:
    """The headers by which a receiver knows a press that is posted to it at `now` (ms)."""
    mac = hmac.new(secret.encode(), str(now).encode(), hashlib.sha256).digest()
    stamp = {"x-ddpaas-signature-timestamp": str(now), "x-ddpaas-signature": base64.b64encode(mac).decode()}
    return {"Content-Type": "application/json; charset=utf-8", **stamp}


class CardAnswer(msgspec.Struct, frozen=True):
    """What an answer changes: the card's public data, of it only what is named when it is `by_key`; None for nothing."""

    params: dict[str, str] | None
    by_key: bool


def answer(raw: bytes | str, *, wrapped: bool) -> CardAnswer:
    """The answer to a press, `wrapped` in a response as streams carry it. What can't be read changes nothing."""
    found = _read(raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw)
    if wrapped and isinstance(found, dict):
        found = _read(found.get("response"))
    if not isinstance(found, dict):
        return CardAnswer(None, False)
    data = found.get("cardData")
    given = data.get("cardParamMap") if isinstance(data, dict) else None
    return CardAnswer(words(given) if isinstance(given, dict) else None, is_by_key(found.get("cardUpdateOptions")))


def is_by_key(options: object) -> bool:
    """Whether an update changes only what it names."""
    return isinstance(options, dict) and options.get("updateCardDataByKey") in (True, "true")


def words(given: Part) -> dict[str, str]:
    """A card's data as texts; what is no text is kept as JSON."""
    return {str(k): v if isinstance(v, str) else msgspec.json.encode(v).decode() for k, v in given.items() if v is not None}
