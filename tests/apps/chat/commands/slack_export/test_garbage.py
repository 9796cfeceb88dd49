"""Whatever stands in an export, the import ends, and what is well-formed in it arrives."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from narae.apps.chat.commands.slack_export.archive import open_archive
from narae.apps.chat.commands.slack_export.messages import Teller
from narae.apps.chat.commands.slack_export.people import Roster
from narae.apps.chat.commands.slack_export.report import Report
from narae.apps.chat.commands.slack_export.rooms import room_names, rooms
from narae.core.kit import limits
from narae.core.kit.settings import Settings
from narae.server import running
from tests.apps.chat.commands.slack_export.export import CHANNELS, USERS, Export, bring, said, ts

WORDS = st.sampled_from(
    ["", "U1", "C1", "x", ts(1), "0", "-1", "<@U1>", "<!", "*a* _b_ `c` ```", "\ud800", "\x00\u202e", "9" * 400, "🦊" * 40, "a\n\n> b\n- "]
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.text(max_size=20))
FIELDS = st.sampled_from(
    [
        "id",
        "name",
        "type",
        "subtype",
        "ts",
        "user",
        "text",
        "bot_id",
        "username",
        "thread_ts",
        "reactions",
        "users",
        "count",
        "files",
        "size",
        "mode",
        "title",
        "edited",
        "blocks",
        "elements",
        "style",
        "url",
        "user_id",
        "attachments",
        "fields",
        "value",
        "fallback",
        "profile",
        "email",
        "members",
        "topic",
        "purpose",
        "creator",
        "created",
        "is_archived",
        "is_general",
        "deleted",
        "message",
        "previous_message",
        "deleted_ts",
        "pinned_to",
        "pinned_info",
        "pinned_ts",
        "comment",
        "file",
        "room",
        "rows",
        "indent",
        "offset",
        "unicode",
    ]
)
KINDS = st.sampled_from(
    [
        "rich_text",
        "rich_text_section",
        "rich_text_list",
        "rich_text_quote",
        "rich_text_preformatted",
        "section",
        "header",
        "context",
        "image",
        "divider",
        "table",
        "markdown",
        "message",
        "message_changed",
        "message_deleted",
        "tombstone",
        "thread_broadcast",
        "me_message",
        "channel_topic",
        "channel_archive",
        "bot_message",
        "link",
        "text",
        "emoji",
        "date",
        "broadcast",
        "usergroup",
        "user",
        "channel",
        "color",
        "file_comment",
        "huddle_thread",
    ]
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(FIELDS, inner, max_size=6),
        st.builds(lambda kind, rest: {**rest, "type": kind, "subtype": kind}, KINDS, st.dictionaries(FIELDS, inner, max_size=6)),
    ),
    max_leaves=30,
)  # fmt: skip
LISTS = st.one_of(ANYTHING, st.lists(st.dictionaries(FIELDS, ANYTHING, max_size=8), max_size=4))


def with_faults(whole: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """`whole` with some of its fields made anything."""
    return st.dictionaries(FIELDS, ANYTHING, max_size=5).map(lambda faults: {**whole, **faults})


FAULTY = {
    "users": st.lists(with_faults(USERS[2]), max_size=3),
    "channels": st.lists(with_faults(CHANNELS[1]), max_size=3),
    "dms": LISTS,
    "day": st.lists(st.one_of(ANYTHING, with_faults(said("U2", "hi", 5, blocks=[], reactions=[]))), max_size=8),
    "strange": LISTS.filter(lambda value: value is not None),
}
UNSHRUNK = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate], database=None
)  # shrinking whole exports takes longer than reading the one that failed


def faulty(users: list[Any], channels: list[Any], dms: Any, day: list[Any], strange: Any) -> Export:
    """An export with these things in it beside a message that is well-formed."""
    export = Export(users=[*USERS, *users], channels=[CHANNELS[0], *channels], dms=dms, groups=strange)
    export.day("general", *day, said("U1", "well-formed", 9, client_msg_id="1")).day("random", *day)
    return export.file("odd/2020-01-01.json", strange)


@settings(UNSHRUNK, max_examples=300)
@given(**FAULTY)
def test_random_garbage_is_read_as_values_that_fit(users: list[Any], channels: list[Any], dms: Any, day: list[Any], strange: Any) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(faulty(users, channels, dms, day, strange).write(Path(folder) / "x.zip"), Report()) as archive,
    ):
        report = Report()
        roster = Roster(archive.list_of("users.json"), "en", report)
        sources = rooms(archive, roster, "en", report)
        told = [
            one for source in sources for date in source.days
            for one in Teller(source.talk, roster, room_names(sources), "en", report).day(archive, date)
        ]  # fmt: skip
    assert "well-formed" in [one.text for one in told]
    assert all(len(one.text) <= limits.MESSAGE_CHARS and len(one.key) <= 22 and one.by in roster.known for one in told)
    assert all(0 < len(emoji) <= limits.EMOJI_CHARS for one in told for emoji, _ in one.reactions)
    assert all(0 < len(known.name) <= limits.NAME_CHARS and len(known.key) <= 80 for known in roster.known.values())
    assert all(0 < len(source.talk.name) <= limits.NAME_CHARS and len(source.talk.key) <= 40 for source in sources)


@settings(UNSHRUNK, max_examples=25)
@given(**FAULTY)
def test_random_garbage_in_any_field_never_stops_it(
    migrated_sqlite: Path, users: list[Any], channels: list[Any], dms: Any, day: list[Any], strange: Any
) -> None:
    async def carry() -> None:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            shutil.copy(migrated_sqlite, data / "narae.db")
            export = faulty(users, channels, dms, day, strange)
            async with running(Settings(data=data)) as server:
                done = await bring(server, export, data)
                assert "well-formed" in await done.texts("U1", "general")
                await bring(server, export, data)

    asyncio.run(carry())
