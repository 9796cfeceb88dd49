"""What other servers answer when a robot has called them, as what is to be done with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import msgspec

from narae.apps.bots.forms.escaping import followed, plain
from narae.apps.bots.forms.offering import word_of
from narae.apps.bots.forms.slack import posts_of, translated
from narae.apps.bots.public import Post
from narae.core.kit.limits import HOOK_TEXT_CHARS

Part = dict[str, Any]


class NotUnderstood(Exception):
    """An answer that is neither of the forms nor a text."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer asks for: to say `posts`, to tell the asker `whispers`, to change the message that was pressed, or recall it.

    Of a change `keeps_card` leaves the card as it is. `goto` is to be opened for the asker. `in_thread` puts posts into the thread of
    what was said.
    """

    posts: list[Post] = []
    in_thread: bool = False
    whispers: list[str] = []
    change: Post | None = None
    keeps_card: bool = False
    recall: bool = False
    goto: str | None = None


def read(raw: bytes, kind: str) -> Reply:
    """What the answer to a call of this kind asks for; NotUnderstood for what nobody could follow."""
    if not raw.strip():
        return Reply()
    body = _body(raw)
    if kind == "hook":
        return _hook(body) if body else Reply()
    if body is None:
        return _words(raw, kind)
    if kind == "command":
        return _command(body)
    return _press(body)


def read_later(raw: bytes) -> Reply | None:
    """What a post to a response_url asks for; None when it says nothing that could be done."""
    body = _body(raw)
    if body is None:
        return None
    reply = _slack(body, replaces=False)
    return None if reply == Reply() else reply


def _body(raw: bytes) -> Part | None:
    """JSON, or a form with JSON in `payload`."""
    if raw[:8] == b"payload=":
        raw = parse_qs(raw.decode("utf-8", "replace"), max_num_fields=50).get("payload", [""])[0].encode()
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if isinstance(found, dict) else None


def _words(raw: bytes, kind: str) -> Reply:
    """A bare text: for a command it is the answer; a press is answered by "ok" at most."""
    try:
        text = raw.decode().strip()
    except UnicodeDecodeError as error:
        raise NotUnderstood from error
    if kind == "command" and not text.startswith("<"):
        return Reply(whispers=[plain(text)[:HOOK_TEXT_CHARS]])
    if text.lower() in ("ok", '"ok"', "null", "true"):
        return Reply()
    raise NotUnderstood


def _hook(body: Part) -> Reply:
    return Reply(posts=posts_of(_with_attachments(body)), in_thread=word_of(body, "response_type") == "comment")


def _command(body: Part) -> Reply:
    goto = followed(body.get("goto_location"))
    extra = [post for more in _dicts(body.get("extra_responses")) for post in posts_of(_with_attachments(more))]
    loud = word_of(body, "response_type") == "in_channel"
    posts = posts_of(_with_attachments(body))
    if loud:
        return Reply(posts=[*posts, *extra], goto=goto)
    return Reply(whispers=[post.text for post in [*posts, *extra] if post.text], goto=goto)


def _dicts(found: object) -> list[Part]:
    return [one for one in found if isinstance(one, dict)][:5] if isinstance(found, list) else []


def _press(body: Part) -> Reply:
    """Mattermost's {update, ephemeral_text}, or else Slack's message, which replaces the one that was pressed unless it says otherwise."""
    if not {"update", "ephemeral_text", "goto_location"} & set(body):
        return _slack(body, replaces=True)
    whisper, update = word_of(body, "ephemeral_text"), body.get("update")
    change = _update(update) if isinstance(update, dict) else None
    whispers = [translated(whisper)[:HOOK_TEXT_CHARS]] if whisper.strip() else []
    keeps = isinstance(update, dict) and not isinstance(update.get("props"), dict)
    return Reply(whispers=whispers, change=change, keeps_card=keeps, goto=followed(body.get("goto_location")))


def _update(update: Part) -> Post | None:
    props = update.get("props")
    body = {"text": word_of(update, "message"), **({"attachments": props.get("attachments")} if isinstance(props, dict) else {})}
    return _joined(posts_of(body))


def _joined(posts: list[Post]) -> Post | None:
    """One post of several pieces: a message has one text, the rest of a very long one is let go."""
    return msgspec.structs.replace(posts[-1], text=posts[0].text) if posts else None


def _slack(body: Part, *, replaces: bool) -> Reply:
    if body.get("delete_original") in (True, "true"):
        return Reply(recall=True)
    kind, asked = word_of(body, "response_type"), body.get("replace_original")
    posts = posts_of(_with_attachments(body))
    if asked in (True, "true") or (replaces and asked is None and kind != "ephemeral"):
        return Reply(change=_joined(posts))
    if kind == "in_channel":
        return Reply(posts=posts)
    return Reply(whispers=[post.text for post in posts if post.text])


def _with_attachments(body: Part) -> Part:
    """Mattermost lets attachments stand in `props` too."""
    props = body.get("props")
    if "attachments" not in body and isinstance(props, dict) and "attachments" in props:
        return {**body, "attachments": props["attachments"]}
    return body
