"""Markdown to a small typed tree, which clients draw as nodes; no HTML is ever made.

CommonMark with tables, strikethrough and task lists by markdown-it-py; code is split into coloured runs by Pygments.
Most messages hold no mark-up at all, so text without a single special character skips the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token as MdToken
from pygments.lexers import get_lexer_by_name
from pygments.token import Token
from pygments.util import ClassNotFound


class Text(msgspec.Struct, frozen=True, tag_field="t", tag="text"):
    """Plain characters."""

    s: str


class Break(msgspec.Struct, frozen=True, tag_field="t", tag="br"):
    """A line break."""


class Bold(msgspec.Struct, frozen=True, tag_field="t", tag="b"):
    """Strong emphasis."""

    c: list[Inline]


class Italic(msgspec.Struct, frozen=True, tag_field="t", tag="i"):
    """Emphasis."""

    c: list[Inline]


class Struck(msgspec.Struct, frozen=True, tag_field="t", tag="s"):
    """Struck through."""

    c: list[Inline]


class InlineCode(msgspec.Struct, frozen=True, tag_field="t", tag="code"):
    """Code within a line."""

    s: str


class Link(msgspec.Struct, frozen=True, tag_field="t", tag="a"):
    """A link; `href` is http, https, mailto or tel."""

    href: str
    c: list[Inline]


class At(msgspec.Struct, frozen=True, tag_field="t", tag="at"):
    """A mention: of a person or department by id, or of all."""

    kind: Literal["person", "department", "all"]
    id: str
    s: str


Inline = Text | Break | Bold | Italic | Struck | InlineCode | Link | At


class Paragraph(msgspec.Struct, frozen=True, tag_field="t", tag="p"):
    """A paragraph."""

    c: list[Inline]


class Heading(msgspec.Struct, frozen=True, tag_field="t", tag="h"):
    """A heading of level `n`, 1 to 6."""

    n: int
    c: list[Inline]


class Item(msgspec.Struct, frozen=True, tag_field="t", tag="li"):
    """An item of a list; `checked` is None where there is no box."""

    checked: bool | None
    c: list[Block]


class Bullets(msgspec.Struct, frozen=True, tag_field="t", tag="ul"):
    """An unordered list."""

    c: list[Item]


class Numbers(msgspec.Struct, frozen=True, tag_field="t", tag="ol"):
    """An ordered list that begins at `start`."""

    start: int
    c: list[Item]


class Quoted(msgspec.Struct, frozen=True, tag_field="t", tag="quote"):
    """A block quotation."""

    c: list[Block]


class CodeBlock(msgspec.Struct, frozen=True, tag_field="t", tag="code"):
    """A block of code as (class, text) runs; the classes are "" k s n c m o f."""

    lang: str
    c: list[tuple[str, str]]


class TableBlock(msgspec.Struct, frozen=True, tag_field="t", tag="table"):
    """A table: alignment by column, the head's cells, the rows' cells."""

    align: list[Literal["", "left", "center", "right"]]
    head: list[list[Inline]]
    rows: list[list[list[Inline]]]


class Rule(msgspec.Struct, frozen=True, tag_field="t", tag="hr"):
    """A thematic break."""


Block = Annotated[
    Paragraph | Heading | Bullets | Numbers | Quoted | CodeBlock | TableBlock | Rule,
    msgspec.Meta(title="Block"),
]

_MAYBE = re.compile(r"[\\`*_\[\]<>~&|#@]|https?:|www\.|^\s*(?:[-+]|\d+[.)])\s|^\s{4}|^\t|^\s*(?:=+|-{3,})\s*$|\n", re.MULTILINE)
_HREF = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\]\s+")
_CLASSES = (
    (Token.Keyword, "k"), (Token.Literal.String, "s"), (Token.Literal.Number, "m"), (Token.Comment, "c"), (Token.Operator, "o"),
    (Token.Name.Function, "f"), (Token.Name.Class, "f"), (Token.Name.Builtin, "n"), (Token.Name.Tag, "k"), (Token.Name.Attribute, "n"),
)  # fmt: skip
_CODE_COLOURED_CHARS = 10_000

Names = Mapping[str, At]


def is_plain(text: str) -> bool:
    """Whether `text` is one paragraph without any mark-up (so its tree need not be stored)."""
    return _MAYBE.search(text) is None


def plain(text: str) -> list[Block]:
    """The tree of a text that `is_plain`."""
    return [Paragraph([Text(text)])] if text else []


def parse(text: str, names: Names | None = None) -> list[Block]:
    """The tree of `text`. `names` maps what follows an "@" to the mention it stands for, longest name first wins."""
    if is_plain(text):
        return plain(text)
    tokens = iter(_parser().parse(text))
    return list(_blocks(tokens, _At(names or {})))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
        .enable(["table", "strikethrough"])
        .disable(["html_block", "html_inline"])
    )


class _At:
    """Finds "@name" in text."""

    def __init__(self, names: Names) -> None:
        self.names = names
        longest_first = sorted(map(re.escape, names), key=len, reverse=True)
        self.pattern = re.compile("@(" + "|".join(longest_first) + ")") if names else None

    def split(self, text: str) -> Iterator[Inline]:
        at = 0
        for match in self.pattern.finditer(text) if self.pattern else ():
            if match.start() > at:
                yield from _linked(text[at : match.start()])
            yield self.names[match[1]]
            at = match.end()
        if at < len(text):
            yield from _linked(text[at:])


def _linked(text: str) -> Iterator[Inline]:
    at = 0
    for match in _BARE.finditer(text):
        href = match[0].rstrip(".,;:!?)]}…。，")
        if match.start() > at:
            yield Text(text[at : match.start()])
        yield Link(href, [Text(href)])
        at = match.start() + len(href)
    if at < len(text):
        yield Text(text[at:])


def _blocks(tokens: Iterator[MdToken], at: _At, until: str = "") -> Iterator[Block]:
    for token in tokens:
        if token.type == until:
            return
        block = _block(token, tokens, at)
        if block is not None:
            yield block


def _block(token: MdToken, tokens: Iterator[MdToken], at: _At) -> Block | None:
    match token.type:
        case "paragraph_open":
            return Paragraph(_line(tokens, at))
        case "heading_open":
            return Heading(int(token.tag[1]), _line(tokens, at))
        case "bullet_list_open":
            return Bullets(list(_items(tokens, at, "bullet_list_close")))
        case "ordered_list_open":
            return Numbers(int(token.attrs.get("start", 1)), list(_items(tokens, at, "ordered_list_close")))
        case "blockquote_open":
            return Quoted(list(_blocks(tokens, at, "blockquote_close")))
        case "fence" | "code_block":
            language = token.info.split()[0][:30] if token.info.strip() else ""
            return CodeBlock(language, coloured(token.content.rstrip("\n"), language))
        case "table_open":
            return _table(tokens, at)
        case "hr":
            return Rule()
    return None


def _line(tokens: Iterator[MdToken], at: _At) -> list[Inline]:
    """The inline content that follows an opening token; reads up to and with the closing one."""
    inline = next(tokens)
    next(tokens)
    return list(_inlines(iter(inline.children or ()), at))


def _items(tokens: Iterator[MdToken], at: _At, until: str) -> Iterator[Item]:
    for token in tokens:
        if token.type == until:
            return
        if token.type == "list_item_open":
            yield _item(list(_blocks(tokens, at, "list_item_close")))


def _item(blocks: list[Block]) -> Item:
    """An item whose text begins with "[ ]" or "[x]" is a task."""
    if blocks and isinstance(blocks[0], Paragraph) and blocks[0].c and isinstance(blocks[0].c[0], Text):
        match = _TASK.match(blocks[0].c[0].s)
        if match:
            rest = Text(blocks[0].c[0].s[match.end() :])
            return Item(match[1] != " ", [Paragraph([rest, *blocks[0].c[1:]]), *blocks[1:]])
    return Item(None, blocks)


def _table(tokens: Iterator[MdToken], at: _At) -> TableBlock:
    rows: list[list[list[Inline]]] = []
    align: list[Literal["", "left", "center", "right"]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            if len(rows) == 1:
                align.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))  # type: ignore[arg-type]
            rows[-1].append(_line(tokens, at))
    return TableBlock(align, rows[0] if rows else [], rows[1:])


_WRAPS: dict[str, type[Bold | Italic | Struck]] = {"strong": Bold, "em": Italic, "s": Struck}


def _inlines(tokens: Iterator[MdToken], at: _At, until: str = "") -> Iterator[Inline]:
    for token in tokens:
        kind = token.type
        if kind == until:
            return
        if kind == "text":
            yield from at.split(token.content)
        elif kind in ("softbreak", "hardbreak"):
            yield Break()
        elif kind == "code_inline":
            yield InlineCode(token.content)
        elif kind == "link_open":
            yield from _link(str(token.attrs.get("href", "")), list(_inlines(tokens, _At({}), "link_close")))
        elif kind == "image":
            yield from _link(str(token.attrs.get("src", "")), [Text(token.content or str(token.attrs.get("src", "")))])
        elif kind.endswith("_open") and kind[:-5] in _WRAPS:
            yield _WRAPS[kind[:-5]](list(_inlines(tokens, at, kind[:-5] + "_close")))
        elif token.content:
            yield Text(token.content)


def _link(href: str, content: list[Inline]) -> Sequence[Inline]:
    flat = [part for inline in content for part in (inline.c if isinstance(inline, Link) else [inline])]
    return [Link(href, flat)] if _HREF.fullmatch(href) else flat


def coloured(code: str, language: str) -> list[tuple[str, str]]:
    """`code` as (class, text) runs; one plain run for unknown languages and very long code."""
    if not language or len(code) > _CODE_COLOURED_CHARS:
        return [("", code)]
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [("", code)]
    runs: list[tuple[str, str]] = []
    for kind, piece in lexer.get_tokens(code):
        name = next((short for token, short in _CLASSES if kind in token), "")
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + piece)
        else:
            runs.append((name, piece))
    return runs
