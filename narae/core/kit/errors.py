"""The few errors that Narae raises, each a code for programs and a sentence for people."""

from __future__ import annotations


class NaraeError(Exception):
    """An answer of "no": `code` is for programs, `message` says what to do, `field` names the input."""

    status = 400
    code = "invalid"

    def __init__(self, message: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.field = field


class Invalid(NaraeError):
    """The input is not of the right form; nothing was written."""


class SignInNeeded(NaraeError):
    """Nobody is signed in, or the session has ended."""

    status = 401
    code = "sign_in_needed"


class Refused(NaraeError):
    """Known person, but this is not theirs to do."""

    status = 403
    code = "refused"


class NotFound(NaraeError):
    """There is no such thing, or it is not this person's to see."""

    status = 404
    code = "not_found"


class Conflict(NaraeError):
    """The thing is in a state in which this can't be done."""

    status = 409
    code = "conflict"


class TooLarge(NaraeError):
    """The input passes a named limit of `core/kit/limits.py`."""

    status = 413
    code = "too_large"


class TooMany(NaraeError):
    """Too often; `retry_after` says in seconds when it will be taken again."""

    status = 429
    code = "too_many"

    def __init__(self, message: str, *, retry_after: float, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class Unavailable(NaraeError):
    """The server can't do it now (disk full, database away, queue full); blind retry is safe where a nonce or key was given."""

    status = 503
    code = "unavailable"
    retry_after = 1.0


class Misconfigured(Exception):
    """The installation can't start as it is; the sentence says what to do."""
