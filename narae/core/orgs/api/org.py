"""An organisation's name, departments and audit trail."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import delete, get, patch, post
from litestar.params import Parameter, QueryParameter
from msgspec import UNSET, UnsetType

from narae.core.audit.public import AuditLine
from narae.core.db import Database
from narae.core.kit.limits import PAGE_ITEMS, PAGE_ITEMS_MAX, QUERY_CHARS
from narae.core.kit.paging import Page
from narae.core.kit.who import Who
from narae.core.orgs import actions, queries
from narae.core.orgs.public import Department, MyOrg

Query = Annotated[str | None, QueryParameter(name="query", max_length=QUERY_CHARS)]
Limit = Annotated[int, Parameter(ge=1, le=PAGE_ITEMS_MAX)]


class OrgName(msgspec.Struct, frozen=True):
    """An organisation's name."""

    name: str


class NewDepartment(msgspec.Struct, frozen=True):
    """A department to add below `parent`."""

    name: str
    parent: str | None = None


class DepartmentChanges(msgspec.Struct, frozen=True):
    """What to change about a department. A `parent` of null moves it to the top."""

    name: str | UnsetType = UNSET
    parent: str | UnsetType | None = UNSET
    position: Annotated[int, msgspec.Meta(ge=0, le=100_000)] | UnsetType = UNSET


@patch("/api/orgs/{org_id:str}", opt={"scope": "admin"})
async def rename_org(who: Who, db: Database, org_id: str, data: OrgName) -> MyOrg:
    """Rename an organisation."""
    return await db.write(actions.rename_org, who, org_id, name=data.name)


@get("/api/orgs/{org_id:str}/departments")
async def list_departments(who: Who, db: Database, org_id: str) -> Page[Department]:
    """The whole department tree."""
    return await db.read(queries.departments, who.person, org_id)


@post("/api/orgs/{org_id:str}/departments", opt={"scope": "admin"})
async def create_department(who: Who, db: Database, org_id: str, data: NewDepartment) -> Department:
    """Add a department."""
    return await db.write(actions.create_department, who, org_id, name=data.name, parent=data.parent)


@patch("/api/orgs/{org_id:str}/departments/{department_id:str}", opt={"scope": "admin"})
async def change_department(who: Who, db: Database, org_id: str, department_id: str, data: DepartmentChanges) -> Department:
    """Rename, move or reorder a department."""
    name = None if data.name is UNSET else data.name
    position = None if data.position is UNSET else data.position
    return await db.write(actions.change_department, who, org_id, department_id, name=name, parent=data.parent, position=position)


@delete("/api/orgs/{org_id:str}/departments/{department_id:str}", opt={"scope": "admin"})
async def delete_department(who: Who, db: Database, org_id: str, department_id: str) -> None:
    """Dissolve a department."""
    await db.write(actions.delete_department, who, org_id, department_id)


@get("/api/orgs/{org_id:str}/audit", opt={"scope": "admin"})
async def audit(who: Who, db: Database, org_id: str, cursor: str | None = None, limit: Limit = PAGE_ITEMS) -> Page[AuditLine]:
    """Who did what, the newest first."""
    return await db.read(queries.audit_lines, who.person, org_id, cursor=cursor, limit=limit)


ROUTES = (rename_org, list_departments, create_department, change_department, delete_department, audit)
