"""What every endpoint and page works with, made once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from fastapi import Request
from temporalio.client import Client

from records.blobs import Blobs
from records.pool import Pool
from workflows.door import Door

INDOCHINA = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`now` answers an aware instant; `blobs` is where papers lie; `public_url` begins every public address."""

    pool: Pool
    client: Client
    door: Door
    blobs: Blobs
    public_url: str
    now: Callable[[], datetime]

    def today(self) -> date:
        """Answer the office's day, by which duties begin and end."""
        return self.now().astimezone(INDOCHINA).date()


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk
