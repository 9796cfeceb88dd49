"""Slack's own mark-up ("mrkdwn") as runs and lines: `<…>` sequences, entities, styles, code, quotations, lists, emoji.

Reference: Slack's "Formatting text for app surfaces". `&`, `<` and `>` are always written as entities there, so a bare `<…>`
is always a sequence of Slack's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from narae.apps.chat.commands.slack_export.runs import Line, Run, as_lines, code_block, may_link, quoted
from narae.apps.chat.commands.slack_export.speech import Speech, emoji

_ATOM = re.compile(r"`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+'-]{1,60}(?:::skin-tone-[2-6])?):(?::skin-tone-([2-6]):)?")
_STYLE = re.compile(r"(?<!\w)([*_~])(?=\S)((?:(?!\1).)+?)(?<=\S)\1(?!\w)")
_HELD = re.compile(r"\x00(\d+)\x00")
_BULLET = re.compile(r"(\s*)[•◦▪▫‣⁃](?:\ufe0e)?\s+")
_SEQUENCE = re.compile(r"<([^<>\n|]+)(?:\|([^<>\n]*))?>")
_STYLES = {"*": "bold", "_": "italic", "~": "struck"}


def unescape(text: str) -> str:
    """The three entities that Slack writes, as what they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def lines(text: str, speech: Speech) -> list[Line]:
    """A text in Slack's mark-up as lines of Markdown."""
    parts = text.split("```")
    if len(parts) % 2 == 0:  # the last fence is never closed: it is just three backticks
        parts[-2:] = ["```".join(parts[-2:])]
    found: list[Line] = []
    for index, part in enumerate(parts):
        if index % 2:
            found += code_block(_verbatim(part).strip("\n"))
        elif part.strip() or not index:
            found += _prose(part.strip("\n") if index else part, speech)
    return found


def _verbatim(text: str) -> str:
    return unescape(_SEQUENCE.sub(lambda match: match[2] or match[1], text))


def _prose(text: str, speech: Speech) -> Iterator[Line]:
    rows = text.split("\n")
    for index, row in enumerate(rows):
        if row.startswith("&gt;&gt;&gt;"):
            yield from quoted(_prose("\n".join([row[12:].lstrip(), *rows[index + 1 :]]), speech))
            return
        yield from _row(row, speech)


def _row(row: str, speech: Speech) -> list[Line]:
    if row.startswith("&gt;"):
        return quoted(as_lines(inline(row[4:].lstrip(), speech)))
    if bullet := _BULLET.match(row):
        said = as_lines(inline(row[bullet.end() :], speech))[0][1]
        return [("list", "  " * min(len(bullet[1]) // 4, 8) + "- " + said)]
    return as_lines(inline(row, speech))


def inline(text: str, speech: Speech) -> list[Run]:
    """One line as runs."""
    held: list[Run] = []

    def hold(match: re.Match[str]) -> str:
        run = _atom(match, speech)
        if run is None:
            return match[0]
        held.append(run)
        return f"\0{len(held) - 1}\0"

    return list(_styled(_ATOM.sub(hold, text), held, Run("")))


def _atom(match: re.Match[str], speech: Speech) -> Run | None:
    if match[1] is not None:
        return Run(_verbatim(match[1]), code=True)
    if match[2] is not None:
        return sequence(match[2], speech)
    said = emoji(match[3] + (f"::skin-tone-{match[4]}" if match[4] else ""))
    return Run(said) if said else None


def _styled(text: str, held: list[Run], look: Run) -> Iterator[Run]:
    at = 0
    for match in _STYLE.finditer(text):
        yield from _plain(text[at : match.start()], held, look)
        marked = msgspec.structs.replace(look, **{_STYLES[match[1]]: True})
        yield from _styled(match[2], held, marked)
        at = match.end()
    yield from _plain(text[at:], held, look)


def _plain(text: str, held: list[Run], look: Run) -> Iterator[Run]:
    for index, part in enumerate(_HELD.split(text)):
        if index % 2:
            atom = held[int(part)]
            yield msgspec.structs.replace(look, text=atom.text, code=atom.code, href=atom.href)
        elif part:
            yield msgspec.structs.replace(look, text=unescape(part))


def sequence(inner: str, speech: Speech) -> Run:
    """What stands between `<` and `>`: a person, a room, a call, a date, or a link."""
    target, _, label = inner.partition("|")
    label = unescape(label)
    if target.startswith("@"):
        return Run(speech.person(target[1:], label))
    if target.startswith("#"):
        return Run(speech.room(target[1:], label))
    if target.startswith("!"):
        return Run(_call(target[1:], label, speech))
    href = unescape(target)
    if may_link(href):
        shown = href.removeprefix("mailto:").removeprefix("tel:")
        return Run(label or shown, href=href)
    return Run(f"{label} ({href})" if label and label != href else label or href)


def _call(target: str, label: str, speech: Speech) -> str:
    name, *rest = target.split("^")
    if name in ("channel", "here", "everyone", "group"):
        return speech.all()
    if name == "subteam":
        return "@" + (label.lstrip("@") or (rest[0] if rest else "group"))
    return label or (rest[0] if rest else name)
