"""Starting a session for somebody who has proved who they are, and the limits that keep guessing out.

An attacker must not be able to lock anybody out, so a guess counts against where it comes from: a device that the
person has used before has a bucket of its own. Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.
"""

from __future__ import annotations

from narae.core.db import Database
from narae.core.kit.clock import Clock
from narae.core.kit.errors import NaraeError, SignInNeeded
from narae.core.kit.ids import fingerprint
from narae.core.kit.text import email as clean_email
from narae.core.kit.throttle import Throttle
from narae.core.people import queries
from narae.core.people.passwords import Passwords

TOO_OFTEN = "Too many attempts. Wait a little, or use a one-time link from your administrator."


class Door:
    """Checks passwords, slowly enough that guessing is hopeless."""

    def __init__(self, clock: Clock) -> None:
        self.passwords = Passwords()
        self._by_address = Throttle(clock, rate=1.0, burst=60)
        self._by_device = Throttle(clock, rate=0.2, burst=10)
        self._by_account_here = Throttle(clock, rate=0.1, burst=10)
        self._by_account = Throttle(clock, rate=0.1, burst=100)

    def knock(self, ip: str) -> None:
        """Count an attempt of any kind from `ip`; TooMany when there are too many."""
        self._by_address.take(ip, TOO_OFTEN)

    async def check(self, db: Database, *, email: str, password: str, ip: str, device: str | None) -> str:
        """The id of the person whose address and password these are; SignInNeeded or TooMany otherwise."""
        self.knock(ip)
        try:
            address = clean_email(email)
        except NaraeError:
            address = ""
        found = await db.read(queries.credentials, address)
        if not await self._knows(db, found.id if found else None, device):
            self._by_account_here.take(f"{address} {ip}", TOO_OFTEN)
            self._by_account.take(address, TOO_OFTEN)
        if not await self.passwords.matches(found.password if found else None, password) or found is None:
            raise SignInNeeded("The address or the password is wrong.", code="wrong_password", field="password")
        return str(found.id)

    async def _knows(self, db: Database, person: str | None, device: str | None) -> bool:
        """Whether this device has signed `person` in before; it then has attempts of its own."""
        if person is None or device is None:
            return False
        secret = fingerprint(device)
        if not await db.read(queries.is_known_device, person, secret):
            return False
        self._by_device.take(f"{person} {secret}", TOO_OFTEN)
        return True
