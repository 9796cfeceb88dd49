"""What hangs below a message: legacy attachments as quotations, and the names of its files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from narae.apps.chat.commands.slack_export import blocks
from narae.apps.chat.commands.slack_export.lenient import one_line, string, table, tables, whole
from narae.apps.chat.commands.slack_export.report import Report
from narae.apps.chat.commands.slack_export.runs import Line, Run, as_lines, escape, link, may_link, quoted
from narae.apps.chat.commands.slack_export.speech import Speech

_UNITS = ("B", "kB", "MB", "GB", "TB")
NAME_CHARS = 200


def attachment_lines(attachments: Any, speech: Speech) -> list[Line]:
    """All attachments, each a quotation of its own."""
    found: list[Line] = []
    for attachment in tables(attachments):
        lead = blocks.text_lines(attachment.get("pretext"), speech)
        inside = list(_inside(attachment, speech))
        if inside:
            found += [*lead, ("text", ""), *quoted(inside)]
        else:
            found += lead
    return found


def _inside(attachment: dict[str, Any], speech: Speech) -> Iterator[Line]:
    author = one_line(string(attachment.get("author_name")), NAME_CHARS)
    if author:
        yield "text", escape(author)
    title = one_line(string(attachment.get("title")), NAME_CHARS)
    href = string(attachment.get("title_link"))
    if title:
        yield from as_lines([Run(title, bold=True, href=href if may_link(href) else "")])
    body = [
        *blocks.lines(attachment.get("blocks"), speech),
        *_shared(attachment.get("message_blocks"), speech),
        *blocks.text_lines(attachment.get("text"), speech),
    ]
    yield from body
    for field in tables(attachment.get("fields")):
        yield from _field(field, speech)
    for key in ("image_url", "thumb_url"):
        if may_link(string(attachment.get(key))):
            yield "text", "🖼 " + link("", string(attachment.get(key)))
    yield from blocks.text_lines(attachment.get("footer"), speech)
    if not title and not body and not tables(attachment.get("fields")):
        yield from blocks.text_lines(attachment.get("fallback"), speech)


def _shared(parts: Any, speech: Speech) -> Iterator[Line]:
    """The blocks of a message that was passed on."""
    for part in tables(parts):
        yield from blocks.lines(table(part.get("message")).get("blocks"), speech)


def _field(field: dict[str, Any], speech: Speech) -> Iterator[Line]:
    label = one_line(string(field.get("title")), NAME_CHARS)
    if label:
        yield from as_lines([Run(label, bold=True)])
    yield from blocks.text_lines(field.get("value"), speech)


def file_lines(message: dict[str, Any], speech: Speech, report: Report, place: str) -> list[Line]:
    """A line for each file: its name and size. Contents are not in an export, and nothing is fetched."""
    files = tables(message.get("files")) or tables([message.get("file")])
    return [("text", _file(file, speech, report, place)) for file in files]


def _file(file: dict[str, Any], speech: Speech, report: Report, place: str) -> str:
    mode = string(file.get("mode"))
    name = one_line(string(file.get("title")) or string(file.get("name")), NAME_CHARS)
    if mode in ("tombstone", "hidden_by_limit") or not name:
        report.miss("gone_files", f"{place}: {string(file.get('id'))} {mode}".rstrip())
        word = {"hidden_by_limit": "limit_file", "tombstone": "gone_file"}.get(mode, "file")
        return f"📎 {escape(name)} ({speech.words[word]})" if name else f"📎 ({speech.words[word]})"
    href = string(file.get("external_url")) or string(file.get("url_private")) if file.get("is_external") is True else ""
    if may_link(href):
        return f"📎 {link(name, href)}"
    report.miss("files", f"{place}: {name}")
    about = ", ".join(part for part in (_size(file.get("size")), _type(file, name)) if part)
    return f"📎 {escape(name)} ({about})" if about else f"📎 {escape(name)}"


def _type(file: dict[str, Any], name: str) -> str:
    """What kind of file it is, where its name does not say so."""
    kind = one_line(string(file.get("pretty_type")) or string(file.get("mimetype")), 40)
    return "" if "." in name[-6:] else escape(kind)


def _size(value: Any) -> str:
    size = float(whole(value))
    if not size:
        return ""
    for unit in _UNITS:
        if size < 1000 or unit == _UNITS[-1]:
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit in ("B", "kB") or size >= 100 else f"{size:.1f} {unit}"
