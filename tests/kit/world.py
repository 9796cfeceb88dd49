"""An organisation with people and rooms, made through the real actions, and clients that speak for them."""

from __future__ import annotations

import itertools
from typing import Any

import httpx

from narae.core.db import Database
from narae.core.kit.who import SYSTEM, Who
from narae.core.orgs import actions as orgs_actions
from narae.core.orgs.public import Role
from narae.core.people import actions as people_actions
from narae.core.rooms.actions import joining, members, rooms
from narae.core.rooms.actions.send import Send, send_many
from narae.core.rooms.public import Changes, Mentions, Message, RoomHead
from narae.core.rooms.queries import heads, log
from narae.server import Server


class World:
    """People in an organisation. Everything goes through the server's own lane."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.db: Database = server.db
        self.org = ""
        self.owner = SYSTEM
        self._nonces = itertools.count(1)
        self._clients: list[httpx.AsyncClient] = []
        self._secrets: dict[str, str] = {}

    async def found(self, name: str = "나래상회") -> World:
        """Found the organisation; its owner is 김하나."""
        self.owner = await self.account("김하나")
        self.org = (await self.db.write(joining.found_org, self.owner, name=name)).id
        return self

    async def account(self, name: str) -> Who:
        """An account in no organisation, signed in."""
        email = f"p{next(self._nonces)}@example.com"
        person = await self.db.write(people_actions.create_person, SYSTEM, name=name, email=email)
        session = await self.db.write(people_actions.start_session, SYSTEM, person, user_agent="test", device_secret=f"device-of-{person}")
        self._secrets[person] = session.secret
        return Who(person=person, session=session.session)

    async def person(self, name: str, role: Role = "member") -> Who:
        """A member of the organisation, in the rooms for everybody unless a guest."""
        who = await self.account(name)
        await self.db.write(orgs_actions.add_member, self.owner, self.org, who.person, role=role)
        if role != "guest":
            await self.db.write(lambda tx, _who: members.enter_everyone_rooms(tx, self.org, who.person), self.owner)
        return who

    async def room(self, *people: Who, name: str = "매장", owner: Who | None = None, **more: Any) -> str:
        """A room with these people in it."""
        ids = [who.person for who in people]
        head = await self.db.write(rooms.create_room, owner or self.owner, self.org, name=name, people=ids, **more)
        return head.id

    async def send(self, who: Who, room: str, text: str = "안녕하세요", **more: Any) -> Message:
        """Send a message; raises what it was refused with."""
        nonce = more.pop("nonce", f"n{next(self._nonces)}")
        message: Message = await self.db.write_batched(send_many, Send(who=who, room=room, nonce=nonce, text=text, **more))
        return message

    async def head(self, who: Who, room: str) -> RoomHead:
        """A room as `who` sees it."""
        return await self.db.read(heads.head, who.person, room)

    async def log(self, who: Who, room: str, **more: Any) -> list[Message]:
        """The newest messages as `who` sees them."""
        return (await self.db.read(log.messages, who.person, room, **more)).items

    async def changes(self, who: Who, room: str, since: int = 0) -> Changes:
        """What changed after a rev."""
        return await self.db.read(log.changes, who.person, room, since=since)

    async def seqs_by_nonce(self, room: str) -> dict[str, list[int]]:
        """Where every sent message of a room stands, read through its change feed; more than one seq is a double."""
        found: dict[str, list[int]] = {}
        rev, more = 0, True
        while more:
            page = await self.changes(self.owner, room, since=rev)
            for message in page.messages:
                if message.nonce:
                    found.setdefault(message.nonce, []).append(message.seq)
            rev, more = page.rev, page.more
        return found

    def secret(self, who: Who) -> str:
        """The session's secret of `who`."""
        return self._secrets[who.person]

    def client(self, who: Who | None = None) -> httpx.AsyncClient:
        """An HTTP client signed in as `who`, or a stranger's."""
        cookies = {"narae_session": self.secret(who)} if who else None
        transport = httpx.ASGITransport(app=self.server.asgi, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://narae.test", cookies=cookies)
        self._clients.append(client)
        return client

    async def close(self) -> None:
        """Close the clients."""
        for client in self._clients:
            await client.aclose()


def everybody(text: str = "모두") -> tuple[str, Mentions]:
    """A text that calls everybody, with its mentions."""
    return f"@{text}", Mentions(all=True)
