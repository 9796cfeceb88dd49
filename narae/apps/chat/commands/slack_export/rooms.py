"""The rooms of an export: its four lists matched with the folders that hold their messages."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import msgspec

from narae.apps.chat.actions.history import Talk
from narae.apps.chat.commands.slack_export.archive import Archive, Day
from narae.apps.chat.commands.slack_export.lenient import one_line, short_id, string, strings, table, whole
from narae.apps.chat.commands.slack_export.people import Roster
from narae.apps.chat.commands.slack_export.report import Report
from narae.apps.chat.commands.slack_export.speech import WORDS
from narae.core.kit.clock import DAY
from narae.core.kit.limits import NAME_CHARS, TOPIC_CHARS
from narae.core.people.public import Lang

_LISTS = {"channels.json": "channel", "groups.json": "group", "mpims.json": "mpim", "dms.json": "dm"}


class Source(msgspec.Struct, frozen=True):
    """A room with the days that hold its messages."""

    talk: Talk
    days: list[Day]


def rooms(archive: Archive, roster: Roster, lang: Lang, report: Report) -> list[Source]:
    """Every room of the export, listed or not, channels first."""
    folders = dict(archive.folders)
    found: dict[str, Source] = {}
    for name, kind in _LISTS.items():
        for listed in archive.list_of(name):
            key = short_id(string(listed.get("id")) or string(listed.get("name")))
            if key and key not in found:
                days = _take(folders, listed, report, known=archive.folders)
                found[key] = Source(_talk(listed, key, kind, roster, lang), days)
    for folder, days in folders.items():
        report.miss("unlisted_room", folder)
        talk = Talk(key=short_id(f"folder:{folder}", 64), name=one_line(folder, NAME_CHARS), members=None)
        found[talk.key] = Source(talk, days)
    return [_dated(source) for source in found.values()]


def room_names(sources: list[Source]) -> dict[str, str]:
    """The names of the rooms by their keys, for texts that name one."""
    return {source.talk.key: source.talk.name for source in sources}


def _take(folders: dict[str, list[Day]], listed: dict[str, Any], report: Report, *, known: dict[str, list[Day]]) -> list[Day]:
    """The days of a listed room, out of the folder with its name or its id."""
    for name in (string(listed.get("name")), string(listed.get("id"))):
        folded = unicodedata.normalize("NFC", name)
        if folded and folded in folders:
            return folders.pop(folded)
        if folded and folded in known:
            report.miss("same_folder", folded)
    return []


def _talk(listed: dict[str, Any], key: str, kind: str, roster: Roster, lang: Lang) -> Talk:
    members = tuple(short_id(member) for member in strings(listed.get("members")))
    is_open = kind == "channel" and listed.get("is_private") is not True
    is_direct = kind == "dm" and 1 <= len(members) <= 2
    if is_direct:
        for member in members:
            roster.stranger(member, robot=member == "USLACKBOT")
    name = one_line(string(listed.get("name_normalized") or listed.get("name")), NAME_CHARS)
    if kind in ("dm", "mpim"):
        name = one_line(", ".join(name for member in members if (name := roster.name(member))), NAME_CHARS) or WORDS[lang]["group"]
    return Talk(
        key=key,
        name=name or WORDS[lang]["room"],
        topic=_topic(listed),
        direct=is_direct,
        is_public=is_open,
        everyone=is_open and (listed.get("is_general") is True or name == "general"),
        archived=listed.get("is_archived") is True,
        creator=short_id(string(listed.get("creator"))),
        members=members if isinstance(listed.get("members"), list) and (members or kind == "channel") else None,
        created_at=whole(listed.get("created"), most=4_000_000_000) * 1000,
    )


def _topic(listed: dict[str, Any]) -> str:
    """The topic, and the purpose behind it where there are both."""
    said = [one_line(string(table(listed.get(key)).get("value")), TOPIC_CHARS) for key in ("topic", "purpose")]
    return one_line(" · ".join(dict.fromkeys(part for part in said if part)), TOPIC_CHARS)


def _dated(source: Source) -> Source:
    """A room is never younger than the day of its first messages (or the day after: days are those of a time zone)."""
    first = _midnight(source.days[0].date) if source.days else 0
    created = source.talk.created_at
    if not first or 0 < created < first + 2 * DAY:
        return source
    return msgspec.structs.replace(source, talk=msgspec.structs.replace(source.talk, created_at=first))


def _midnight(date: str) -> int:
    try:
        return int(datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC).timestamp() * 1000)
    except (ValueError, OverflowError):
        return 0
