"""Stretches of formatted text, written out as the Markdown that Narae reads, with everything else in it kept literal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Kind = Literal["text", "quote", "list", "code", "rule"]
Line = tuple[Kind, str]


class Run(msgspec.Struct, frozen=True):
    """Text of one look. `code` is shown as it is; `href` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    href: str = ""

    @property
    def look(self) -> tuple[bool, bool, bool, bool, str]:
        """What neighbours must share to be one run."""
        return self.bold, self.italic, self.struck, self.code, self.href


_SPECIAL = re.compile(r"[\\`*\[]|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#|\w+;)")
_START = re.compile(r"(?P<hash>#{1,6}(?:\s|$))|(?P<quote>>)|[-=+|:][-=+|:\s]*$")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9\-./?=%#:,+]*[A-Za-z0-9/]")
_HREF = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>]+", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[-+]|\d{1,9}[.)])\s")
_TICKS = re.compile(r"`+")


def escape(text: str) -> str:
    """`text` so that Markdown reads nothing into it (but for what counts at the start of a line only)."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def may_link(href: str) -> bool:
    """Whether Narae shows `href` as a link."""
    return _HREF.fullmatch(href) is not None


def as_lines(runs: Iterable[Run]) -> list[Line]:
    """Runs with line breaks in them as lines of Markdown."""
    rows: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        rows[-1].append(msgspec.structs.replace(run, text=first))
        rows += [[msgspec.structs.replace(run, text=part)] for part in rest]
    return [_line(row) for row in rows]


def _line(runs: list[Run]) -> Line:
    merged = [run for run in _merged(runs) if run.text]
    if merged and not any(merged[0].look):
        merged[0] = msgspec.structs.replace(merged[0], text=_indented(merged[0].text))
    said = ""
    for index, run in enumerate(merged):
        after = merged[index + 1].text[:1] if index + 1 < len(merged) else ""
        said += _written(run, said[-1:], after)
    if merged and not any(merged[0].look):
        said = _guarded(said)
    return ("list" if _LISTED.match(said) else "text"), said


def _merged(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].look == run.look:
            joined[-1] = msgspec.structs.replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _indented(text: str) -> str:
    """Four spaces would begin a block of code; hard spaces look the same and do not."""
    stripped = text.lstrip(" \t")
    lead = text[: len(text) - len(stripped)].replace("\t", "    ")
    return "\u00a0" * len(lead) + stripped if len(lead) >= 4 else lead + stripped


def _guarded(line: str) -> str:
    """`line` so that its beginning is no heading, quotation, rule or table."""
    stripped = line.lstrip(" ")
    if _START.match(stripped):
        return line[: len(line) - len(stripped)] + "\\" + stripped
    return line


def _written(run: Run, before: str, after: str) -> str:
    """One run as Markdown, with its marks where CommonMark takes them for marks (section 6.2: flanking)."""
    if run.code or run.href:
        bare = _code(run.text) if run.code else link(run.text, run.href)
        return bare if before.isalnum() or after.isalnum() else _marked(bare, run, before, after)
    core = run.text.strip()
    if not core or not (run.bold or run.italic or run.struck):
        return escape(run.text)
    start = run.text.index(core[0])
    end = start + len(core)
    while start < end and not run.text[start].isalnum() and (run.text[start - 1 : start] if start else before).isalnum():
        start += 1
    while end > start and not run.text[end - 1].isalnum() and (run.text[end : end + 1] or after).isalnum():
        end -= 1
    lead, core, tail = run.text[:start], run.text[start:end], run.text[end:]
    if not core:
        return escape(run.text)
    return escape(lead) + _marked(escape(core), run, lead[-1:] or before, tail[:1] or after) + escape(tail)


def _marked(text: str, run: Run, before: str, after: str) -> str:
    slant = "*" if before.isalnum() or after.isalnum() else "_"
    if before and before in "*_~":  # two sets of marks side by side would be read as one
        return text
    for wanted, mark in ((run.italic, slant), (run.struck, "~~"), (run.bold, "**")):
        text = f"{mark}{text}{mark}" if wanted else text
    return text


def _code(text: str) -> str:
    """A code span, fenced by more backticks than it holds."""
    longest = max((len(match[0]) for match in _TICKS.finditer(text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def link(label: str, href: str) -> str:
    """A link with its label; just the label where `href` is nothing that may be opened."""
    if not may_link(href):
        return escape(label or href)
    if label in ("", href):
        return href if _PLAIN_URL.fullmatch(href) else f"<{href}>"
    closed = escape(label).replace("]", "\\]")
    return f"[{closed}](<{href}>)" if re.search(r"[()\\]", href) else f"[{closed}]({href})"


def code_block(text: str, language: str = "") -> list[Line]:
    """A fenced block of code."""
    longest = max((len(match[0]) for match in _TICKS.finditer(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [("code", f"{fence}{language}"), *[("code", line) for line in text.split("\n")], ("code", fence)]


def quoted(lines: Iterable[Line]) -> list[Line]:
    """Lines as a quotation."""
    return [("quote", f"> {line}".rstrip()) for line in joined(lines).split("\n")]


def joined(lines: Iterable[Line]) -> str:
    """Lines as one text; a blank line parts what Markdown would otherwise read as going on."""
    said: list[str] = []
    before: Kind | None = None
    for kind, line in lines:
        if before is not None and kind != before and said[-1].strip() and line.strip():
            said.append("")
        if line.strip() or kind == "code" or said:
            said.append(line)
            before = kind
    return "\n".join(said).strip("\n")
