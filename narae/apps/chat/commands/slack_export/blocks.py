"""Slack's blocks as lines of Markdown: rich text as people write it, and the layout blocks that robots use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from narae.apps.chat.commands.slack_export import mrkdwn
from narae.apps.chat.commands.slack_export.lenient import string, table, tables, whole
from narae.apps.chat.commands.slack_export.runs import Line, Run, as_lines, code_block, joined, link, may_link, quoted
from narae.apps.chat.commands.slack_export.speech import Speech, emoji_of

DEPTH = 8
Render = Callable[[dict[str, Any], Speech, int], list[Line]]


def lines(blocks: Any, speech: Speech, depth: int = 0) -> list[Line]:
    """All blocks of a message, one below the other; those of unknown kinds say nothing."""
    found: list[Line] = []
    for block in tables(blocks):
        said = block_lines(block, speech, depth)
        if said and found:
            found.append(("text", ""))
        found += said
    return found


def block_lines(block: dict[str, Any], speech: Speech, depth: int = 0) -> list[Line]:
    """One block, or one part of rich text."""
    render = _RENDERS.get(string(block.get("type")))
    return render(block, speech, depth) if render and depth < DEPTH else []


def text_lines(value: Any, speech: Speech) -> list[Line]:
    """A text object (`mrkdwn` or `plain_text`), or a bare text."""
    said = string(value) or string(table(value).get("text"))
    if not said.strip():
        return []
    if table(value).get("type") == "plain_text":
        return as_lines([Run(mrkdwn.unescape(said))])
    return mrkdwn.lines(said, speech)


def _rich_text(block: dict[str, Any], speech: Speech, depth: int) -> list[Line]:
    return [line for part in tables(block.get("elements")) for line in block_lines(part, speech, depth + 1)]


def _section(block: dict[str, Any], speech: Speech, _depth: int) -> list[Line]:
    runs = [_element(element, speech) for element in tables(block.get("elements"))]
    if runs and runs[-1].text.endswith("\n"):
        runs[-1] = msgspec.structs.replace(runs[-1], text=runs[-1].text[:-1])
    return as_lines(runs) if runs else []


def _element(element: dict[str, Any], speech: Speech) -> Run:
    style = table(element.get("style"))
    href = string(element.get("url")) if element.get("type") == "link" else ""
    return Run(
        _words(element, speech),
        bold=bool(style.get("bold")),
        italic=bool(style.get("italic")),
        struck=bool(style.get("strike")),
        code=bool(style.get("code")) and element.get("type") == "text",
        href=href if may_link(href) else "",
    )


def _words(element: dict[str, Any], speech: Speech) -> str:
    """What one element of rich text says."""
    said = string(element.get("text"))
    match element.get("type"):
        case "link":
            return said or string(element.get("url")).removeprefix("mailto:")
        case "emoji":
            return emoji_of(element)
        case "user":
            return speech.person(string(element.get("user_id")))
        case "channel":
            return speech.room(string(element.get("channel_id")))
        case "broadcast":
            return speech.all()
        case "usergroup":
            return "@" + (string(element.get("name")) or string(element.get("usergroup_id")) or "group")
        case "date":
            return string(element.get("fallback")) or _date(element.get("timestamp"))
        case "color":
            return string(element.get("value"))
    return said


def _date(value: Any) -> str:
    seconds = whole(value, most=2**32)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M") if seconds else ""


def _list(block: dict[str, Any], speech: Speech, depth: int) -> list[Line]:
    indent = whole(block.get("indent"), most=DEPTH)
    number = whole(block.get("offset"), most=1_000_000) + 1
    is_ordered = block.get("style") == "ordered"
    found: list[Line] = []
    for part in tables(block.get("elements")):
        mark = f"{number}. " if is_ordered else "- "
        said = joined(block_lines(part, speech, depth + 1)) or " "
        first, *rest = said.split("\n")
        found.append(("list", "   " * indent + mark + first))
        found += [("list", "   " * indent + " " * len(mark) + row) for row in rest]
        number += 1
    return found


def _quote(block: dict[str, Any], speech: Speech, depth: int) -> list[Line]:
    said = _section(block, speech, depth)
    return quoted(said) if said else []


def _preformatted(block: dict[str, Any], speech: Speech, _depth: int) -> list[Line]:
    said = "".join(_words(element, speech) for element in tables(block.get("elements")))
    return code_block(said.strip("\n")) if said.strip() else []


def _layout_section(block: dict[str, Any], speech: Speech, _depth: int) -> list[Line]:
    found = text_lines(block.get("text"), speech)
    for field in tables(block.get("fields")):
        found += text_lines(field, speech)
    return found


def _header(block: dict[str, Any], speech: Speech, _depth: int) -> list[Line]:
    said = string(table(block.get("text")).get("text")).strip()
    return as_lines([Run(" ".join(said.split()), bold=True)]) if said else []


def _context(block: dict[str, Any], speech: Speech, depth: int) -> list[Line]:
    found: list[Line] = []
    for element in tables(block.get("elements")):
        found += _image(element, speech, depth) if element.get("type") == "image" else text_lines(element, speech)
    return found


def _image(block: dict[str, Any], _speech: Speech, _depth: int) -> list[Line]:
    title = string(table(block.get("title")).get("text")) or string(block.get("alt_text"))
    href = string(block.get("image_url")) or string(block.get("title_url")) or string(block.get("video_url"))
    return [("text", "🖼 " + link(" ".join(title.split()) or href, href))] if title or href else []


def _divider(_block: dict[str, Any], _speech: Speech, _depth: int) -> list[Line]:
    return [("rule", "---")]


def _table(block: dict[str, Any], speech: Speech, depth: int) -> list[Line]:
    rows = block.get("rows")
    found: list[Line] = []
    for row in rows if isinstance(rows, list) else ():
        cells = [joined(block_lines(cell, speech, depth + 1)).replace("\n", " ") for cell in tables(row)]
        if any(cells):
            found.append(("text", " · ".join(cells)))
    return found


def _raw_text(block: dict[str, Any], _speech: Speech, _depth: int) -> list[Line]:
    return as_lines([Run(string(block.get("text")))])


def _markdown(block: dict[str, Any], speech: Speech, _depth: int) -> list[Line]:
    return [("text", row) for row in string(block.get("text")).split("\n")]


_RENDERS: dict[str, Render] = {
    "rich_text": _rich_text,
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
    "section": _layout_section,
    "header": _header,
    "context": _context,
    "image": _image,
    "video": _image,
    "divider": _divider,
    "table": _table,
    "raw_text": _raw_text,
    "markdown": _markdown,
}
