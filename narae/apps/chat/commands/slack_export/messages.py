"""The entries of an export as messages: their kinds, texts, times, threads, reactions, changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from narae.apps.chat.actions.history import Said, Talk
from narae.apps.chat.commands.slack_export import blocks, mrkdwn
from narae.apps.chat.commands.slack_export.archive import Archive, Day
from narae.apps.chat.commands.slack_export.attachments import attachment_lines, file_lines
from narae.apps.chat.commands.slack_export.lenient import item, millis, one_line, short_id, stamp, string, strings, table, tables, whole
from narae.apps.chat.commands.slack_export.people import Roster
from narae.apps.chat.commands.slack_export.report import Report
from narae.apps.chat.commands.slack_export.runs import Line, escape, joined
from narae.apps.chat.commands.slack_export.speech import Speech, emoji
from narae.core.kit import limits, text
from narae.core.people.public import Lang
from narae.core.rooms.public import RoomEvent

_JOINS = frozenset({"channel_join", "group_join", "channel_leave", "group_leave"})
_FACTS = frozenset({
    "channel_purpose", "group_purpose", "channel_archive", "group_archive", "channel_unarchive", "group_unarchive", "pinned_item",
    "unpinned_item", "bot_add", "bot_remove", "bot_enable", "bot_disable", "channel_posting_permissions", "channel_convert_to_private",
    "channel_convert_to_public", "ekm_access_denied", "sh_room_created", "sh_room_shared", "app_conversation_join", "reminder_delete",
    "tabbed_canvas_updated", "channel_canvas_updated", "document_mention", "assistant_app_thread",
})  # fmt: skip
_EVENTS = {"channel_topic": ("topic", "topic"), "group_topic": ("topic", "topic"), "channel_name": ("renamed", "name"),
           "group_name": ("renamed", "name")}  # fmt: skip
_CHANGES = frozenset({"message_changed", "message_deleted", "message_replied"})
_ARCHIVED = frozenset({"channel_archive", "group_archive"})
_BROADCASTS = frozenset({"thread_broadcast", "reply_broadcast"})
INPUT_CHARS = 4 * limits.MESSAGE_CHARS


class Teller:
    """Tells the messages of one room. `archived` is when and by whom it was archived last."""

    def __init__(self, talk: Talk, roster: Roster, rooms: Mapping[str, str], lang: Lang, report: Report) -> None:
        self._talk = talk
        self._roster = roster
        self._rooms = rooms
        self._lang = lang
        self._report = report
        self.archived: tuple[int, str] = (0, "")

    def day(self, archive: Archive, day: Day) -> Iterator[Said]:
        """The messages of a day in the order of their times, each once, a root always before its answers."""
        entries = archive.entries(day)
        order, changes = self._sorted(entries, day)
        seen: dict[str, list[str]] = {}
        for _, index in order:
            message = item(entries[index])
            if message is None:
                continue
            key = self._unique(message, seen)
            if key:
                yield from self.message(message, key, changes.get(stamp(message.get("ts")), []))

    def _sorted(self, entries: list[Any], day: Day) -> tuple[list[tuple[tuple[str, int, str], int]], dict[str, list[dict[str, Any]]]]:
        """Where the messages stand in time, and the changes of them that the day holds by the time of what they change."""
        order: list[tuple[tuple[str, int, str], int]] = []
        changes: dict[str, list[dict[str, Any]]] = {}
        for index, encoded in enumerate(entries):
            message = item(encoded)
            if message is None:
                self._report.miss("not_message", day.path)
                continue
            ts, root = stamp(message.get("ts")), stamp(message.get("thread_ts"))
            if string(message.get("subtype")) in _CHANGES:
                changes.setdefault(_changed_ts(message), []).append(message)
            elif ts:
                order.append(((max(ts.zfill(17), root.zfill(17)), int(bool(root) and root != ts), ts.zfill(17)), index))
            else:
                self._report.miss("no_time", f"{day.path}: {string(message.get('subtype') or message.get('type'))}")
        known = {stamp_key[2].lstrip("0") for stamp_key, _ in order}
        for ts in changes.keys() - known:
            self._adopt(entries, order, changes[ts], ts)
        return sorted(order), changes

    def _adopt(self, entries: list[Any], order: list[tuple[tuple[str, int, str], int]], changes: list[dict[str, Any]], ts: str) -> None:
        """Let a change stand for the message that it changes, where the day itself does not hold that."""
        last = _after(changes[-1]) or table(changes[-1].get("previous_message"))
        if ts and last and changes[-1].get("subtype") == "message_changed":
            entries.append({**last, "ts": ts})
            order.append(((ts.zfill(17), 0, ts.zfill(17)), len(entries) - 1))
        else:
            self._report.miss("later_change", f"{self._talk.name} {ts}".rstrip(), len(changes))

    def _unique(self, message: dict[str, Any], seen: dict[str, list[str]]) -> str:
        """The key of a message: its time, with a number when another message has the same; "" for the same one again."""
        ts = stamp(message.get("ts"))
        content = repr((message.get("user"), message.get("bot_id"), message.get("text"), string(message.get("subtype")) in _JOINS))
        others = seen.setdefault(ts, [])
        if content in others:
            self._report.miss("duplicate", f"{self._talk.name} {ts}")
            return ""
        others.append(content)
        return ts if len(others) == 1 else f"{ts}:{len(others)}"

    def message(self, message: dict[str, Any], key: str, changes: list[dict[str, Any]]) -> Iterator[Said]:
        """One entry as a message, or none when it is nothing to read."""
        kind = string(message.get("subtype"))
        if kind in _JOINS or kind in _FACTS:
            if kind in _ARCHIVED:
                self.archived = millis(stamp(message.get("ts"))), self._roster.author(message)
            self._report.carried["facts of rooms"] += 1
            return
        if kind in _EVENTS:
            yield self._event(message, key, kind)
            return
        said = self._said(message, key, kind, changes)
        if said is not None:
            yield said

    def _event(self, message: dict[str, Any], key: str, kind: str) -> Said:
        verb, field = _EVENTS[kind]
        event = RoomEvent("topic" if verb == "topic" else "renamed", text=one_line(string(message.get(field)), limits.TOPIC_CHARS))
        return Said(key=key, by=self._roster.author(message), at=millis(stamp(message.get("ts"))), event=event)

    def _said(self, message: dict[str, Any], key: str, kind: str, changes: list[dict[str, Any]]) -> Said | None:
        ts, root = stamp(message.get("ts")), stamp(message.get("thread_ts"))
        latest = next((after for change in reversed(changes) if (after := _after(change))), message)
        is_gone = kind == "tombstone" or any(change.get("subtype") == "message_deleted" for change in changes)
        is_root = root == ts or bool(message.get("reply_count"))
        speech = self._speech()
        body = "" if is_gone else self._text(latest, speech, f"{self._talk.name} {ts}")
        if not body and not (is_gone and is_root):
            self._report.miss("deleted" if is_gone else "empty", f"{self._talk.name} {ts} {kind}".rstrip())
            return None
        edited = stamp(table(latest.get("edited")).get("ts"))
        return Said(
            key=key,
            by=self._roster.author(message),
            at=millis(ts),
            text=body,
            mentions=speech.mentions,
            everybody=speech.words["all"] if speech.everybody else "",
            thread=root if root and root != ts else "",
            also_room=kind in _BROADCASTS,
            edited_at=millis(edited) or (millis(ts) if isinstance(latest.get("edited"), dict) else None) if not is_gone else None,
            earlier=[] if is_gone else self._earlier(message, changes),
            recalled=is_gone,
            reactions=[] if is_gone else self._reactions(latest, f"{self._talk.name} {ts}"),
            **self._pin(latest, millis(ts)),
        )

    def _speech(self) -> Speech:
        return Speech(self._roster.name, self._rooms, self._lang)

    def _text(self, message: dict[str, Any], speech: Speech, place: str) -> str:
        """Everything that there is to read in a message, within the limit."""
        found: list[Line] = []
        for part in (
            self._prose(message, speech), attachment_lines(message.get("attachments"), speech),
            file_lines(message, speech, self._report, place),
        ):  # fmt: skip
            found += [("text", ""), *part] if found and part and part[0][0] != "quote" else part
        said = text.clean(joined(found)).strip()
        if len(said) <= limits.MESSAGE_CHARS:
            return said
        self._report.miss("cut", f"{place}: {len(said):,}")
        return _cut(said, speech.words["cut"])

    def _prose(self, message: dict[str, Any], speech: Speech) -> list[Line]:
        """What was written: from the blocks, which are exact; from the text, where they say nothing that is known."""
        found = blocks.lines(message.get("blocks"), speech)
        written = string(message.get("text") or table(message.get("comment")).get("comment") or message.get("plain_text"))[:INPUT_CHARS]
        if not joined(found).strip():
            found = mrkdwn.lines(written, speech)
        kind = message.get("subtype")
        if kind == "me_message" and len(found) == 1:
            return [("text", f"_{found[0][1]}_")]
        if kind == "huddle_thread" and not written.strip():
            return [("text", f"📞 {escape(speech.words['huddle'])}")]
        return found

    def _earlier(self, message: dict[str, Any], changes: list[dict[str, Any]]) -> list[tuple[str, int]]:
        """The former texts of a message whose changes the export holds."""
        if not changes:
            return []
        former = [(message, millis(stamp(message.get("ts"))))]
        former += [(after, millis(stamp(change.get("ts")))) for change in changes if (after := _after(change))]
        return [(joined(self._prose(version, self._speech()))[: limits.MESSAGE_CHARS], at) for version, at in former[:-1]]

    def _reactions(self, message: dict[str, Any], place: str) -> list[tuple[str, list[str]]]:
        counted: dict[str, dict[str, None]] = {}
        for given in tables(message.get("reactions")):
            name = string(given.get("name"))
            people = [short_id(user) for user in strings(given.get("users"))]
            missing = whole(given.get("count")) - len(people)
            if missing > 0:
                self._report.miss("unnamed_reactors", f"{place} :{name}:"[:80], missing)
            if name and people:
                shown = emoji(name) or f":{one_line(name, limits.EMOJI_CHARS - 2)}:"
                counted.setdefault(shown, {}).update(dict.fromkeys(self._roster.stranger(user) for user in people))
        if len(counted) > limits.REACTIONS_A_MESSAGE:
            self._report.miss("many_reactions", place, len(counted) - limits.REACTIONS_A_MESSAGE)
        kept = sorted(counted, key=lambda shown: -len(counted[shown]))[: limits.REACTIONS_A_MESSAGE]
        return [(shown, list(people)) for shown, people in counted.items() if shown in kept]

    def _pin(self, message: dict[str, Any], at: int) -> dict[str, Any]:
        info = table(message.get("pinned_info"))
        if not strings(message.get("pinned_to")) and not info:
            return {}
        pinned = info.get("pinned_ts")
        return {"pinned_at": millis(stamp(pinned)) or at, "pinned_by": short_id(string(info.get("pinned_by")))}


def _cut(said: str, note: str) -> str:
    """The beginning of a text that is too long, with a block of code that it breaks off closed, and a note."""
    kept = said[: limits.MESSAGE_CHARS - len(note) - 20]
    is_in_code = sum(line.startswith("```") for line in kept.split("\n")) % 2
    return f"{kept}…{chr(10) + '```' if is_in_code else ''}\n\n{note.format(n=len(said) - len(kept))}"


def _changed_ts(change: dict[str, Any]) -> str:
    """The time of the message that a change is about."""
    of = table(change.get("message")) or table(change.get("previous_message")) or table(change.get("original"))
    return stamp(change.get("deleted_ts")) or stamp(of.get("ts"))


def _after(change: dict[str, Any]) -> dict[str, Any]:
    """A message as a change left it."""
    return table(change.get("message")) if change.get("subtype") == "message_changed" else {}
