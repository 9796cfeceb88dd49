"""Makes the calls that are queued: several at once, few for one robot, so that a slow server holds up nobody but itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Sequence

import msgspec

from narae.apps.bots.actions.asks import TOPIC, claim, fail, forget_recalled, sweep
from narae.apps.bots.actions.cards import finish_card
from narae.apps.bots.actions.replies import finish
from narae.apps.bots.api.dingtalk.stream import CALLBACK, CARDS, Flight, streams_of
from narae.apps.bots.forms import answers, cards
from narae.apps.bots.forms.asking import Facts, Keys, call
from narae.apps.bots.queries.asks import due, facts, route_secret
from narae.apps.bots.rules import proof, token_of
from narae.core.db import Database, Event
from narae.core.kit.beside import beside
from narae.core.kit.clock import MINUTE
from narae.core.kit.errors import NaraeError
from narae.core.kit.keys import server_key
from narae.core.kit.limits import ASK_LOOK_SECONDS, ASK_SECONDS, ASKS_A_ROBOT, ASKS_AT_ONCE, CARD_ANSWER_SECONDS
from narae.core.kit.outside import Answer, Outside, OutsideFailed, outside_of
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM
from narae.core.rooms.public import MessageChanged

log = logging.getLogger("narae.bots")
_OK, _TOO_MANY, _BROKEN = range(200, 300), 429, 500


@contextlib.asynccontextmanager
async def asking(db: Database, settings: Settings) -> AsyncIterator[None]:
    """Call for as long as this is open."""
    wake = asyncio.Event()

    recalled = asyncio.Event()
    recalled.set()

    def hear(events: Sequence[Event]) -> None:
        for event in events:
            if event.topic == TOPIC:
                wake.set()
            elif isinstance(event.body, MessageChanged) and event.body.message.recalled_at is not None:
                recalled.set()
                wake.set()

    db.listeners.append(hear)
    try:
        async with outside_of(settings) as outside:
            caller = Caller(db, settings, outside, wake, recalled)
            try:
                async with beside(caller.run()):
                    yield
            finally:
                await caller.stop()
    finally:
        db.listeners.remove(hear)


class Caller:
    """The calls under way in this process."""

    def __init__(self, db: Database, settings: Settings, outside: Outside, wake: asyncio.Event, recalled: asyncio.Event) -> None:
        self._db = db
        self._key = server_key(settings)
        self._url = settings.public_url
        self._outside = outside
        self._wake = wake
        self._recalled = recalled
        self._going: dict[str, asyncio.Task[None]] = {}
        self._robots: Counter[str] = Counter()
        self._swept = 0

    async def run(self) -> None:
        """Look for calls whenever one is queued, and now and then for those that are to be tried again."""
        while True:
            self._wake.clear()
            try:
                await self._look()
            except NaraeError as error:
                log.warning("calls wait: %s", error)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ASK_LOOK_SECONDS):  # wait_for of Python 3.11 may swallow the end of the work
                    await self._wake.wait()

    async def stop(self) -> None:
        """Let go of what is under way; it is told as interrupted, or made again, after the next start."""
        going = [*self._going.values()]
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)

    async def _look(self) -> None:
        now = self._db.clock.now()
        if now - self._swept > MINUTE:
            self._swept = now
            await self._db.write(sweep, SYSTEM)
        if self._recalled.is_set():
            self._recalled.clear()
            await self._db.write(forget_recalled, SYSTEM)
        for ask_id, robot in await self._db.read(due, now, ASKS_AT_ONCE * 2):
            free = len(self._going) < ASKS_AT_ONCE and self._robots[robot] < ASKS_A_ROBOT
            if free and ask_id not in self._going:
                self._robots[robot] += 1
                self._going[ask_id] = asyncio.create_task(self._make(ask_id, robot))

    async def _make(self, ask_id: str, robot: str) -> None:
        try:
            if await self._db.write(claim, SYSTEM, ask_id):
                await self._call(ask_id)
        except NaraeError as error:
            log.warning("the call %s waits: %s", ask_id, error)
        except Exception:
            log.exception("the call %s failed", ask_id)
        finally:
            del self._going[ask_id]
            self._robots[robot] -= 1
            self._wake.set()

    async def _call(self, ask_id: str) -> None:
        found = await self._db.read(facts, ask_id)
        if found is None:
            return
        if found.kind == "card" and not found.url:
            await self._stream(found)
            return
        body, headers = await self._written(found)
        try:
            answer = await self._outside.post(found.url, content=body, headers=headers, seconds=ASK_SECONDS)
        except OutsideFailed as error:
            slow = isinstance(error.__cause__, TimeoutError)
            code = "receiver_slow" if slow else error.code
            await self._db.write(fail, SYSTEM, ask_id, code=code, why=error.message, again=error.code != "outside_private")
            return
        await self._take(found, answer)

    async def _written(self, found: Facts) -> tuple[bytes, dict[str, str]]:
        """The body and the headers of a call."""
        if found.kind != "card":
            return call(found, self._keys(found))
        secret = await self._db.read(route_secret, found.robot, found.said["route"])
        return msgspec.json.encode(cards.told(found)), cards.signed(secret, self._db.clock.now())

    async def _stream(self, found: Facts) -> None:
        """Tell a press over a stream, always under the same name, and do what is answered."""
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def over(why: str) -> None:
            if not done.done():
                done.set_result(why)

        flight = Flight(found.id, (CALLBACK, CARDS), cards.told(found), landed=lambda: over(""), back=over, hasty=True)
        why = "The robot's program is not connected."
        if streams_of(self._db).offer(found.robot, flight):
            try:
                why = await asyncio.wait_for(done, CARD_ANSWER_SECONDS)
            except TimeoutError:
                why = "The robot's program did not answer."
        if why:
            await self._db.write(fail, SYSTEM, found.id, code="receiver_silent", why=why, again=True)
        else:
            await self._db.write(finish_card, SYSTEM, found.id, said=cards.answer(flight.answer or "", wrapped=True))

    async def _take(self, found: Facts, answer: Answer) -> None:
        if answer.status not in _OK:
            again = answer.status >= _BROKEN or answer.status == _TOO_MANY
            why = f"The server answered {answer.status}."
            await self._db.write(fail, SYSTEM, found.id, code="receiver_refused", why=why, again=again)
            return
        if found.kind == "card":
            await self._db.write(finish_card, SYSTEM, found.id, said=cards.answer(answer.body, wrapped=False))
            return
        try:
            reply = answers.read(answer.body, found.kind)
        except answers.NotUnderstood:
            why = "The server's answer can't be understood."
            await self._db.write(fail, SYSTEM, found.id, code="receiver_garbled", why=why, again=False)
            return
        await self._db.write(finish, SYSTEM, found.id, reply=reply, status=answer.status)

    def _keys(self, found: Facts) -> Keys:
        """What the receiver may prove itself by: derived, so that it is stored nowhere."""
        trigger = f"{found.id}.{proof(self._key, 'trigger', found.id)}" if found.kind != "hook" else ""
        response = f"{self._url}/hooks/reply/{found.id}/{proof(self._key, 'reply', found.id)}"
        return Keys(token_of(self._key, found.robot, found.number), trigger, response, self._db.clock.now())
