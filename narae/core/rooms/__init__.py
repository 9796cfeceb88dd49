"""Rooms: one kind for everything, an ordered log each, a pointer per member."""

from narae.core.app import App
from narae.core.rooms import public, tables
from narae.core.rooms.api import LIVE, ROUTES
from narae.core.rooms.api.live import Typing

rooms = App(
    name="rooms",
    needs=("orgs", "people", "audit"),
    routes=ROUTES,
    live=LIVE,
    events=(
        public.MessageChanged,
        public.RoomChanged,
        public.MemberChanged,
        public.Joined,
        public.Left,
        public.Mine,
        public.DraftChanged,
        public.ReadMoved,
        public.CaughtUp,
        public.Answered,
        Typing,
    ),
    tables=tuple(
        t.name
        for t in (
            tables.room,
            tables.member,
            tables.message,
            tables.mention,
            tables.reaction,
            tables.confirmation,
            tables.edit,
            tables.draft,
            tables.file,
            tables.discarded,
            tables.press,
        )
    ),
    migrations="narae.core.rooms.migrations",
)
