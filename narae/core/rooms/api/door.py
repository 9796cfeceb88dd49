"""Ways into an organisation that lead into rooms too: founding one, invitations, people's pages."""

from __future__ import annotations

import io
from typing import Annotated, Any

import msgspec
import segno
from litestar import Request, Response, delete, get, patch, post
from litestar.params import Parameter
from msgspec import UNSET, UnsetType

from narae.core.db import Database, Tx
from narae.core.http.who import user_agent
from narae.core.kit import limits
from narae.core.kit.errors import Conflict, Invalid
from narae.core.kit.paging import Page
from narae.core.kit.settings import Settings as ServerSettings
from narae.core.kit.who import Who, without_once
from narae.core.orgs import actions as orgs_actions
from narae.core.orgs import queries as orgs_queries
from narae.core.orgs.api.door import device_of, enter, signed_in
from narae.core.orgs.api.org import Limit, OrgName, Query
from narae.core.orgs.door import Door
from narae.core.orgs.public import Invitation, Invite, Me, Member, MyOrg, Role
from narae.core.people import actions as people_actions
from narae.core.people import queries as people_queries
from narae.core.people import rules as people_rules
from narae.core.people.actions import SignedIn
from narae.core.people.public import Lang
from narae.core.rooms.actions import joining, members
from narae.core.rooms.queries.members import invitation, seen_member, seen_members, seen_people


class SetUp(msgspec.Struct, frozen=True):
    """The first administrator and their organisation, with the token of the first-run link."""

    token: str
    org_name: str
    name: str
    email: str
    password: str
    lang: Lang


class NewPerson(msgspec.Struct, frozen=True):
    """Somebody who accepts an invitation without an account."""

    name: str
    email: str
    password: str
    lang: Lang


class MemberChanges(msgspec.Struct, frozen=True):
    """What to change about a member."""

    role: Role | UnsetType = UNSET
    title: str | UnsetType = UNSET
    departments: list[str] | UnsetType = UNSET


class InviteWish(msgspec.Struct, frozen=True):
    """Invitations to make: one for each address in the pasted list `emails`, or one link for `uses` people."""

    role: Role
    department: str | None = None
    room: str | None = None
    emails: str = ""
    uses: int = 1
    days: int = 7


class SignInLink(msgspec.Struct, frozen=True):
    """A one-time sign-in link for somebody else, shown this once."""

    url: str
    expires_at: int


def _found(tx: Tx, who: Who, data: SetUp, *, hashed: str, agent: str, device: str) -> tuple[Me, SignedIn]:
    if not people_queries.needs_setup(tx.conn):
        raise Conflict("Narae has an administrator already. Sign in.", code="set_up_already")
    people_actions.use_link(tx, who, data.token, purpose="setup")
    person = people_actions.create_person(tx, who, name=data.name, email=data.email, password=hashed, lang=data.lang)
    joining.found_org(tx, Who(person=person, request_id=who.request_id, ip=who.ip), name=data.org_name)
    return enter(tx, who, person, agent=agent, device=device)


@post("/api/setup", status_code=200)
async def set_up(
    request: Request[Any, Any, Any], visitor: Who, db: Database, door: Door, settings: ServerSettings, data: SetUp
) -> Response[Me]:
    """Make the first administrator and their organisation."""
    door.knock(visitor.ip)
    people_rules.check_password(data.password, email=data.email)
    hashed, device = await door.passwords.hash(data.password), device_of(request)
    me, session = await db.write(_found, visitor, data, hashed=hashed, agent=user_agent(request), device=device)
    return signed_in(me, session, device, settings)


@post("/api/orgs", opt={"scope": "session"})
async def create_org(who: Who, db: Database, data: OrgName) -> MyOrg:
    """Found another organisation."""
    return await db.write(joining.found_org, who, name=data.name)


@get("/api/orgs/{org_id:str}/people")
async def list_people(
    who: Who,
    db: Database,
    org_id: str,
    search: Query = None,
    department: str | None = None,
    active: bool = True,
    cursor: str | None = None,
    limit: Limit = limits.PAGE_ITEMS,
) -> Page[Member]:
    """Members by name; guests see only those whom they share a room with."""
    seen = await db.read(seen_people, who.person, org_id)
    return await db.read(
        orgs_queries.people,
        who.person,
        org_id,
        query=search,
        department_id=department,
        active=active,
        cursor=cursor,
        limit=limit,
        seen=seen,
    )


@get("/api/orgs/{org_id:str}/people-by-id")
async def people_by_id(who: Who, db: Database, org_id: str, ids: Annotated[str, Parameter(max_length=10_000)]) -> Page[Member]:
    """Up to 200 members by their ids, separated by commas; those whom one may not see are left out."""
    wanted = [i for i in ids.split(",") if i]
    if len(wanted) > limits.IDS_AT_ONCE:
        raise Invalid(f"At most {limits.IDS_AT_ONCE} people at once.", field="ids")
    return Page(await db.read(seen_members, who.person, org_id, wanted))


