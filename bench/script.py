"""The case both sides carry: 1.014140 as declared, what people do in it, and what it then does by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cli.catalogue import versions_below
from cli.procedures import publish_version
from cli.welcome import DEMO_ORGANISATION
from procedures.json_types import Json, JsonObject
from records.commands import NewCommand, NewForm
from records.forms import PREFIX, form_ref
from records.organisation_file import read_organisation
from records.pool import Pool
from records.procedures import pin_in_force
from records.seeding import load_organisation
from workflows.core.pin import Pin

CODE = "1.014140"
VERSION = Path(__file__).parents[1] / "procedures" / "catalogue" / "bhxh" / CODE / "v1"

Person = Mapping[str, Json]
LAN: Person = {"ref": "account:c01"}
MAI: Person = {"ref": "officer:o01", "function": "one_stop", "unit": "ben-may"}
AN: Person = {"ref": "officer:o02", "function": "medical_review", "unit": "song-lam"}
BINH: Person = {"ref": "officer:o03", "function": "leader", "unit": "song-lam"}

FORM: JsonObject = {
    "card_number": "GD4797912345678",
    "self_bought": False,
    "higher_rate": False,
    "account": {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Thị Lan"},
}
REVIEWED: JsonObject = {"payable": 4_200_000}
PAPERS = ("request", "identity", "visit", "invoices")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`name` is what is written when it is done, `follow` what is written later, by nobody's asking."""

    name: str
    verb: str
    actor: Person
    arguments: JsonObject
    values: JsonObject = field(default_factory=dict)
    follow: tuple[str, ...] = ()


ACTIONS: tuple[Action, ...] = (
    Action(
        name="submitted",
        verb="submit",
        actor=LAN,
        arguments={
            "receiving": "ben-may",
            "channel": "online",
            "submitter": "patient",
            "parties": [{"role": role, "ref": LAN["ref"]} for role in ("submitter", "owner")],
            "form": form_ref(FORM),
            "facts": {"form.self_bought": False, "form.higher_rate": False},
            "papers": [
                {"id": paper, "paper": "discharge_paper" if paper == "visit" else None, "documents": [f"file:{paper}"]}
                for paper in PAPERS
            ],
        },
        values=FORM,
        follow=("submission_announced",),
    ),
    Action(
        name="accepted",
        verb="accept",
        actor=MAI,
        arguments={"verdicts": [{"id": paper, "verdict": "ok"} for paper in PAPERS]},
        follow=("acceptance_announced",),
    ),
    Action(name="handover_confirmed", verb="confirm_handover", actor=AN, arguments={"handover": "_handover:1"}),
    Action(
        name="reviewed",
        verb="complete_task",
        actor=AN,
        arguments={"task": "review:1", "outcome": "approve", "form": form_ref(REVIEWED), "facts": {**REVIEWED}},
        values=REVIEWED,
        follow=("decision_drafted",),
    ),
    Action(
        name="signed",
        verb="complete_task",
        actor=BINH,
        arguments={"task": "sign:1", "outcome": "sign"},
        follow=("resolved", "result_issued"),
    ),
    Action(
        name="delivered",
        verb="deliver",
        actor=MAI,
        arguments={"recipient": "account:c01", "evidence": "file:slip"},
        follow=("delivery_announced",),
    ),
)
# The ordinary decision: an officer completes a task.
DECISION = next(number for number, action in enumerate(ACTIONS) if action.name == "reviewed")


def command(action: Action, *, case: str, id: str) -> NewCommand:
    """Answer what the API would hand to the door once it knows who asks."""
    document: JsonObject = {"verb": action.verb, "id": id, "actor": dict(action.actor), "arguments": action.arguments}
    return NewCommand(
        id=id,
        case=case,
        actor=str(action.actor["ref"]),
        verb=action.verb,
        document=document,
        forms=[NewForm(digest=form_ref(action.values).removeprefix(PREFIX), values=action.values)]
        if action.values
        else [],
    )


async def furnish(pool: Pool) -> Pin:
    """Put the demo organisation (without passwords: hashing is slow) and the procedure into a database."""
    organisation = read_organisation(DEMO_ORGANISATION)
    silent = tuple(account.model_copy(update={"password": None}) for account in organisation.accounts)
    [version] = versions_below(VERSION)
    async with pool.connection() as db:
        await load_organisation(db, organisation.model_copy(update={"accounts": silent}))
        await publish_version(db, version)
        pin = await pin_in_force(db, CODE, now().date())
    assert pin is not None
    return pin


def now() -> datetime:
    return datetime.now(UTC)
