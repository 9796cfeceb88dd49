"""The kinds of message of the newer interface (msgKey and msgParam), as bodies of the older one or as files. Pure functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from narae.core.kit.errors import Invalid

Param = dict[str, Any]


class Media(NamedTuple):
    """Something uploaded that is to be said, under a name of its own."""

    id: str
    name: str


def translated(msg_key: str, msg_param: str) -> Param | Media:
    """What `msgKey` and `msgParam` ask for; Invalid says what is wrong in them."""
    make = _KINDS.get(msg_key)
    if make is None:
        raise Invalid(f"msgKey {msg_key!r} is not supported.", code="invalidParameter.msgKey")
    try:
        param = msgspec.json.decode(msg_param.encode("utf-8", "replace"))
    except msgspec.DecodeError as error:
        raise Invalid("msgParam is not JSON.", code="invalidParameter.msgParam") from error
    if not isinstance(param, dict):
        raise Invalid("msgParam is not a JSON object.", code="invalidParameter.msgParam")
    return make(param)


def _as(kind: str) -> Callable[[Param], Param]:
    return lambda param: {"msgtype": kind, kind: param}


def _image(param: Param) -> Param | Media:
    url = str(param.get("photoURL") or "")
    return _media(param, "photoURL") if url.startswith("@") else {"msgtype": "image", "image": {"picURL": url}}


def _buttons(title: str, url: str, most: int) -> Callable[[Param], Param]:
    def make(param: Param) -> Param:
        numbers = [n for n in range(1, most + 1) if param.get(f"{title}{n}")]
        buttons = [{"title": param[f"{title}{n}"], "actionURL": param.get(f"{url}{n}")} for n in numbers]
        return {"msgtype": "actionCard", "actionCard": {"title": param.get("title"), "text": param.get("text"), "btns": buttons}}

    return make


def _media(param: Param, field: str = "mediaId") -> Media:
    given = param.get(field)
    if not isinstance(given, str) or not given:
        raise Invalid(f"missing parameter: {field}", code="invalidParameter.msgParam")
    name, kind = str(param.get("fileName") or ""), str(param.get("fileType") or "")
    return Media(given, f"{name}.{kind}" if name and kind and not name.lower().endswith(f".{kind.lower()}") else name)


_KINDS: dict[str, Callable[[Param], Param | Media]] = {
    "sampleText": _as("text"),
    "sampleMarkdown": _as("markdown"),
    "sampleLink": _as("link"),
    "sampleImageMsg": _image,
    "sampleActionCard": _as("actionCard"),
    **{f"sampleActionCard{n}": _buttons("actionTitle", "actionURL", n) for n in range(2, 6)},
    "sampleActionCard6": _buttons("buttonTitle", "buttonUrl", 2),
    "sampleAudio": _media,
    "sampleFile": _media,
    "sampleVideo": lambda param: _media(param, "videoMediaId"),
}
