"""Dialogs: opened by other servers in Mattermost's form, filled by who asked, and sent on."""

from __future__ import annotations

import hmac
from typing import Any

import msgspec
from litestar import Request, Response, post

from narae.apps.bots.actions import dialogs
from narae.apps.bots.forms import dialogs as forms
from narae.apps.bots.public import DialogAnswer
from narae.apps.bots.queries.asks import OpenDialog, require_dialog
from narae.apps.bots.rules import proof
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit.errors import Invalid, NaraeError, NotFound
from narae.core.kit.limits import ASK_SECONDS, TRIGGER_SECONDS
from narae.core.kit.outside import Outside, OutsideFailed, check_address
from narae.core.kit.who import Who, without_once

_JSON = {"Content-Type": "application/json"}
_OK = range(200, 300)


class Filled(msgspec.Struct, frozen=True):
    """What was filled in, by the elements' names ("true" and "false" for a bool); or that it was cancelled."""

    values: dict[str, str] = {}
    cancelled: bool = False


@post("/api/v4/actions/dialogs/open", status_code=200, include_in_schema=False)
async def open_one(request: Request[Any, Any, Any], db: Database, server_key: bytes) -> Response[dict[str, Any]]:
    """Open a dialog for whom a trigger_id stands for."""
    try:
        body = _body(await request.body())
        ask_id = _asked(server_key, str(body.get("trigger_id") or ""))
        described = body.get("dialog")
        asked = forms.dialog_of(described if isinstance(described, dict) else {})
        url = check_address(str(body.get("url") or ""))
        await db.write(dialogs.open_dialog, Who(person="", ip=address(request)), ask_id, url=url, asked=asked)
    except NaraeError as error:
        refused = {"id": f"api.dialog.{error.code}", "message": error.message, "status_code": 400, "detailed_error": error.field or ""}
        return Response(refused, status_code=400)
    return Response({"status": "OK"})


def _body(raw: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict):
        raise Invalid("The body is no JSON object.", field="body")
    return found


def _asked(server_key: bytes, trigger: str) -> str:
    ask_id, _, mac = trigger.partition(".")
    if not hmac.compare_digest(proof(server_key, "trigger", ask_id).encode(), mac.encode()):
        raise NotFound(f"A trigger_id is good for {TRIGGER_SECONDS} seconds.", code="trigger_expired", field="trigger_id")
    return ask_id


@post("/api/dialogs/{dialog_id:str}", status_code=200)
async def submit(who: Who, db: Database, outside: Outside, dialog_id: str, data: Filled) -> DialogAnswer:
    """Send a dialog that was opened for me; its receiver may find errors in it, then it can be sent again."""
    found = await db.read(require_dialog, who.person, dialog_id)
    if data.cancelled and not found.notify:
        await db.write(dialogs.take, without_once(who), dialog_id)
        return DialogAnswer({})
    values, errors = ({}, {}) if data.cancelled else forms.taken(found.elements, data.values)
    if errors:
        return DialogAnswer(errors)
    await db.write(dialogs.take, without_once(who), dialog_id)
    try:
        answer = await _send(outside, found, who.person, values, cancelled=data.cancelled)
    except OutsideFailed as error:
        await db.write(dialogs.settle, who, dialog_id, taken=False, answer=error.message)
        raise
    is_taken = not answer.errors and not answer.error
    await db.write(
        dialogs.settle, without_once(who), dialog_id, taken=is_taken, answer="ok" if is_taken else str(answer.error or answer.errors)
    )
    return answer


async def _send(outside: Outside, found: OpenDialog, person: str, values: dict[str, Any], *, cancelled: bool) -> DialogAnswer:
    said = {
        "type": "dialog_submission",
        "callback_id": found.callback_id,
        "state": found.state,
        "user_id": person,
        "channel_id": found.room,
        "team_id": found.org,
        "submission": values,
        "cancelled": cancelled,
    }
    answer = await outside.post(found.url, content=msgspec.json.encode(said), headers=_JSON, seconds=ASK_SECONDS)
    if answer.status not in _OK:
        raise OutsideFailed(f"The server answered {answer.status}.", code="receiver_refused")
    return forms.answer_of(answer.body)
