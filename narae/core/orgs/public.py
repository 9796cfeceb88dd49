"""What others may know of organisations: members, departments, invitations, and their events."""

from __future__ import annotations

from typing import Literal

import msgspec

from narae.core.people.public import Person

Role = Literal["owner", "admin", "member", "guest"]


class MyOrg(msgspec.Struct, frozen=True):
    """An organisation that I belong to, and my role in it."""

    id: str
    name: str
    role: Role


class Me(msgspec.Struct, frozen=True):
    """The signed-in person with their organisations."""

    person: Person
    orgs: list[MyOrg]


class Member(msgspec.Struct, frozen=True):
    """A person in an organisation, as its people see them. `departments` are ids."""

    id: str
    name: str
    title: str
    email: str | None
    role: Role
    departments: list[str]
    avatar: str | None
    active: bool
    robot: bool


class Department(msgspec.Struct, frozen=True):
    """A node of the department tree. `people` counts its own active members, not those below it."""

    id: str
    name: str
    parent: str | None
    position: int
    people: int


class Invite(msgspec.Struct, frozen=True):
    """An invitation. `url` and `qr` (an SVG document) are only known when it is made."""

    id: str
    role: Role
    department: str | None
    room: str | None
    email: str | None
    uses_left: int
    created_at: int
    expires_at: int
    url: str | None = None
    qr: str | None = None


class Invitation(msgspec.Struct, frozen=True):
    """What somebody who opens an invitation sees before they accept it."""

    org_name: str
    role: Role
    room_name: str | None
    email: str | None


class PersonChanged(msgspec.Struct, frozen=True, tag_field="t", tag="person"):
    """Somebody joined the organisation or changed: name, title, role, departments, picture, active or not."""

    org: str
    person: Member


class DepartmentsChanged(msgspec.Struct, frozen=True, tag_field="t", tag="departments"):
    """The department tree changed; ask for it again."""

    org: str


class OrgChanged(msgspec.Struct, frozen=True, tag_field="t", tag="org"):
    """The organisation has a new name."""

    org: str
    name: str


class MeChanged(msgspec.Struct, frozen=True, tag_field="t", tag="me"):
    """My account, settings or organisations changed on another device or by an administrator."""

    me: Me
