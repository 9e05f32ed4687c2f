"""What `motcua up` says once everything is up: addresses, folders and who may log in."""

from pathlib import Path

from records.organisation_file import AccountPart, read_organisation
from settings import Settings, password_file

DEMO_ORGANISATION = Path(__file__).parent.parent / "procedures" / "organisations" / "demo.yaml"


def welcome(settings: Settings) -> str:
    lines = [
        "",
        f"Pages      {settings.public_url}",
        f"API        {settings.public_url}/api/v1/openapi.json",
        f"Temporal   {settings.temporal_address}, namespace {settings.temporal_namespace}",
        f"State      {settings.home} (move it with MOTCUA_HOME)",
        f"Logs       {settings.home / 'logs'}",
    ]
    if settings.own_postgres:
        lines.append(f"PostgreSQL 127.0.0.1:{settings.postgres_port}, password in {password_file(settings.home)}")
    if settings.own_mail:
        lines.append(f"Mail       {settings.home / 'mail'} (a stand-in keeps it there, none is delivered)")
    if settings.own_treasury:
        lines.append(f"Treasury   {settings.treasury_url} (a stand-in, no money moves)")
    return "\n".join([*lines, "", *_logins(), ""])


def _logins() -> list[str]:
    accounts = [account for account in read_organisation(DEMO_ORGANISATION).accounts if account.password]
    who = [f"  {account.login:<8} {account.name}: {_work(account)}" for account in accounts]
    return [f"Log in with the password {accounts[0].password} as", *who]


def _work(account: AccountPart) -> str:
    if account.kind == "citizen":
        return "citizen"
    return ", ".join(f"{duty.function} at {duty.unit}" for duty in account.duties)
