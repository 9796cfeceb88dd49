"""Which system speaks, by its header or by the shape of the body; whether it proves the robot's secret; what its words become."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from narae.apps.bots import rules
from narae.apps.bots.api.desk import CallRefused, Desk
from narae.apps.bots.api.native import alertmanager, gitea, github, gitlab, grafana, jira, sentry
from narae.apps.bots.public import Post
from narae.apps.bots.queries import Guarded
from narae.core.kit.limits import NONCE_CHARS

# The header that names an event. Gitea and Forgejo send GitHub's (and Gogs') too, so they stand first.
_EVENT_HEADERS = (
    ("gitea", "x-gitea-event"),
    ("gitea", "x-forgejo-event"),
    ("github", "x-github-event"),
    ("gitlab", "x-gitlab-event"),
    ("sentry", "sentry-hook-resource"),
)
# The header that names a delivery, and is the same when it comes again.
_DELIVERIES = {
    "gitea": "x-gitea-delivery",
    "github": "x-github-delivery",
    "gitlab": "idempotency-key",
    "jira": "x-atlassian-webhook-identifier",
    "sentry": "request-id",
}
_PROOFS = (
    "x-hub-signature-256", "x-hub-signature", "x-gitea-signature", "x-gitlab-token", "sentry-hook-signature",
    "x-grafana-alerting-signature", "authorization",
)  # fmt: skip
_KEPT = {name.encode() for name in (*(name for _, name in _EVENT_HEADERS), *_DELIVERIES.values(), *_PROOFS)}
_SAYS: dict[str, Callable[[str, dict[str, Any]], Post | None]] = {
    "alertmanager": alertmanager.said,
    "gitea": gitea.said,
    "github": github.said,
    "gitlab": gitlab.said,
    "grafana": grafana.said,
    "jira": jira.said,
    "sentry": sentry.said,
}


class Heard(msgspec.Struct, frozen=True):
    """What a system posted: which, the event's name, the body, and those headers that matter (names in lower case)."""

    system: str
    event: str
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def name(self) -> str:
        """The system and its event, for the list of calls."""
        return f"{self.system} {self.event}".strip()[:80]


def heard(headers: Iterable[tuple[bytes, bytes]], body: dict[str, Any] | None) -> Heard | None:
    """What one of the systems said; None when it is none of them. `headers` as ASGI has them, `body` as it was decoded."""
    if not body:
        return None
    kept = {name.decode(): value.decode("latin-1") for name, value in headers if name in _KEPT}
    for system, header in _EVENT_HEADERS:
        if header in kept:
            inner = body if len(body) != 1 else body.get("payload", body)  # a form's only field
            return Heard(system, kept[header], inner, kept) if isinstance(inner, dict) else None
    found = None if "msgtype" in body else _by_shape(body)
    return found and Heard(*found, body, kept)


def _by_shape(body: dict[str, Any]) -> tuple[str, str] | None:
    event = body.get("webhookEvent")
    if isinstance(event, str):
        return "jira", event
    if isinstance(body.get("alerts"), list) and ("orgId" in body or "groupKey" in body):
        return ("grafana" if "orgId" in body else "alertmanager"), ""
    if "ruleName" in body and "state" in body:
        return "grafana", "legacy"
    is_sentry = isinstance(body.get("event"), dict) and "project" in body and "culprit" in body
    return ("sentry", "legacy") if is_sentry else None


def post_of(told: Heard) -> Post | None:
    """What it becomes; None when there is nothing to say. A delivery that comes again is said once."""
    said = _SAYS[told.system](told.event, told.body)
    if said is None or not (said.text.strip() or said.card):
        return None
    delivery = told.headers.get(_DELIVERIES.get(told.system, ""))
    nonce = said.nonce or (f"{told.system}-{delivery}"[:NONCE_CHARS] if delivery else None)
    return msgspec.structs.replace(said, nonce=nonce)


def is_proven(told: Heard, raw: bytes, secret: str) -> bool:
    """Whether the call proves that it knows `secret`, in the way of its system; compared in constant time.

    GitHub, Gitea, Jira, Sentry and Grafana sign the body (HMAC-SHA256, in hex); GitLab sends the secret itself; all may send it as
    "Authorization: Bearer".
    """
    signed = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    wanted = {
        "alertmanager": (),
        "gitea": (("x-gitea-signature", signed), ("x-hub-signature-256", f"sha256={signed}")),
        "github": (("x-hub-signature-256", f"sha256={signed}"),),
        "gitlab": (("x-gitlab-token", secret),),
        "grafana": (("x-grafana-alerting-signature", signed),),
        "jira": (("x-hub-signature", f"sha256={signed}"),),
        "sentry": (("sentry-hook-signature", signed),),
    }[told.system]
    given = [(told.headers.get(name, ""), value) for name, value in (*wanted, ("authorization", f"Bearer {secret}"))]
    return any(hmac.compare_digest(one.encode(), value.encode()) for one, value in given)


async def take(desk: Desk, robot: Guarded, told: Heard, *, ip: str, guarded: int, too_fast: int) -> str:
    """Say it, if there is something to say; the note for the list of calls. CallRefused with the form's own codes."""
    said = post_of(told)
    if said is None:
        return f"nothing to say: {told.name}"
    words = f"{said.text}\n{said.card.title if said.card else ''}".replace("\\", "")
    if not rules.has_keyword(robot.keywords, words):
        raise CallRefused(guarded, "keywords not in content")
    if not desk.has_turn(robot):
        raise CallRefused(too_fast, f"send too fast, exceed {robot.per_minute} times per minute")
    await desk.say(robot, said, ip=ip)
    return f"ok: {told.name}"
