"""Organisations, their members, their department tree, and invitations."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from narae.core.db.schema import Hash, Id, Millis, metadata
from narae.core.people.tables import person

org = Table(
    "orgs_org",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("created_at", Millis, nullable=False),
)

member = Table(
    "orgs_member",
    metadata,
    Column("org", Id, ForeignKey(org.c.id), primary_key=True),
    Column("person", Id, ForeignKey(person.c.id), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("title", String(80), nullable=False),
    Column("search", Text, nullable=False),
    Column("joined_at", Millis, nullable=False),
    Column("deactivated_at", Millis),
    Index("ix_orgs_member_person", "person"),
)

department = Table(
    "orgs_department",
    metadata,
    Column("id", Id, primary_key=True),
    Column("org", Id, ForeignKey(org.c.id), nullable=False, index=True),
    Column("parent", Id, ForeignKey("orgs_department.id")),
    Column("name", String(80), nullable=False),
    Column("position", Integer, nullable=False),
)

department_member = Table(
    "orgs_department_member",
    metadata,
    Column("department", Id, ForeignKey(department.c.id), primary_key=True),
    Column("person", Id, ForeignKey(person.c.id), primary_key=True),
    Index("ix_orgs_department_member_person", "person"),
)

invite = Table(
    "orgs_invite",
    metadata,
    Column("id", Id, primary_key=True),
    Column("org", Id, ForeignKey(org.c.id), nullable=False, index=True),
    Column("secret", Hash, nullable=False, unique=True),
    Column("role", String(10), nullable=False),
    Column("department", Id),
    Column("room", Id),
    Column("email", String(254)),
    Column("uses_left", Integer, nullable=False),
    Column("created_by", Id, nullable=False),
    Column("created_at", Millis, nullable=False),
    Column("expires_at", Millis, nullable=False),
)
