"""What an import carried, and what it could not, with examples."""

from __future__ import annotations

from collections import Counter
from typing import Any

EXAMPLES = 5

WHAT = {
    "bad_file": "files of the export that could not be read",
    "odd_name": "files of the export with a name that is not Slack's",
    "not_message": "entries that are no messages",
    "no_time": "messages without a time",
    "empty": "messages without anything to show",
    "duplicate": "messages that stand in the export twice",
    "later_change": "changes of messages that were imported before",
    "missing_person": "people who are not in the export's list (kept as inactive, with what is known of them)",
    "bad_email": "mail addresses that are none (kept without one)",
    "many_names": "names of one robot beyond the first (kept under its first name)",
    "role": "roles that are not given in an organisation that exists already (kept as members)",
    "files": "contents of files (their name and size stand in the message)",
    "gone_files": "files that the export no longer names",
    "lost_parent": "answers whose thread is missing (kept as messages of the room)",
    "cut": "texts that are too long (cut)",
    "many_reactions": "kinds of reaction beyond the limit of a message",
    "unnamed_reactors": "reactions without the people who gave them",
    "many_pins": "pins beyond the limit of a room",
    "deleted": "traces of deleted messages",
    "canvas": "canvases and lists",
    "full_room": "members beyond the limit of a room",
    "unlisted_room": "rooms that only have a folder (kept as private rooms of those who wrote in them)",
    "empty_room": "private rooms without any active member (kept, but nobody is in them)",
    "same_folder": "rooms whose messages can't be told from those of another room of the same name",
}


class Report:
    """Counts what was carried (`carried`) and what was not (`missed`, with a few examples each)."""

    def __init__(self) -> None:
        self.carried: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.examples: dict[str, list[str]] = {}

    def miss(self, what: str, example: str, count: int = 1) -> None:
        """Note that something of the kind `what` (a key of WHAT) could not be carried as it was."""
        self.missed[what] += count
        shown = self.examples.setdefault(what, [])
        if len(shown) < EXAMPLES and example[:120] not in shown:
            shown.append(example[:120])

    def as_json(self, **more: Any) -> dict[str, Any]:
        """The whole report as it is written to a file."""
        missed = [{"what": key, "meaning": WHAT[key], "count": n, "examples": self.examples[key]} for key, n in self.missed.most_common()]
        return {**more, "carried": dict(self.carried), "not_carried": missed}
