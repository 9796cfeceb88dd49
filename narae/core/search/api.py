"""Searching messages."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from narae.core.db import Database
from narae.core.kit.limits import PAGE_ITEMS, QUERY_CHARS
from narae.core.kit.paging import Page
from narae.core.kit.who import Who
from narae.core.orgs.api.org import Limit
from narae.core.rooms.public import Message
from narae.core.search import queries

Words = Annotated[str, QueryParameter(name="query", max_length=QUERY_CHARS)]


@get("/api/orgs/{org_id:str}/search")
async def search(
    who: Who,
    db: Database,
    org_id: str,
    words: Words = "",
    room: str | None = None,
    sender: str | None = None,
    cursor: str | None = None,
    limit: Limit = PAGE_ITEMS,
) -> Page[Message]:
    """The messages that hold every word, the newest first."""
    return await db.read(queries.search, who.person, org_id, query=words, room_id=room, sender=sender, cursor=cursor, limit=limit)


ROUTES = (search,)
