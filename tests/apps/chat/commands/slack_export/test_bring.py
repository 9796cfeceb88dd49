"""A whole export brought in, and read back as its people read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from narae.apps.chat.commands.slack_export import bring as bringing
from narae.apps.chat.commands.slack_export.archive import Day
from narae.core.kit.errors import Invalid, NotFound
from narae.core.orgs.queries import me, members
from narae.core.rooms.queries.heads import public_rooms
from narae.core.rooms.queries.log import changes, edits, messages, pins
from narae.core.rooms.tables import message
from narae.server import Server
from tests.apps.chat.commands.slack_export.export import CHANNELS, DAY, NOON, USERS, Export, bring, said, ts, user

pytestmark = pytest.mark.anyio


async def counted(server: Server) -> int:
    """How many messages there are."""
    return await server.db.read(lambda conn: conn.execute(select(func.count()).select_from(message)).scalar_one())


async def test_people_become_members_with_their_roles(server: Server, tmp_path: Path) -> None:
    done = await bring(server, Export().day("general"), tmp_path)
    ids = [await done.person(key) for key in ("U1", "U2", "U3", "U4", "U5")] + [await done.person("Builder")]
    found = {m.id: m for m in await server.db.read(members, done.into.org, ids)}
    shown = [(found[i].name, found[i].role, found[i].active, found[i].robot) for i in ids]
    assert shown == [
        ("김하나", "owner", True, False), ("이둘", "admin", True, False), ("Anna Smith", "member", True, False),
        ("Gone Person", "member", False, False), ("Visitor", "guest", True, False), ("Builder", "member", True, True),
    ]  # fmt: skip
    assert [o.name for o in (await server.db.read(me, ids[0])).orgs] == ["Acme"]


async def test_an_account_with_the_same_address_is_the_same_person(server: Server, tmp_path: Path) -> None:
    from narae.core.kit.who import SYSTEM
    from narae.core.people.actions import create_person

    anna = await server.db.write(create_person, SYSTEM, name="Anna here", email="u3@example.com")
    done = await bring(server, Export().day("general", said("U3", "hi")), tmp_path)
    assert [m.sender for m in await done.log("U1", "general")] == [anna]


async def test_of_two_accounts_with_one_address_the_one_in_use_counts(server: Server, tmp_path: Path) -> None:
    back = [user("U7", "Left", deleted=True, email="b@example.com"), user("U8", "Came back", email="b@example.com")]
    done = await bring(server, Export(users=[*USERS, *back]).day("general", said("U7", "before"), said("U8", "after", 1)), tmp_path)
    one, two = await done.log("U1", "general")
    (found,) = await server.db.read(members, done.into.org, [one.sender or ""])
    assert one.sender == two.sender and (found.name, found.active) == ("Came back", True)


async def test_channels_keep_who_is_in_them_and_what_they_are(server: Server, tmp_path: Path) -> None:
    secret = {"id": "G1", "name": "boss", "creator": "U2", "members": ["U2", "U3"], "created": NOON - 9, "is_archived": True}
    export = Export(groups=[secret]).day("general").day("boss", said("U2", "between us"), said("U2", "", 5, subtype="group_archive"))
    done = await bring(server, export, tmp_path)
    mine = await done.rooms("U2")
    assert (mine["general"].topic, mine["general"].is_public, mine["general"].member_count) == ("News · For all", True, 3)
    assert (mine["boss"].is_public, mine["boss"].archived, mine["boss"].role, mine["boss"].member_count) == (False, True, "owner", 2)
    assert mine["random"].owner == await done.person("U2"), "its founder has left the workspace"
    assert "boss" not in await done.rooms("U1") and "random" not in await done.rooms("U1")
    listed = await server.db.read(public_rooms, await done.person("U1"), done.into.org)
    assert {room.name for room in listed.items} == {"general", "random"}


async def test_everything_counts_as_read(server: Server, tmp_path: Path) -> None:
    done = await bring(server, Export().day("general", *(said("U2", f"m{i} <!channel>", i) for i in range(20))), tmp_path)
    for who in ("U1", "U2", "U3"):
        for head in (await done.rooms(who)).values():
            assert (head.last_seq - max(head.read_seq, head.join_seq), head.mentions) == (0, 0)


async def test_messages_keep_their_time_to_the_millisecond_and_their_order(server: Server, tmp_path: Path) -> None:
    late, early = said("U2", "late"), said("U1", "early")
    late["ts"], early["ts"] = ts(2, 345678), ts(1, 1999)
    done = await bring(
        server, Export().day("general", late, early).day("general", said("U1", "before", -86400), date="2020-03-01"), tmp_path
    )
    log = await done.log("U3", "general")
    assert [(m.text, m.at) for m in log] == [
        ("before", (NOON - 86400) * 1000), ("early", NOON * 1000 + 1001), ("late", NOON * 1000 + 2345),
    ]  # fmt: skip
    assert (await done.rooms("U3"))["general"].last_at == NOON * 1000 + 2345


async def test_threads_hang_together_whatever_the_order(server: Server, tmp_path: Path) -> None:
    root = said("U1", "root", 10, thread_ts=ts(10), reply_count=3)
    one = said("U2", "one", 11, thread_ts=ts(10))
    loud = said("U3", "loud", 12, thread_ts=ts(10), subtype="thread_broadcast")
    early = said("U2", "early", 3, thread_ts=ts(10))
    orphan = said("U2", "orphan", 20, thread_ts=ts(-5000))
    nested = said("U2", "nested", 21, thread_ts=ts(11))
    export = Export().day("general", loud, one, orphan, nested, root, early)
    export.day("general", said("U3", "next day", 86400, thread_ts=ts(10)), date="2020-03-03")
    done = await bring(server, export, tmp_path)
    log = await done.log("U1", "general")
    assert [m.text for m in log] == ["root", "loud", "orphan", "nested"]
    assert (log[0].thread_count, log[0].thread_last_at) == (4, (NOON + 86400) * 1000)
    assert log[0].thread_people == [await done.person("U3"), await done.person("U2")]
    assert [m.text for m in await done.log("U1", "general", thread=log[0].seq)] == ["root", "early", "one", "loud", "next day"]
    assert done.report.missed["lost_parent"] == 2


async def test_reactions_are_counted_by_person_and_kind(server: Server, tmp_path: Path) -> None:
    given = [
        {"name": "thumbsup::skin-tone-2", "users": ["U1", "U2", "U2"], "count": 5}, {"name": "our_parrot", "users": ["U3"], "count": 1},
        {"name": "tada", "users": ["U9"], "count": 1}, {"name": None, "users": ["U1"]}, {"name": "eyes", "users": None}, None, "x",
        {"name": "a_custom_name_that_is_much_longer_than_the_limit", "users": ["U1"]},
    ]  # fmt: skip
    many = [{"name": f"own{i}", "users": ["U1", "U2"] if i > 4 else ["U1"]} for i in range(35)]
    done = await bring(server, Export().day("general", said("U1", "hi", reactions=given), said("U1", "many", 2, reactions=many)), tmp_path)
    first, second = await done.log("U1", "general")
    assert [(r.emoji, r.count) for r in first.reactions] == [
        ("👍🏻", 2), (":our_parrot:", 1), ("🎉", 1), (":a_custom_name_that_is_much_lo…:", 1),
    ]  # fmt: skip
    assert [r.emoji for r in second.reactions] == [f":own{i}:" for i in range(5, 35)]
    assert (done.report.missed["many_reactions"], done.report.missed["unnamed_reactors"]) == (5, 3)


async def test_mentions_are_drawn_and_found(server: Server, tmp_path: Path) -> None:
    done = await bring(server, Export().day("general", said("U1", "<@U2> <@U4> <@U77|old> <!here>")), tmp_path)
    (found,) = await done.log("U2", "general")
    assert found.text == "@이둘 @Gone Person @old @all"
    assert found.mentions.people == [await done.person("U2")] and found.mentions.all
    drawn = [part for part in found.body[0].c if part.__class__.__name__ == "At"]  # type: ignore[union-attr]
    assert [(at.kind, at.s) for at in drawn] == [("person", "이둘"), ("person", "Gone Person"), ("all", "all")]


async def test_robots_and_strangers_speak_under_their_names(server: Server, tmp_path: Path) -> None:
    export = Export().day(
        "general",
        said("U404", "who am I", user_profile={"real_name": "Partner"}),
        {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": "built", "ts": ts(1)},
        {"type": "message", "subtype": "bot_message", "bot_id": "B2", "username": "Jenkins", "text": "deployed", "ts": ts(2)},
        {"type": "message", "user": None, "text": "nobody", "ts": ts(3)},
        {"type": "message", "subtype": "file_comment", "text": "", "comment": {"user": "U2", "comment": "nice"}, "ts": ts(4)},
        said("USLACKBOT", "beep", 5),
    )
    done = await bring(server, export, tmp_path)
    log = await done.log("U1", "general")
    found = {m.id: m for m in await server.db.read(members, done.into.org, [m.sender or "" for m in log])}
    shown = [(found[m.sender or ""].name, found[m.sender or ""].robot, m.text) for m in log]
    assert shown == [
        ("Partner", False, "who am I"), ("Builder", True, "built"), ("Jenkins", True, "deployed"), ("Unknown person", False, "nobody"),
        ("이둘", False, "nice"), ("Slackbot", True, "beep"),
    ]  # fmt: skip
    assert [found[m.sender or ""].active for m in log] == [False, True, True, False, True, True]


async def test_edits_pins_and_deletions_leave_their_marks(server: Server, tmp_path: Path) -> None:
    changed = {
        "type": "message",
        "subtype": "message_changed",
        "ts": ts(50),
        "message": said("U1", "third", 2, edited={"user": "U1", "ts": ts(50)}),
    }
    export = Export().day(
        "general",
        said("U1", "edited", 0, edited={"user": "U1", "ts": ts(9, 5000)}),
        said("U2", "pinned", 1, pinned_to=["C1"], pinned_info={"channel": "C1", "pinned_by": "U3", "pinned_ts": NOON + 60}),
        said("U1", "first", 2),
        changed,
        said("USLACKBOT", "This message was deleted.", 3, subtype="tombstone", thread_ts=ts(3), reply_count=1),
        said("U2", "still here", 4, thread_ts=ts(3)),
        said("USLACKBOT", "This message was deleted.", 5, subtype="tombstone"),
    )
    done = await bring(server, export, tmp_path)
    edited, pinned, third, gone = await done.log("U1", "general")
    assert edited.edited_at == NOON * 1000 + 9005
    assert (pinned.pinned_at, pinned.pinned_by) == ((NOON + 60) * 1000, await done.person("U3"))
    assert (third.text, third.edited_at) == ("third", (NOON + 50) * 1000)
    assert [e.text for e in (await server.db.read(edits, await done.person("U2"), third.room, third.seq)).items] == ["first"]
    assert (gone.text, gone.recalled_at, gone.thread_count) == ("", (NOON + 3) * 1000, 1)
    assert len((await server.db.read(pins, await done.person("U2"), pinned.room)).items) == 1


async def test_files_are_named_and_nothing_is_fetched(server: Server, tmp_path: Path) -> None:
    files = [
        {"id": "F1", "name": "report.pdf", "size": 1_234_567, "mimetype": "application/pdf", "url_private": "https://files.slack.com/x"},
        {"id": "F2", "mode": "tombstone"}, {"id": "F3", "mode": "hidden_by_limit"},
        {"id": "F4", "title": "notes", "mimetype": "text/plain"},
        {"id": "F5", "name": "Doc", "is_external": True, "url_private": "https://docs.example/1"}, None,
    ]  # fmt: skip
    done = await bring(server, Export().day("general", said("U1", "see", files=files, subtype="file_share")), tmp_path)
    (text,) = await done.texts("U2", "general")
    assert text.split("\n") == [
        "see", "", "📎 report.pdf (1.2 MB)", "📎 (deleted file)", "📎 (file that is kept no longer)", "📎 notes (text/plain)",
        "📎 [Doc](https://docs.example/1)",
    ]  # fmt: skip
    assert (done.report.missed["files"], done.report.missed["gone_files"]) == (2, 2)


async def test_text_is_found_wherever_it_is(server: Server, tmp_path: Path) -> None:
    rich = [
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "rich", "style": {"bold": True}}]}],
        }
    ]
    attachment = {
        "pretext": "look",
        "title": "T",
        "title_link": "https://t.example",
        "text": "*b*",
        "fields": [{"title": "k", "value": "v"}],
    }
    done = await bring(
        server,
        Export().day(
            "general",
            said("U1", None, 0, blocks=rich),
            said("U1", "", 1, attachments=[attachment, {"fallback": "only this"}]),
            said("U1", "waves", 2, subtype="me_message"),
            said("U1", "", 3, subtype="huddle_thread", room={"id": "R1"}),
            said("U1", None, 4),
            said("U1", "*known*", 5, blocks=[{"type": "from_the_future"}]),
        ),
        tmp_path,
    )
    assert await done.texts("U2", "general") == [
        "**rich**", "look\n\n> **[T](https://t.example)**\n> **b**\n> **k**\n> v\n\n> only this", "_waves_", "📞 Huddle", "**known**",
    ]  # fmt: skip
    assert done.report.missed["empty"] == 1


async def test_a_text_that_is_too_long_is_cut_with_a_note(server: Server, tmp_path: Path) -> None:
    done = await bring(server, Export().day("general", said("U1", "```\n" + "x" * 30_000 + "\n```")), tmp_path)
    (text,) = await done.texts("U1", "general")
    assert len(text) <= 20_000 and text.endswith("more characters were cut)") and "…\n```\n" in text
    assert done.report.missed["cut"] == 1


async def test_comings_and_goings_are_no_messages_but_names_and_topics_are(server: Server, tmp_path: Path) -> None:
    export = Export().day(
        "general",
        said("U2", "<@U2> has joined the channel", 0, subtype="channel_join"),
        said("U2", "set the topic", 1, subtype="channel_topic", topic="Spring"),
        said("U2", "set the purpose", 2, subtype="channel_purpose", purpose="x"),
        said("U2", "renamed", 3, subtype="channel_name", old_name="a", name="general"),
        said("U2", "pinned", 4, subtype="pinned_item"),
        said("U2", None, 5, subtype="sh_room_created"),
    )
    done = await bring(server, export, tmp_path)
    head = (await done.rooms("U1"))["general"]
    found = (await server.db.read(messages, await done.person("U1"), head.id)).items
    assert [(m.event.verb, m.event.text) for m in found if m.event] == [("created", ""), ("topic", "Spring"), ("renamed", "general")]
    assert await done.log("U1", "general") == []


async def test_direct_talks_are_direct_and_groups_are_rooms(server: Server, tmp_path: Path) -> None:
    dms = [
        {"id": "D1", "members": ["U2", "U3"]}, {"id": "D2", "members": ["U3", "U4"]}, {"id": "D3", "members": ["U1"]},
        {"id": "D4", "members": ["U5", "U2"]}, {"id": "D5", "members": ["U1", "U404"]},
    ]  # fmt: skip
    mpims = [{"id": "G9", "name": "mpdm-u1--u2--u3-1", "members": ["U1", "U2", "U3"]}]
    export = Export(dms=dms, mpims=mpims).day("D1", said("U2", "psst")).day("D2", said("U4", "bye"), said("U3", "oh", 2))
    export.day("D3", said("U1", "note to self")).day("D4", said("U5", "hello")).day("D5", said("U404", "hi")).day(
        "mpdm-u1--u2--u3-1", said("U1", "all three")
    )
    done = await bring(server, export, tmp_path)
    mine = await done.rooms("U3")
    assert mine["이둘"].direct and await done.texts("U3", "이둘") == ["psst"]
    assert (await done.rooms("U2"))["Anna Smith"].id == mine["이둘"].id
    assert await done.texts("U3", "Gone Person") == ["bye", "oh"]
    assert await done.texts("U1", "김하나") == ["note to self"] and await done.texts("U2", "Visitor") == ["hello"]
    assert await done.texts("U1", "Unknown person") == ["hi"]
    assert await done.texts("U2", "김하나, 이둘, Anna Smith") == ["all three"]
    with pytest.raises(NotFound):
        await server.db.read(messages, await done.person("U1"), mine["이둘"].id)


async def test_folders_without_a_list_become_private_rooms_of_those_who_wrote(server: Server, tmp_path: Path) -> None:
    export = Export().file("channels.json", None).day("secret-plan", said("U2", "a"), said("U4", "b", 1), said("U3", "c", 2))
    done = await bring(server, export, tmp_path)
    assert await done.texts("U2", "secret-plan") == ["a", "b", "c"]
    assert (await done.rooms("U3"))["secret-plan"].member_count == 2
    assert "secret-plan" not in await done.rooms("U1") and done.report.missed["unlisted_room"] == 1


async def test_a_private_room_of_people_who_have_all_left_is_nobodys(server: Server, tmp_path: Path) -> None:
    export = Export(groups=[{"id": "G1", "name": "old", "creator": "U4", "members": ["U4"]}]).day("old", said("U4", "x"))
    done = await bring(server, export, tmp_path)
    assert "old" not in await done.rooms("U1") and done.report.missed["empty_room"] == 1
    assert (await server.db.read(me, await done.person("U4"))).orgs == []


async def test_the_same_export_again_adds_nothing(server: Server, tmp_path: Path) -> None:
    export = (
        Export(dms=[{"id": "D1", "members": ["U2", "U3"]}])
        .day("general", *(said("U1", f"m{i}", i) for i in range(9)))
        .day("D1", said("U2", "x"))
    )
    first = await bring(server, export, tmp_path)
    before, rev = await counted(server), (await first.rooms("U1"))["general"].last_rev
    again = await bring(server, export, tmp_path)
    assert (again.into.org, await counted(server), (await again.rooms("U1"))["general"].last_rev) == (first.into.org, before, rev)
    assert sum(again.report.carried.values()) == 0


async def test_a_newer_export_adds_only_what_is_new(server: Server, tmp_path: Path) -> None:
    export = Export().day("general", said("U1", "one", thread_ts=ts(0)))
    await bring(server, export, tmp_path)
    newer = Export(users=[*USERS, user("U6", "New One")], channels=[*CHANNELS, {"id": "C3", "name": "new", "members": ["U6"]}])
    newer.file(
        "channels.json", [{**CHANNELS[0], "members": ["U1", "U2", "U3", "U6"]}, CHANNELS[1], {"id": "C3", "name": "new", "members": ["U6"]}]
    )
    newer.day("general", said("U1", "one", thread_ts=ts(0), reply_count=1), said("U2", "two", 5), said("U6", "answer", 6, thread_ts=ts(0)))
    newer.day("new", said("U6", "three", 7))
    done = await bring(server, newer, tmp_path)
    assert await done.texts("U6", "general") == ["one", "two"] and await done.texts("U6", "new") == ["three"]
    assert (await done.log("U1", "general"))[0].thread_count == 1
    assert (done.report.carried["messages"], done.report.carried["there already"], done.report.carried["people"]) == (3, 1, 1)


class Killed(Exception):
    """The import was stopped."""


class Stopping:
    """A database that stops working after some writes."""

    def __init__(self, server: Server, after: int) -> None:
        self.read = server.db.read
        self._write = server.db.write
        self._left = after

    async def write(self, *args: Any, **more: Any) -> Any:
        """Write, or be killed."""
        if self._left == 0:
            raise Killed
        self._left -= 1
        return await self._write(*args, **more)


@pytest.mark.parametrize("after", range(1, 8))
async def test_an_import_stopped_between_two_transactions_goes_on_where_it_was(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(bringing, "STRETCH", 7)
    export = Export().day("random", said("U2", "r", 1))
    for date in ("2020-03-02", "2020-03-03", "2020-03-04"):
        shift = (int(date[-2:]) - 2) * 86400
        answers = [said("U1", f"{date} {i}", shift + i, thread_ts=ts(1)) for i in range(2, 15)]
        export.day("general", said("U1", f"{date} 0", shift), said("U1", f"{date} 1", shift + 1), *answers, date=date)
    with pytest.raises(Killed):
        await bring(server, export, tmp_path, db=Stopping(server, after))
    done = await bring(server, export, tmp_path)
    assert [m.text for m in await done.log("U1", "general")] == [f"2020-03-0{d} {i}" for d in (2, 3, 4) for i in (0, 1)]
    root = (await done.log("U1", "general"))[1]
    answers = (await done.log("U1", "general", thread=root.seq))[1:]
    assert [m.text for m in answers] == [f"2020-03-0{d} {i}" for d in (2, 3, 4) for i in range(2, 15)]
    assert root.thread_count == 39 and await done.texts("U2", "random") == ["r"]


async def test_into_an_existing_organisation_ranks_are_not_carried(server: Server, tmp_path: Path) -> None:
    other = await bring(
        server, Export(users=[{**user("W1", "Boss"), "team_id": "T9", "is_primary_owner": True, "is_owner": True}], channels=[]), tmp_path
    )
    done = await bring(server, Export().day("general", said("U1", "hi")), tmp_path, org="Acme")
    found = await server.db.read(members, done.into.org, [await done.person(key) for key in ("U1", "U2", "U5", "W1")])
    assert {m.name: m.role for m in found} == {"김하나": "member", "이둘": "member", "Visitor": "guest", "Boss": "owner"}
    assert done.into.org == other.into.org and await done.texts("W1", "general") == ["hi"]
    assert done.report.missed["role"] == 2


async def test_without_an_owner_who_can_come_in_one_must_be_named(server: Server, tmp_path: Path) -> None:
    export = Export(users=[user("U1", "A"), user("U2", "B", is_owner=True, is_primary_owner=True, email=None)], channels=[])
    with pytest.raises(Invalid, match="--owner"):
        await bring(server, export, tmp_path)
    done = await bring(server, export, tmp_path, owner="Boss@Example.com")
    assert [o.role for o in (await server.db.read(me, done.into.owner)).orgs] == ["owner"]


async def test_an_archive_that_is_no_export_is_refused_in_words(server: Server, tmp_path: Path) -> None:
    export = Export(users=[], channels=[]).file("users.json", None).file("channels.json", None).file("photo.jpg", b"x")
    with pytest.raises(Invalid, match="no Slack export"):
        await bring(server, export, tmp_path)


async def test_twice_the_same_message_is_one_and_two_at_one_time_are_two(server: Server, tmp_path: Path) -> None:
    done = await bring(server, Export().day("general", said("U1", "a"), said("U1", "a"), said("U2", "b"), said("U1", "c")), tmp_path)
    assert sorted(await done.texts("U1", "general")) == ["a", "b", "c"] and done.report.missed["duplicate"] == 1


async def test_members_follow_the_import_by_the_change_feed(server: Server, tmp_path: Path) -> None:
    done = await bring(server, Export().day("general", said("U1", "a", thread_ts=ts(0)), said("U2", "b", 1, thread_ts=ts(0))), tmp_path)
    viewer, head = await done.person("U3"), (await done.rooms("U3"))["general"]
    feed = await server.db.read(changes, viewer, head.id, since=0)
    assert {m.text for m in feed.messages} == {"", "a", "b"} and feed.rev == head.last_rev
    assert len({m.rev for m in feed.messages}) == len(feed.messages)


async def test_a_huge_day_goes_in_pieces(server: Server, tmp_path: Path) -> None:
    seen: list[Day] = []
    export = Export().day("general", *(said("U1", f"m{i}", i % 80_000) | {"ts": ts(i // 10, i % 10)} for i in range(6_000)))
    done = await bring(server, export, tmp_path, on_day=seen.append)
    assert done.report.carried["messages"] == 6_000 and [day.date for day in seen] == [DAY]
    assert (await done.rooms("U1"))["general"].last_seq == 6_001
