"""What DingTalk's custom robots are told, as a post of ours. Unknown fields are ignored; numbers may come as text.

The forms are those of the vendor's public description of the custom robot's webhook.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from narae.apps.bots.api.desk import CallRefused
from narae.apps.bots.forms.escaping import followed, link, plain
from narae.apps.bots.public import Post
from narae.core.kit.limits import ROBOT_MENTIONS
from narae.core.rooms.public import Button, Card

MISSING, UNKNOWN_KIND, TOO_MANY_MENTIONS = 40035, 400105, 460102
_BUTTONS = 2
Part = dict[str, Any]


def post_of(body: Part) -> Post:
    """The post that a whole body asks for; CallRefused with the code that clients know."""
    kind = body.get("msgtype")
    make = _KINDS.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise CallRefused(UNKNOWN_KIND, f"msgtype {kind!r} is not supported")
    part = body.get(str(kind))
    if not isinstance(part, dict):
        raise CallRefused(MISSING, f"missing parameter: {kind}")
    text, card = make(part)
    at = body.get("at") if isinstance(body.get("at"), dict) else part.get("at")
    people, everybody = _called(at if isinstance(at, dict) else {})
    nonce = body.get("msgUuid")
    return Post(text=text, card=card, people=people, all=everybody, nonce=_nonce(nonce))


def _nonce(given: object) -> str | None:
    return f"uuid-{given}"[:64] if isinstance(given, str) and given else None


def _called(at: Part) -> tuple[list[str], bool]:
    listed = [at.get(name) for name in ("atUserIds", "atMobiles")]
    people = [str(one) for some in listed if isinstance(some, list) for one in some if isinstance(one, str | int)]
    if len(people) > ROBOT_MENTIONS:
        raise CallRefused(TOO_MANY_MENTIONS, f"at most {ROBOT_MENTIONS} people can be mentioned")
    return people, at.get("isAtAll") in (True, "true", "True", 1, "1")


def _word(part: Part, name: str, *, needed: bool = True) -> str:
    value = part.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or (needed and not value.strip()):
        if needed:
            raise CallRefused(MISSING, f"missing parameter: {name}")
        return ""
    return value


def _text(part: Part) -> tuple[str, Card | None]:
    return plain(_word(part, "content")), None


def _markdown(part: Part) -> tuple[str, Card | None]:
    _word(part, "title")
    return _word(part, "text"), None


def _link(part: Part) -> tuple[str, Card | None]:
    title, text = _word(part, "title"), _word(part, "text")
    return f"**{link(title, _word(part, 'messageUrl'))}**\n\n{plain(text)}", None


def _image(part: Part) -> tuple[str, Card | None]:
    return link(_word(part, "picURL"), part["picURL"]), None


def _action_card(part: Part) -> tuple[str, Card | None]:
    title, text = _word(part, "title"), _word(part, "text")
    if part.get("singleTitle") and part.get("singleURL"):
        asked = [(_word(part, "singleTitle"), part["singleURL"])]
    else:
        buttons = part.get("btns")
        asked = [(_word(b, "title"), b.get("actionURL")) for b in buttons if isinstance(b, dict)] if isinstance(buttons, list) else []
    if not asked:
        raise CallRefused(MISSING, "missing parameter: singleTitle and singleURL, or btns")
    more = [f"- {link(label, url)}" for label, url in asked[_BUTTONS:]]
    card = Card("robot", "🤖", title, buttons=[_button(n, *one) for n, one in enumerate(asked[:_BUTTONS])])
    return "\n\n".join([text, "\n".join(more)]) if more else text, card


def _button(number: int, label: str, url: object) -> Button:
    address = followed(url)
    if address is None:
        raise CallRefused(MISSING, "a button's address begins with http:// or https://")
    return Button(f"b{number}", label, "primary" if number == 0 else "plain", address)


def _feed_card(part: Part) -> tuple[str, Card | None]:
    links = part.get("links")
    if not isinstance(links, list) or not links:
        raise CallRefused(MISSING, "missing parameter: links")
    return "\n".join(f"- {link(_word(one, 'title'), one.get('messageURL'))}" for one in links if isinstance(one, dict)), None


_KINDS: dict[str, Callable[[Part], tuple[str, Card | None]]] = {
    "text": _text,
    "markdown": _markdown,
    "link": _link,
    "image": _image,
    "actionCard": _action_card,
    "feedCard": _feed_card,
}
