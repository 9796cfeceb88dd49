"""The settings, read from the environment once, each with a default that works on a laptop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from narae.core.kit.errors import Misconfigured


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything an operator can set. Each field is NARAE_<FIELD> in the environment; docs/run/settings.md lists them."""

    data: Path = Path("data")
    database: str = ""
    files: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    url: str = ""
    secret: str = ""
    trusted_proxies: str = ""
    outside_allowed: str = ""
    lang: str = "ko"
    send_rate: float = 30.0
    send_burst: int = 100
    max_sockets: int = 20_000

    @property
    def database_url(self) -> str:
        """The database's address: SQLite in the data folder unless NARAE_DATABASE says otherwise."""
        return self.database or f"sqlite:///{self.data.absolute() / 'narae.db'}"

    @property
    def files_url(self) -> str:
        """Where uploads are kept: the data folder, or s3://bucket/prefix."""
        return self.files or f"file://{self.data.absolute() / 'files'}"

    @property
    def public_url(self) -> str:
        """The address that people open, without a slash at the end."""
        return (self.url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether cookies may travel by HTTPS only."""
        return self.public_url.startswith("https://")


def from_environment(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; an unknown NARAE_ name or a wrong value is Misconfigured."""
    given = {key[6:].lower(): value for key, value in environ.items() if key.startswith("NARAE_")}
    unknown = sorted(set(given) - set(Settings.__struct_fields__))
    if unknown:
        raise Misconfigured(f"There is no setting NARAE_{unknown[0].upper()}. docs/run/settings.md lists them all.")
    try:
        return msgspec.convert(given, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise Misconfigured(f"A setting is wrong: {error}. docs/run/settings.md says what each takes.") from error


def _decode(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value)).expanduser()
    raise NotImplementedError(kind)
