"""What stands around one message while it is turned into Markdown: the names it may use, and whom it turns out to mention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from narae.apps.chat.commands.slack_export.lenient import one_line, string
from narae.core.kit.limits import NAME_CHARS
from narae.core.people.public import Lang

_TONES = {str(n): chr(0x1F3F9 + n) for n in range(2, 7)}

WORDS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {
        "all": "모두", "unknown": "알 수 없는 사람", "gone_file": "지워진 파일", "limit_file": "보관 기간이 지난 파일", "file": "파일",
        "cut": "(원문이 길어 {n}자를 줄였습니다)", "huddle": "허들", "robot": "로봇", "group": "그룹 대화", "room": "방",
    },
    "en": {
        "all": "all", "unknown": "Unknown person", "gone_file": "deleted file", "limit_file": "file that is kept no longer", "file": "file",
        "cut": "({n} more characters were cut)", "huddle": "Huddle", "robot": "Robot", "group": "Group talk", "room": "Room",
    },
    "zh": {
        "all": "所有人", "unknown": "未知用户", "gone_file": "已删除的文件", "limit_file": "超出保存期限的文件", "file": "文件",
        "cut": "（原文过长，省略了{n}个字符）", "huddle": "语音聊天", "robot": "机器人", "group": "群聊", "room": "房间",
    },
}  # fmt: skip


class Speech:
    """Answers names, and collects `mentions` (name → the person's key) and `everybody`."""

    __slots__ = ("_name", "_rooms", "everybody", "mentions", "words")

    def __init__(self, name: Callable[[str], str], rooms: Mapping[str, str], lang: Lang) -> None:
        self._name = name
        self._rooms = rooms
        self.words = WORDS[lang]
        self.mentions: dict[str, str] = {}
        self.everybody = False

    def person(self, key: str, label: str = "") -> str:
        """A mention of the person `key`: "@" and their name."""
        name = self._name(key)
        if name:
            self.mentions[name] = key
        return "@" + (name or one_line(label.lstrip("@"), NAME_CHARS) or self.words["unknown"])

    def all(self) -> str:
        """A call of everybody."""
        self.everybody = True
        return "@" + self.words["all"]

    def room(self, key: str, label: str = "") -> str:
        """The name of a room."""
        return "#" + (label or self._rooms.get(key, "") or key)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    by_emoji = msgspec.json.decode((Path(__file__).parent / "emoji.json").read_bytes(), type=dict[str, str])
    return {code: emoji for emoji, codes in by_emoji.items() for code in codes.split()}


def emoji(name: str) -> str:
    """The emoji of a short code with its skin tone ("wave::skin-tone-3"), or "" for one that only that workspace knew."""
    base, _, tone = name.partition("::skin-tone-")
    found = _table().get(base, "")
    return found[:1] + _TONES.get(tone[:1], "") + found[1:] if found and tone else found


def emoji_of(element: dict[str, object]) -> str:
    """The emoji of a rich text element, which often says its code points."""
    points = string(element.get("unicode")).split("-")
    try:
        said = "".join(chr(int(point, 16)) for point in points if point)
    except (ValueError, OverflowError):
        said = ""
    name = string(element.get("name"))
    return said if said and said.isprintable() else emoji(name) or f":{name}:"