@get("/api/orgs/{org_id:str}/people/{person_id:str}")
async def read_person(who: Who, db: Database, org_id: str, person_id: str) -> Member:
    """One member."""
    return await db.read(seen_member, who.person, org_id, person_id)


@patch("/api/orgs/{org_id:str}/people/{person_id:str}", opt={"scope": "admin"})
async def change_person(who: Who, db: Database, org_id: str, person_id: str, data: MemberChanges) -> Member:
    """Change a member's role, title or departments."""
    return await db.write(
        orgs_actions.change_member,
        who,
        org_id,
        person_id,
        role=None if data.role is UNSET else data.role,
        title=None if data.title is UNSET else data.title,
        departments=None if data.departments is UNSET else data.departments,
    )


@post("/api/orgs/{org_id:str}/people/{person_id:str}/deactivate", status_code=200, opt={"scope": "admin"})
async def deactivate(who: Who, db: Database, org_id: str, person_id: str) -> Member:
    """Shut a member out: sessions, sockets and memberships end at once."""
    return await db.write(members.deactivate_person, who, org_id, person_id)


@post("/api/orgs/{org_id:str}/people/{person_id:str}/reactivate", status_code=200, opt={"scope": "admin"})
async def reactivate(who: Who, db: Database, org_id: str, person_id: str) -> Member:
    """Let a deactivated member in again."""
    return await db.write(joining.reactivate, who, org_id, person_id)


@post("/api/orgs/{org_id:str}/people/{person_id:str}/link", opt={"scope": "session"})
async def make_link(who: Who, db: Database, settings: ServerSettings, org_id: str, person_id: str) -> SignInLink:
    """Make a one-time sign-in link for a member."""
    secret = await db.write(orgs_actions.link_for_member, without_once(who), org_id, person_id)
    expires_at = db.clock.now() + limits.LINK_MINUTES * 60_000
    return SignInLink(f"{settings.public_url}/enter#{secret}", expires_at)


@get("/api/orgs/{org_id:str}/invites", opt={"scope": "admin"})
async def list_invites(who: Who, db: Database, org_id: str) -> Page[Invite]:
    """The invitations that can still be used."""
    return await db.read(orgs_queries.invites, who.person, org_id, now=db.clock.now())


@post("/api/orgs/{org_id:str}/invites", opt={"scope": "session"})
async def create_invites(who: Who, db: Database, settings: ServerSettings, org_id: str, data: InviteWish) -> Page[Invite]:
    """Invite people; the links and QR codes are shown this once."""
    emails = orgs_actions.listed_emails(data.emails)
    made = await db.write(
        joining.invite,
        without_once(who),
        org_id,
        role=data.role,
        department_id=data.department,
        room=data.room,
        emails=emails,
        uses=data.uses,
        days=data.days,
    )
    return Page([_with_address(invite, f"{settings.public_url}/join#{secret}") for invite, secret in made])


def _with_address(invite: Invite, url: str) -> Invite:
    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", border=2, omitsize=True, xmldecl=False)
    return msgspec.structs.replace(invite, url=url, qr=drawn.getvalue().decode())


@delete("/api/orgs/{org_id:str}/invites/{invite_id:str}", opt={"scope": "admin"})
async def delete_invite(who: Who, db: Database, org_id: str, invite_id: str) -> None:
    """Take an invitation back."""
    await db.write(orgs_actions.delete_invite, who, org_id, invite_id)


@get("/api/invites/{token:str}")
async def read_invite(visitor: Who, db: Database, door: Door, token: str) -> Invitation:
    """What an invitation is for."""
    door.knock(visitor.ip)
    return await db.read(invitation, token, now=db.clock.now())


def _join(tx: Tx, who: Who, token: str, data: NewPerson, *, hashed: str, agent: str, device: str) -> tuple[Me, SignedIn]:
    orgs_queries.open_invite(tx.conn, token, now=tx.now)
    person = people_actions.create_person(tx, who, name=data.name, email=data.email, password=hashed, lang=data.lang)
    joining.accept(tx, Who(person=person, request_id=who.request_id, ip=who.ip), token)
    return enter(tx, who, person, agent=agent, device=device)


@post("/api/invites/{token:str}", status_code=200)
async def join(
    request: Request[Any, Any, Any],
    visitor: Who,
    db: Database,
    door: Door,
    settings: ServerSettings,
    token: str,
    data: NewPerson,
) -> Response[Me]:
    """Accept an invitation with a new account."""
    door.knock(visitor.ip)
    people_rules.check_password(data.password, email=data.email)
    hashed, device = await door.passwords.hash(data.password), device_of(request)
    me, session = await db.write(_join, visitor, token, data, hashed=hashed, agent=user_agent(request), device=device)
    return signed_in(me, session, device, settings)


@post("/api/invites/{token:str}/accept", status_code=200, opt={"scope": "session"})
async def accept(who: Who, db: Database, token: str) -> Me:
    """Accept an invitation with the account that is signed in."""
    return await db.write(joining.accept, who, token)


ROUTES = (
    set_up, create_org, list_people, people_by_id, read_person, change_person, deactivate, reactivate, make_link, list_invites,
    create_invites, delete_invite, read_invite, join, accept,
)  # fmt: skip
