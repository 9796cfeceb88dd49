"""Dialogs that robots open: kept until they are filled, shown to who asked, taken once."""

from __future__ import annotations

import msgspec
from sqlalchemy import insert, select, update

from narae.apps.bots.actions.asks import note
from narae.apps.bots.forms.dialogs import Dialog
from narae.apps.bots.public import DialogAsked, Way
from narae.apps.bots.queries.asks import require_dialog
from narae.apps.bots.tables import ask
from narae.apps.bots.tables import dialog as dialog_table
from narae.apps.bots.tables import robot as robot_table
from narae.core.db import Tx
from narae.core.kit import limits
from narae.core.kit.errors import Conflict, NotFound
from narae.core.kit.ids import new_id
from narae.core.kit.who import Who
from narae.core.people.tables import person
from narae.core.rooms.queries.heads import require_room


def open_dialog(tx: Tx, who: Who, ask_id: str, *, url: str, asked: Dialog) -> str:
    """Show a dialog to who asked for it with a press or a command, within TRIGGER_SECONDS and once: its id."""
    row = tx.first(select(ask).where(ask.c.id == ask_id, ask.c.ref.is_not(None)))
    enabled = row is not None and tx.value(select(robot_table.c.enabled).where(robot_table.c.id == row.robot))
    if row is None or not enabled or row.at < tx.now - limits.TRIGGER_SECONDS * 1000:
        raise NotFound(f"A trigger_id is good for {limits.TRIGGER_SECONDS} seconds.", code="trigger_expired", field="trigger_id")
    if tx.first(select(dialog_table.c.id).where(dialog_table.c.ask == ask_id)) is not None:
        raise Conflict("This trigger_id has opened a dialog already.", code="trigger_used", field="trigger_id")
    require_room(tx.conn, row.room, row.person)
    made = new_id(tx.now)
    said = {"callback_id": asked.callback_id, "state": asked.state, "notify": asked.notify_on_cancel, "text": asked.title}
    stored = {"said": msgspec.json.encode(said).decode(), "elements": msgspec.json.encode(asked.elements).decode()}
    mine = {"robot": row.robot, "person": row.person, "room": row.room}
    tx.run(insert(dialog_table).values(id=made, ask=ask_id, **mine, url=url, **stored, at=tx.now))
    tx.publish(f"person:{row.person}", _shown(tx, made, row.ref, mine, asked))
    return made


def _shown(tx: Tx, dialog_id: str, ref: str, mine: dict[str, str], asked: Dialog) -> DialogAsked:
    return DialogAsked(
        id=dialog_id,
        ref=ref,
        room=mine["room"],
        robot=mine["robot"],
        name=tx.value(select(person.c.name).where(person.c.id == mine["robot"])) or "",
        title=asked.title,
        introduction=asked.introduction,
        elements=asked.elements,
        submit_label=asked.submit_label,
    )


def take(tx: Tx, who: Who, dialog_id: str) -> None:
    """Close a dialog for its submission; Conflict when it is closed. `reopen` lets it be filled again."""
    require_dialog(tx.conn, who.person, dialog_id)
    open_one = update(dialog_table).where(dialog_table.c.id == dialog_id, dialog_table.c.closed_at.is_(None))
    if not tx.run(open_one.values(closed_at=tx.now)):
        raise Conflict("This dialog has been sent already.", code="dialog_closed")


def settle(tx: Tx, who: Who, dialog_id: str, *, taken: bool, answer: str) -> None:
    """Note how a submission went; one that was not taken may be mended and sent again."""
    row = tx.first(select(dialog_table).where(dialog_table.c.id == dialog_id))
    if row is None:
        return
    if not taken:
        tx.run(update(dialog_table).where(dialog_table.c.id == dialog_id).values(closed_at=None))
    way: Way = "dialog"
    note(tx, row, way=way, code=0 if taken else 1, answer=answer)
