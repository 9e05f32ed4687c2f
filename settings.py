"""What an operator can set: read from the environment once, by the composition roots only.

SettingsError           the sentence names the variable and says what to do
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DATABASE = "motcua"
POSTGRES_USER = "motcua"


class SettingsError(Exception):
    """A variable is missing or cannot be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    home: Path
    database_url: str
    temporal_address: str
    temporal_namespace: str
    api_host: str
    api_port: int
    postgres_port: int
    temporal_port: int
    smtp_port: int
    treasury_port: int
    smtp: str
    mail_from: str
    treasury_url: str
    files: str
    public_url: str
    own_postgres: bool
    own_temporal: bool
    own_mail: bool
    own_treasury: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        read = _Reader(os.environ if environment is None else environment)
        home = state_folder(read.environment)
        ports = {name: read.port(name, default) for name, default in PORTS.items()}
        api_host = read.text("MOTCUA_API_HOST", "127.0.0.1")
        return cls(
            home=home,
            database_url=read.text("DATABASE_URL", "") or own_database_url(home, ports["MOTCUA_POSTGRES_PORT"]),
            temporal_address=read.text("TEMPORAL_ADDRESS", f"127.0.0.1:{ports['MOTCUA_TEMPORAL_PORT']}"),
            temporal_namespace=read.text("TEMPORAL_NAMESPACE", "motcua"),
            api_host=api_host,
            api_port=ports["MOTCUA_API_PORT"],
            postgres_port=ports["MOTCUA_POSTGRES_PORT"],
            temporal_port=ports["MOTCUA_TEMPORAL_PORT"],
            smtp_port=ports["MOTCUA_SMTP_PORT"],
            treasury_port=ports["MOTCUA_TREASURY_PORT"],
            smtp=read.text("MOTCUA_SMTP", f"127.0.0.1:{ports['MOTCUA_SMTP_PORT']}"),
            mail_from=read.text("MOTCUA_MAIL_FROM", "motcua@localhost"),
            treasury_url=read.text("MOTCUA_TREASURY_URL", f"http://127.0.0.1:{ports['MOTCUA_TREASURY_PORT']}"),
            files=read.text("MOTCUA_FILES", (home / "files").as_uri()),
            public_url=read.text("MOTCUA_PUBLIC_URL", f"http://127.0.0.1:{ports['MOTCUA_API_PORT']}"),
            own_postgres="DATABASE_URL" not in read.environment,
            own_temporal="TEMPORAL_ADDRESS" not in read.environment,
            own_mail="MOTCUA_SMTP" not in read.environment,
            own_treasury="MOTCUA_TREASURY_URL" not in read.environment,
        )

    def require_database(self) -> str:
        """Answer the database's address, or say how to get one."""
        if self.database_url:
            return self.database_url
        raise SettingsError(
            f"DATABASE_URL is not set and {self.home} has no database yet: "
            "set DATABASE_URL, or start one with `motcua up`."
        )

    def ports(self) -> dict[str, int]:
        """Answer the first port of each part that this machine serves itself, by the variable that moves it."""
        own = {
            "MOTCUA_API_PORT": (True, self.api_port),
            "MOTCUA_POSTGRES_PORT": (self.own_postgres, self.postgres_port),
            "MOTCUA_TEMPORAL_PORT": (self.own_temporal, self.temporal_port),
            "MOTCUA_SMTP_PORT": (self.own_mail, self.smtp_port),
            "MOTCUA_TREASURY_PORT": (self.own_treasury, self.treasury_port),
        }
        return {variable: port for variable, (is_own, port) in own.items() if is_own}

    def as_environment(self) -> dict[str, str]:
        """What a child process needs in order to read the same settings."""
        return {
            "MOTCUA_HOME": str(self.home),
            "DATABASE_URL": self.database_url,
            "TEMPORAL_ADDRESS": self.temporal_address,
            "TEMPORAL_NAMESPACE": self.temporal_namespace,
            "MOTCUA_API_HOST": self.api_host,
            "MOTCUA_API_PORT": str(self.api_port),
            "MOTCUA_POSTGRES_PORT": str(self.postgres_port),
            "MOTCUA_TEMPORAL_PORT": str(self.temporal_port),
            "MOTCUA_SMTP_PORT": str(self.smtp_port),
            "MOTCUA_TREASURY_PORT": str(self.treasury_port),
            "MOTCUA_SMTP": self.smtp,
            "MOTCUA_MAIL_FROM": self.mail_from,
            "MOTCUA_TREASURY_URL": self.treasury_url,
            "MOTCUA_FILES": self.files,
            "MOTCUA_PUBLIC_URL": self.public_url,
        }


# Temporal's inner ports are the eight after MOTCUA_TEMPORAL_PORT. It keeps them in a smallint: 32767 is the last.
PORTS = {
    "MOTCUA_API_PORT": 8480,
    "MOTCUA_POSTGRES_PORT": 8481,
    "MOTCUA_TEMPORAL_PORT": 8482,
    "MOTCUA_SMTP_PORT": 8491,
    "MOTCUA_TREASURY_PORT": 8492,
}


def state_folder(environment: Mapping[str, str]) -> Path:
    if given := environment.get("MOTCUA_HOME"):
        return Path(given).expanduser().absolute()
    # PostgreSQL never runs as root, and its own user may not enter root's home.
    if os.geteuid() == 0:
        return Path("/var/lib/motcua")
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "motcua"


def cache_folder(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "motcua"


def password_file(home: Path) -> Path:
    return home / "postgres-password"


def own_database_url(home: Path, port: int) -> str:
    """Answer the address of the database that `motcua up` keeps under `home`, empty before its first start."""
    file = password_file(home)
    if not file.is_file():
        return ""
    password = quote(file.read_text().strip(), safe="")
    return f"postgresql://{POSTGRES_USER}:{password}@127.0.0.1:{port}/{DATABASE}"


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment

    def text(self, name: str, default: str) -> str:
        return self.environment.get(name) or default

    def port(self, name: str, default: int) -> int:
        given = self.environment.get(name)
        if not given:
            return default
        highest = 32_759 if name == "MOTCUA_TEMPORAL_PORT" else 65_535
        if not given.isdecimal() or not 0 < int(given) <= highest:
            raise SettingsError(f"{name} is {given!r}: give a port number from 1 to {highest}.")
        return int(given)
