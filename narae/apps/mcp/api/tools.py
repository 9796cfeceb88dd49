"""What an assistant can do: each tool is a struct of what it takes, what it says of itself, and an action or query of ours."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta

from narae.apps.mcp import queries
from narae.apps.mcp.public import People, Rooms, Sent, Talk
from narae.core.db import Database
from narae.core.kit import limits
from narae.core.kit.errors import NaraeError
from narae.core.kit.ids import new_secret
from narae.core.kit.who import Who
from narae.core.rooms.actions.send import Send, send_many
from narae.core.rooms.public import Message

Limit = Annotated[int, Meta(ge=1, le=limits.MCP_ITEMS, description="How many at most.")]
Query = Annotated[str, Meta(max_length=limits.QUERY_CHARS)]
RoomId = Annotated[str, Meta(description="A room's id, as list_rooms gives it.")]
Seq = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class ListRooms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """List the rooms and direct talks of the person, the latest first, with how much is unread."""

    title: ClassVar[str] = "List rooms"
    scope: ClassVar[str] = "read"
    room: ClassVar[None] = None
    unread: Annotated[bool, Meta(description="Only rooms with unread messages.")] = False
    query: Annotated[Query, Meta(description="Only rooms with this in their names.")] = ""
    limit: Limit = limits.PAGE_ITEMS

    async def run(self, db: Database, who: Who) -> Rooms:
        """Look."""
        return await db.read(queries.rooms, who.person, unread=self.unread, query=self.query, limit=self.limit)


class ReadRoom(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Read what was said last in a room, oldest first. It does not mark anything as read."""

    title: ClassVar[str] = "Read a room"
    scope: ClassVar[str] = "read"
    room: RoomId
    before: Annotated[Seq, Meta(description="Only messages with a lower seq, to page back.")] | None = None
    thread: Annotated[Seq, Meta(description="Read the thread under the message with this seq.")] | None = None
    limit: Limit = limits.PAGE_ITEMS

    async def run(self, db: Database, who: Who) -> Talk:
        """Look."""
        return await db.read(queries.talk, who.person, self.room, before=self.before, thread=self.thread, limit=self.limit)


class SearchMessages(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Search all messages that the person may see; every word must be there. The newest come first."""

    title: ClassVar[str] = "Search messages"
    scope: ClassVar[str] = "read"
    query: Annotated[Query, Meta(min_length=1, description="Words; parts of Korean and Chinese words are found too.")]
    room: RoomId | None = None
    limit: Limit = 20

    async def run(self, db: Database, who: Who) -> Talk:
        """Look."""
        return await db.read(queries.finds, who.person, query=self.query, room_id=self.room, limit=self.limit)


class FindPeople(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Find people of the person's organisations by name, title or mail address."""

    title: ClassVar[str] = "Find people"
    scope: ClassVar[str] = "read"
    room: ClassVar[None] = None
    query: Annotated[Query, Meta(min_length=1)]
    limit: Limit = 20

    async def run(self, db: Database, who: Who) -> People:
        """Look."""
        return await db.read(queries.who_is, who.person, query=self.query, limit=self.limit)


class SendMessage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send a message to a room in the person's name. Everybody in the room sees it; ask the person first unless they told you to."""

    title: ClassVar[str] = "Send a message"
    scope: ClassVar[str] = "write"
    room: RoomId
    text: Annotated[str, Meta(min_length=1, description="Markdown.")]
    thread: Annotated[Seq, Meta(description="Answer in the thread under the message with this seq.")] | None = None
    nonce: Annotated[str, Meta(min_length=1, max_length=60, description="A name for this message: the same one is sent once.")] | None = (
        None
    )

    async def run(self, db: Database, who: Who) -> Sent:
        """Send it."""
        nonce = f"mcp-{self.nonce}" if self.nonce else f"mcp-{new_secret()}"[: limits.NONCE_CHARS]
        item = Send(who=who, room=self.room, nonce=nonce, text=self.text, thread=self.thread)
        sent: Message = await db.write_batched(send_many, item)
        return Sent(sent.room, sent.seq)


TOOLS: dict[str, Any] = {
    "list_rooms": ListRooms,
    "read_room": ReadRoom,
    "search_messages": SearchMessages,
    "find_people": FindPeople,
    "send_message": SendMessage,
}


def described(name: str) -> dict[str, Any]:
    """A tool as `tools/list` shows it."""
    tool = TOOLS[name]
    reads = tool.scope == "read"
    return {
        "name": name,
        "title": tool.title,
        "description": tool.__doc__,
        "inputSchema": _schema(tool),
        "annotations": {"readOnlyHint": reads, "destructiveHint": False, "idempotentHint": reads, "openWorldHint": False},
    }


def _schema(tool: type) -> dict[str, Any]:
    _, parts = msgspec.json.schema_components([tool], ref_template="#/$defs/{name}")
    schema: dict[str, Any] = parts[tool.__name__]
    return {key: value for key, value in schema.items() if key not in ("title", "description")}


def asked(name: str, arguments: Any) -> Any:
    """A tool with what it was given; ValidationError when that is not of its form."""
    return msgspec.convert(arguments if arguments is not None else {}, TOOLS[name])


def check_scope(who: Who, scope: str) -> None:
    """NaraeError for a token that may not do this."""
    if who.scopes is not None and scope not in who.scopes:
        raise NaraeError(f'This token lacks the scope "{scope}". Make one with it in My settings, Access tokens.', code="scope_missing")
