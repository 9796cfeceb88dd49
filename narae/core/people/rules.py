"""What a person may do with their own account: pure functions."""

from __future__ import annotations

from narae.core.kit import limits
from narae.core.kit.errors import Invalid

_COMMON = frozenset(
    ["password1234", "1234567890", "12345678910", "qwertyuiop", "0123456789", "1q2w3e4r5t", "passwordpassword", "narae12345"]
)


def check_password(password: str, *, email: str | None) -> None:
    """Invalid unless `password` is long enough, not among the commonest, and not the address (NIST SP 800-63B, 5.1.1.2)."""
    if len(password) < limits.PASSWORD_MIN_CHARS:
        message = f"A password needs at least {limits.PASSWORD_MIN_CHARS} characters."
        raise Invalid(message, code="password_short", field="password")
    if len(password) > limits.PASSWORD_MAX_CHARS:
        raise Invalid(f"A password has at most {limits.PASSWORD_MAX_CHARS} characters.", code="password_long", field="password")
    folded = password.casefold()
    if folded in _COMMON or len(set(folded)) < 4 or (email and folded == email):
        raise Invalid("This password is too easy to guess. Take a longer sentence.", code="password_weak", field="password")
