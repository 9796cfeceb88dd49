"""Carries a whole export over: people, then room after room, day after day, in transactions of some hundred messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from narae.apps.chat.actions.history import Brought, Import, Newcomer, Place, Said, Stretch
from narae.apps.chat.actions.history.messages import bring_messages
from narae.apps.chat.actions.history.people import bring_people, found, start
from narae.apps.chat.actions.history.rooms import archive as archive_room
from narae.apps.chat.actions.history.rooms import open_place
from narae.apps.chat.commands.slack_export.archive import Archive, Day
from narae.apps.chat.commands.slack_export.lenient import one_line
from narae.apps.chat.commands.slack_export.messages import Teller
from narae.apps.chat.commands.slack_export.people import Roster
from narae.apps.chat.commands.slack_export.report import Report
from narae.apps.chat.commands.slack_export.rooms import Source, room_names, rooms
from narae.apps.chat.queries import brought, org_by_name, org_of_source
from narae.core.db import Database
from narae.core.kit import limits, text
from narae.core.kit.errors import Invalid
from narae.core.kit.who import SYSTEM
from narae.core.people.public import Lang

STRETCH: Final = 500
PEOPLE_AT_ONCE: Final = 100


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator asked for. `name` is for an organisation that has to be founded."""

    name: str
    lang: Lang
    org: str | None = None
    owner: str | None = None


async def bring_export(db: Database, archive: Archive, options: Options, report: Report, on_day: Callable[[Day], None]) -> Import:
    """Import everything in `archive`; what a former run has brought is left as it is."""
    roster = Roster([*archive.list_of("users.json"), *archive.list_of("org_users.json")], options.lang, report)
    sources = rooms(archive, roster, options.lang, report)
    if not roster.known and not sources:
        raise Invalid("This is no Slack export: there are no users.json, channels.json and folders of days in it.", code="not_export")
    into = await _begin(db, options, roster, _workspace(roster, sources), report)
    carrying = _Carrying(db, archive, into, roster, report, room_names(sources))
    await carrying.people()
    for source in sources:
        await carrying.room(source, on_day)
    return into


def _workspace(roster: Roster, sources: list[Source]) -> str:
    """What a newer export of the same workspace will be known by: its team, else its first room, else its first person."""
    teams = [team for team, _ in roster.teams.most_common() if team]
    general = [source.talk.key for source in sources if source.talk.everyone]
    return "slack:" + [*teams[:1], *general[:1], *sorted(source.talk.key for source in sources)[:1], *sorted(roster.known)[:1]][0]


async def _begin(db: Database, options: Options, roster: Roster, source: str, report: Report) -> Import:
    org = await db.read(org_by_name, options.org) if options.org else await db.read(org_of_source, source)
    if org is not None:
        return await db.write(start, SYSTEM, org=org, source=source, lang=options.lang)
    name = one_line(options.name, limits.NAME_CHARS) or "Slack"
    report.carried["people"] += 1
    return await db.write(found, SYSTEM, name=name, source=source, owner=_owner(roster, options), lang=options.lang)


def _owner(roster: Roster, options: Options) -> Newcomer:
    """Who is to own a new organisation: somebody who can get in."""
    if options.owner is None:
        for key in roster.owners:
            if roster.known[key].email:
                return roster.known[key]
        raise Invalid("The export does not say who owns the workspace. Name an owner: --owner name@example.com.", code="no_owner")
    address = text.email(options.owner, field="owner")
    listed = next((known for known in roster.known.values() if known.email == address and known.active), None)
    return listed or Newcomer(key=f"owner:{address}"[:200], name=address.partition("@")[0], email=address)


class _Carrying:
    """An import under way."""

    def __init__(self, db: Database, archive: Archive, into: Import, roster: Roster, report: Report, names: dict[str, str]) -> None:
        self._db = db
        self._archive = archive
        self._into = into
        self._roster = roster
        self._report = report
        self._names = names
        self._people: dict[str, str] = {}
        self._rooms: dict[str, str] = {}
        self._archived: dict[str, str] = {}
        self._strangers = 0

    async def people(self) -> None:
        """Bring everybody in whom the export lists."""
        where = self._into.org, self._into.source
        self._people = await self._db.read(brought, *where, "person")
        self._rooms = await self._db.read(brought, *where, "room")
        self._archived = await self._db.read(brought, *where, "archived")
        new = [self._fitting(newcomer) for key, newcomer in self._roster.known.items() if key not in self._people]
        new.sort(key=lambda newcomer: not newcomer.active)  # of two with one address, whoever is still there
        self._strangers = len(self._roster.strangers)
        for first in range(0, len(new), PEOPLE_AT_ONCE):
            self._people |= await self._db.write(bring_people, SYSTEM, self._into, new[first : first + PEOPLE_AT_ONCE])
        self._report.carried["people"] += len(new)

    def _fitting(self, newcomer: Newcomer) -> Newcomer:
        """In an organisation that was there before, a workspace's rank gives nobody a say."""
        if self._into.founded or newcomer.role in ("member", "guest"):
            return newcomer
        self._report.miss("role", f"{newcomer.name}: {newcomer.role}")
        return msgspec.structs.replace(newcomer, role="member")

    async def room(self, source: Source, on_day: Callable[[Day], None]) -> None:
        """Bring a room in with all of its days."""
        talk = source.talk
        place = await self._db.write(open_place, SYSTEM, self._into, talk, self._rooms.get(talk.key), self._people)
        self._report.carried["rooms"] += talk.key not in self._rooms
        if talk.members and not place.members and not talk.is_public:
            self._report.miss("empty_room", talk.name)
        if talk.members and len(talk.members) > limits.MEMBERS_A_ROOM:
            self._report.miss("full_room", talk.name, len(talk.members) - limits.MEMBERS_A_ROOM)
        teller = Teller(talk, self._roster, self._names, self._into.lang, self._report)
        await self._days(source.days, place, teller, on_day)
        if talk.archived and talk.key not in self._archived:
            at, by = teller.archived
            await self._db.write(archive_room, SYSTEM, self._into, place, at=at, by=by)

    async def _days(self, days: Sequence[Day], place: Place, teller: Teller, on_day: Callable[[Day], None]) -> None:
        """Write the days that are not in yet. A day counts as done in the transaction that holds its last message."""
        waiting: list[Said] = []
        done: list[Day] = []
        for day in days:
            for said in teller.day(self._archive, day) if place.days.get(day.date) != day.digest else ():
                waiting.append(said)
                if len(waiting) >= STRETCH:
                    await self._write(place, waiting, done)
                    waiting, done = [], []
            if place.days.get(day.date) != day.digest:
                done.append(day)
            on_day(day)
        await self._write(place, waiting, done)

    async def _write(self, place: Place, said: list[Said], done: list[Day]) -> None:
        if not said and not done:
            return
        newcomers = self._roster.strangers[self._strangers :]
        joined = [one.by for one in said] if place.talk.members is None else []
        days = [(day.date, day.digest) for day in done]
        stretch = Stretch(said=said, newcomers=newcomers, days=days, joined=joined)
        result = await self._db.write(bring_messages, SYSTEM, self._into, place, stretch)
        result.settle(place)
        self._strangers += len(newcomers)
        self._count(place, result)

    def _count(self, place: Place, result: Brought) -> None:
        for name, count in (("people", len(result.people)), ("messages", result.messages), ("answers in threads", len(result.replies)),
                            ("reactions", result.reactions), ("pins", result.pins), ("there already", result.known)):  # fmt: skip
            self._report.carried[name] += count
        for what, key in result.lost:
            self._report.miss(what, f"{place.talk.name} {key}")
