"""Tells people what happened to a case: a notice in the portal for each, and a mail where they have an address.

A notice is there once. A mail is noted in the transaction that sends it: of two attempts at once the second waits and
finds the note. Only a worker or database that dies between the server's 250 and the commit makes a mail go twice, and
then under the same Message-ID.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from temporalio import activity

from activities import notices, sla
from activities.addresses import Addresses
from activities.contracts import Order
from activities.failures import final_failure
from activities.mail import Mail, MailRefused
from activities.vietnamese import day_of
from procedures.json_types import Json
from procedures.language.model.parts import Notice
from procedures.time.spoken import spoken
from records.accounts import account_id
from records.contacts import contacts
from records.errors import NotFound
from records.notices import post_notice, remember_mail, was_mailed
from records.organisation import holders, units
from records.pins import pin_of
from records.pool import Db, Pool

MAIL = "email"


@dataclass(frozen=True, slots=True)
class Reader:
    account: str
    email: str | None


class Notification:
    def __init__(self, pool: Pool, *, mail: Mail, addresses: Addresses) -> None:
        self._pool = pool
        self._mail = mail
        self._addresses = addresses

    @activity.defn(name="Notification.send")
    async def send(self, order: Order) -> dict[str, Json]:
        """Idempotent by (effect, account), for the notice and for the mail."""
        now = datetime.now(UTC)
        async with self._pool.connection() as db:
            own = await _own_notice(db, order)
            text = _composed(order.with_["notice"], await self._given(db, order), own)
            readers = await _readers(db, order.with_["to"], on=day_of(order.at or now))
            async with db.transaction():
                for reader in readers:
                    await _post(db, order, reader, text, now)
        if own is None or MAIL in own.ways:
            for reader in readers:
                await self._mail_once(order, reader, text)
        return {}

    async def _given(self, db: Db, order: Order) -> dict[str, Json]:
        """What the places of a text may hold; the case's own words go before the notice's."""
        given: dict[str, Any] = order.with_
        unit = (await units(db, [given["unit"]])).get(given["unit"]) if given.get("unit") else None
        case: dict[str, Json] = {
            "code": given.get("code"),
            "due": given.get("due"),
            "unit": dict(unit.name) if unit else None,
            "phone": unit.contact.get("phone") if unit else None,
            "link": self._addresses.case(order.case),
            "incidents": self._addresses.incidents,
        }
        values: Mapping[str, Json] = given.get("values") or {}
        window = values.get("answer_within")
        return {
            **values,
            **sla.places(values, unit=case["unit"]),
            "window": {language: spoken(window, language) for language in ("vi", "en")}
            if isinstance(window, str)
            else None,
            "problem": values.get("code"),
            **case,
        }

    async def _mail_once(self, order: Order, reader: Reader, text: dict[str, dict[str, str]]) -> None:
        if not reader.email:
            return
        message = self._mail.message(id=self._mail.message_id(order.key, reader.account), to=reader.email, text=text)
        async with self._pool.connection() as db, db.transaction():
            await db.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", (message["Message-ID"],))
            if await was_mailed(db, effect=order.key, account=reader.account):
                return
            try:
                await asyncio.to_thread(self._mail.send, message)
            except MailRefused:
                activity.logger.warning("mail.refused", extra={"effect": order.key, "account": reader.account})
                return
            await remember_mail(
                db,
                effect=order.key,
                case=order.case,
                account=reader.account,
                message_id=message["Message-ID"],
                now=datetime.now(UTC),
            )


async def _own_notice(db: Db, order: Order) -> Notice | None:
    """A procedure may word a notice itself; the pin says how, for this case."""
    try:
        pin = await pin_of(db, order.pin)
    except NotFound:
        return None
    return pin.procedure.notice(order.with_["notice"])


def _composed(notice: str, given: Mapping[str, Json], own: Notice | None) -> dict[str, dict[str, str]]:
    try:
        return notices.compose(notice, given=given, own=own)
    except notices.UnknownNotice:
        raise final_failure(
            "unknown-notice", f"There is no text for the notice {notice}: add it, then retry."
        ) from None


async def _readers(db: Db, to: Sequence[Mapping[str, Any]], *, on: date) -> list[Reader]:
    """Answer everybody meant, each once. A person whom the law wants told and nobody can find is an incident."""
    people = [account for one in to if (account := account_id(str(one.get("ref") or one.get("officer") or "")))]
    known = await contacts(db, people)
    readers = [Reader(account.id, account.email) for account in known.values()]
    for desk in (one for one in to if "function" in one):
        readers += await _officers(db, desk, on=on)
    if people and not known:
        raise final_failure("nobody-to-tell", "None of the people to be told has an account any more.")
    return list({reader.account: reader for reader in readers}.values())


async def _officers(db: Db, desk: Mapping[str, Any], *, on: date) -> list[Reader]:
    function, unit = desk["function"], desk["unit"]
    found = await holders(db, unit=unit, function=function, on=on, of="heads" if desk.get("head") else "all")
    # A desk without a head still has people.
    found = found or await holders(db, unit=unit, function=function, on=on)
    return [Reader(officer.id, officer.email) for officer in found]


async def _post(db: Db, order: Order, reader: Reader, text: dict[str, dict[str, str]], now: datetime) -> None:
    await post_notice(
        db,
        effect=order.key,
        case=order.case,
        account=reader.account,
        notice=order.with_["notice"],
        text=text,
        now=now,
    )
