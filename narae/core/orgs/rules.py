"""Who may do what in an organisation: pure functions of roles."""

from __future__ import annotations

from narae.core.orgs.public import Role

_RANK = {"guest": 0, "member": 1, "admin": 2, "owner": 3}


def may_manage(role: Role) -> bool:
    """Whether `role` may change people, departments and invitations."""
    return _RANK[role] >= _RANK["admin"]


def may_browse(role: Role) -> bool:
    """Whether `role` sees everybody and the public rooms; guests see only those whom they share a room with."""
    return role != "guest"


def org_topic(org_id: str, role: Role) -> str:
    """What somebody of `role` follows of an organisation. Guests hear its name, not who comes, goes or changes in it."""
    return f"org:{org_id}" if may_browse(role) else f"guests:{org_id}"


def may_invite(role: Role, invited: Role) -> bool:
    """Whether `role` may invite somebody as `invited`: never above oneself, and owners are made by owners."""
    return may_manage(role) and _RANK[invited] <= _RANK[role]


def may_set_role(role: Role, *, old: Role, new: Role) -> bool:
    """Whether `role` may turn a member's role from `old` into `new`."""
    return may_manage(role) and _RANK[old] <= _RANK[role] and _RANK[new] <= _RANK[role]
