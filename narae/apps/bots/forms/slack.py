"""What Slack's and Mattermost's incoming hooks are told, as posts of ours.

The text is Markdown with Slack's links and calls in it, as Mattermost documents its Slack-compatible hooks: <address|label>, <@id>,
<!channel>. Attachments become quotes below it; of blocks the words are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from narae.apps.bots.forms.escaping import link, plain
from narae.apps.bots.forms.offering import card_of
from narae.apps.bots.public import Post
from narae.core.kit.limits import HOOK_TEXT_CHARS

_ANGLES = re.compile(r"<([^<>\s][^<>]*)>")
_EVERYBODY = {"!channel", "!here", "!all", "!everyone"}
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_ATTACHMENTS, _FIELDS, _DEPTH = 20, 30, 8
Part = dict[str, Any]


def posts_of(body: Part) -> list[Post]:
    """The posts that a whole body asks for; none when it says nothing. A long text becomes several, the last with the card."""
    people: list[str] = []
    offered = card_of(body)
    parts = [_named(body), _translated(_said(body), people), *(_quoted(a, people) for a in _parts(body, "attachments", _ATTACHMENTS))]
    text = "\n\n".join(part for part in parts if part.strip())
    if not any(part.strip() for part in parts[1:]) and offered is None:
        return []
    calls_all = any(f"<{word}" in _said(body) for word in _EVERYBODY)
    posts = [Post(text=piece, people=people, all=calls_all) if n == 0 else Post(text=piece) for n, piece in enumerate(_pieces(text))]
    if offered is None:
        return posts
    last = posts[-1] if posts else Post(text="")
    return [*posts[:-1], msgspec.structs.replace(last, card=offered[0], offer=offered[1])]


def translated(text: str) -> str:
    """A text of theirs as Markdown of ours, for one reader: nobody is called by it."""
    return _translated(text, [])


def _said(body: Part) -> str:
    text = body.get("text")
    if isinstance(text, str) and text.strip():
        return text
    return "\n\n".join(_block_words(body.get("blocks"), 0))


def _named(body: Part) -> str:
    """A name that the caller gives itself for this once."""
    name = body.get("username")
    return f"**{plain(name.strip()[:80])}**" if isinstance(name, str) and name.strip() else ""


def _block_words(blocks: Any, depth: int) -> Iterator[str]:
    if depth > _DEPTH:
        return
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, dict) or block.get("type") == "actions":
            continue
        text = block.get("text")
        if isinstance(text, str):
            yield text
        elif isinstance(text, dict) and isinstance(text.get("text"), str):
            yield f"**{text['text']}**" if block.get("type") == "header" else text["text"]
        for inner in ("fields", "elements"):
            yield from _block_words(block.get(inner), depth + 1)


def _translated(text: str, people: list[str]) -> str:
    def turned(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        if target.split("^")[0] in _EVERYBODY:
            return "@all"
        if target.startswith("@"):
            people.append(target[1:])
            return f"@{target[1:]}"
        if target.startswith(("http://", "https://", "mailto:")):
            return link(label or target, target) if target.startswith("http") else (label or target.removeprefix("mailto:"))
        return match[0]

    text = _ANGLES.sub(turned, text)
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text


def _parts(body: Part, name: str, most: int) -> list[Part]:
    found = body.get(name)
    return [part for part in found if isinstance(part, dict)][:most] if isinstance(found, list) else []


def _word(part: Part, name: str) -> str:
    value = part.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _quoted(attachment: Part, people: list[str]) -> str:
    title = _word(attachment, "title")
    lines = [
        f"**{link(title, attachment.get('title_link'))}**" if title else "",
        _translated(_word(attachment, "text"), people),
        *(f"**{plain(_word(f, 'title'))}** {_translated(_word(f, 'value'), people)}" for f in _parts(attachment, "fields", _FIELDS)),
        "\n\n".join(_block_words(attachment.get("blocks"), 0)),
        link(_word(attachment, "image_url"), attachment.get("image_url")) if attachment.get("image_url") else "",
        plain(_word(attachment, "footer")),
    ]
    inside = "\n\n".join(line for line in lines if line.strip()) or plain(_word(attachment, "fallback"))
    quote = "\n".join(f"> {line}".rstrip() for line in inside.split("\n")) if inside else ""
    before = [plain(_word(attachment, "author_name")), _translated(_word(attachment, "pretext"), people)]
    return "\n\n".join(part for part in [*before, quote] if part.strip())


def _pieces(text: str) -> Iterator[str]:
    """`text` in pieces of at most HOOK_TEXT_CHARS, cut at line ends where there are any."""
    while len(text) > HOOK_TEXT_CHARS:
        at = text.rfind("\n", HOOK_TEXT_CHARS // 2, HOOK_TEXT_CHARS)
        at = HOOK_TEXT_CHARS if at < 0 else at
        yield text[:at]
        text = text[at:].lstrip("\n")
    if text.strip():
        yield text
