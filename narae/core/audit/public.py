"""What others may know of the audit trail."""

from __future__ import annotations

from typing import Any

import msgspec


class AuditLine(msgspec.Struct, frozen=True):
    """One change. `at` is in ms; `subject` names what was changed, `detail` how."""

    at: int
    actor: str | None
    actor_name: str
    verb: str
    subject: str
    detail: dict[str, Any]
    request_id: str
