"""The people of an export: those in its lists, and those whom only a message knows of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from narae.apps.chat.actions.history import Newcomer
from narae.apps.chat.commands.slack_export.lenient import one_line, short_id, string, table
from narae.apps.chat.commands.slack_export.report import Report
from narae.apps.chat.commands.slack_export.speech import WORDS
from narae.core.kit import text
from narae.core.kit.errors import NaraeError
from narae.core.kit.limits import NAME_CHARS, TITLE_CHARS
from narae.core.orgs.public import Role
from narae.core.people.public import Lang

ROBOT_NAMES = 50
SLACKBOT = "USLACKBOT"


class Roster:
    """Everybody by their key. `author` finds out who wrote a message; whom no list names is noted among the `strangers`."""

    def __init__(self, users: Iterable[dict[str, Any]], lang: Lang, report: Report) -> None:
        self._words = WORDS[lang]
        self._report = report
        self._robots: dict[str, str] = {}
        self._robot_names: dict[str, int] = {}
        self.known: dict[str, Newcomer] = {}
        self.strangers: list[Newcomer] = []
        self.teams: Counter[str] = Counter()
        self.owners: list[str] = []
        for user in users:
            self._add_listed(user)

    def _add_listed(self, user: dict[str, Any]) -> None:
        key = short_id(string(user.get("id")))
        if not key or key in self.known:
            return
        profile = table(user.get("profile"))
        self.teams[short_id(string(user.get("team_id")))] += 1
        is_robot = user.get("is_bot") is True or key == SLACKBOT or user.get("is_workflow_bot") is True
        self.known[key] = Newcomer(
            key=key,
            name=self._name(profile, user) or self._words["unknown"],
            email=None if is_robot else self._email(string(profile.get("email")), key),
            title=one_line(string(profile.get("title")), TITLE_CHARS),
            role=_role(user),
            robot=is_robot,
            active=user.get("deleted") is not True,
        )
        if bot_id := string(profile.get("bot_id")):
            self._robots[bot_id] = key
        if self.known[key].active and not is_robot and user.get("is_owner") is True:
            self.owners.insert(0 if user.get("is_primary_owner") is True else len(self.owners), key)

    def _name(self, profile: dict[str, Any], user: dict[str, Any]) -> str:
        given = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), profile.get("name"), user.get("name"))
        return next((name for value in given if (name := one_line(string(value), NAME_CHARS))), "")

    def _email(self, given: str, key: str) -> str | None:
        if not given:
            return None
        try:
            return text.email(given)
        except NaraeError:
            self._report.miss("bad_email", f"{key}: {given}")
            return None

    def name(self, key: str) -> str:
        """The name of the person `key`, or "" when nobody knows of them."""
        found = self.known.get(short_id(key))
        return found.name if found else ""

    def author(self, message: dict[str, Any]) -> str:
        """The key of whoever wrote `message`."""
        comment = table(message.get("comment"))
        user = short_id(string(message.get("user")) or string(comment.get("user")))
        if user in self.known:
            return user
        bot_id = string(message.get("bot_id"))
        if bot_id or (not user and message.get("subtype") == "bot_message"):
            return self._robot(bot_id, message)
        profile = table(message.get("user_profile"))
        name = self._name(profile, message) or one_line(string(message.get("username")), NAME_CHARS)
        return self.stranger(user or (f"name:{short_id(name)}" if name else "unknown"), name, robot=user == SLACKBOT)

    def stranger(self, key: str, name: str = "", *, robot: bool = False) -> str:
        """Somebody who is in no list: kept as inactive, under their name if one is known."""
        if key not in self.known:
            name = name or ("Slackbot" if robot else self._words["unknown"])
            self.known[key] = Newcomer(key=key, name=name, robot=robot, active=robot)
            self.strangers.append(self.known[key])
            if not robot:
                self._report.miss("missing_person", f"{key}: {name}")
        return key

    def _robot(self, bot_id: str, message: dict[str, Any]) -> str:
        """A robot, or the name that it took for this message (one hook speaks for many)."""
        if bot_id in self._robots and not string(message.get("username")):
            return self._robots[bot_id]
        given = string(message.get("username")) or string(table(message.get("bot_profile")).get("name"))
        name = one_line(given, NAME_CHARS) or self._words["robot"]
        if bot_id in self._robots and name == self.known[self._robots[bot_id]].name:
            return self._robots[bot_id]
        key = f"bot:{short_id(bot_id)}:{short_id(name)}"
        if key not in self.known:
            if self._robot_names.get(bot_id, 0) >= ROBOT_NAMES:
                self._report.miss("many_names", f"{bot_id}: {name}")
                return self._robots[bot_id]
            self._robot_names[bot_id] = self._robot_names.get(bot_id, 0) + 1
            self.stranger(key, name, robot=True)
            self._robots.setdefault(bot_id, key)
        return key


def _role(user: dict[str, Any]) -> Role:
    if user.get("is_restricted") is True or user.get("is_ultra_restricted") is True:
        return "guest"
    if user.get("is_primary_owner") is True or user.get("is_owner") is True:
        return "owner"
    return "admin" if user.get("is_admin") is True else "member"
