"""The commands of an ordinary case of 1.014140, by the people of the demo organisation."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from procedures.json_types import Json, JsonObject
from records.commands import NewCommand, NewForm, form_digest

RECEIVING, DECIDING = "ben-may", "song-lam"
FORM: JsonObject = {
    "card_number": "GD4797912345678",
    "self_bought": False,
    "higher_rate": False,
    "account": {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Thị Lan"},
}
REVIEWED: JsonObject = {"payable": 4_200_000}
PAPERS = ("request", "identity", "visit", "invoices")

Person = Mapping[str, Json]
LAN: Person = {"ref": "account:c01"}
MAI: Person = {"ref": "officer:o01", "function": "one_stop", "unit": RECEIVING}
OANH: Person = {"ref": "officer:o09", "function": "one_stop", "unit": "dong-sen"}
AN: Person = {"ref": "officer:o02", "function": "medical_review", "unit": DECIDING}
BINH: Person = {"ref": "officer:o03", "function": "leader", "unit": DECIDING}
DUNG: Person = {"ref": "officer:o05", "function": "operator", "unit": DECIDING}


def command_of(
    case: str, verb: str, actor: Person, arguments: JsonObject | None = None, *, id: str | None = None
) -> NewCommand:
    id = id or str(uuid.uuid4())
    document: JsonObject = {"verb": verb, "id": id, "actor": dict(actor), "arguments": arguments or {}}
    return NewCommand(id=id, case=case, actor=str(actor["ref"]), verb=verb, document=document)


def submission(*, id: str | None = None) -> NewCommand:
    form = NewForm(digest=form_digest(FORM), values=FORM)
    arguments: JsonObject = {
        "receiving": RECEIVING,
        "channel": "online",
        "submitter": "patient",
        "parties": [{"role": "submitter", "ref": LAN["ref"]}, {"role": "owner", "ref": LAN["ref"]}],
        "form": f"form:{form.digest}",
        "facts": {"form.self_bought": False, "form.higher_rate": False},
        "papers": [
            {"id": paper, "paper": "discharge_paper" if paper == "visit" else None, "documents": [f"file:{paper}"]}
            for paper in PAPERS
        ],
    }
    return replace(command_of(str(uuid.uuid4()), "submit", LAN, arguments, id=id), forms=[form])


def acceptance(case: str) -> NewCommand:
    return command_of(case, "accept", MAI, {"verdicts": [{"id": paper, "verdict": "ok"} for paper in PAPERS]})


def taking_over(case: str) -> NewCommand:
    """The deciding unit confirms that the file has arrived."""
    return command_of(case, "confirm_handover", AN, {"handover": "_handover:1"})


def approval(case: str) -> NewCommand:
    form = NewForm(digest=form_digest(REVIEWED), values=REVIEWED)
    arguments: JsonObject = {
        "task": "review:1",
        "outcome": "approve",
        "form": f"form:{form.digest}",
        "facts": {"payable": REVIEWED["payable"]},
    }
    return replace(command_of(case, "complete_task", AN, arguments), forms=[form])


def signature(case: str) -> NewCommand:
    return command_of(case, "complete_task", BINH, {"task": "sign:1", "outcome": "sign"})


def request_for_supplement(case: str) -> NewCommand:
    arguments: JsonObject = {
        "items": [{"id": "invoices", "kind": "missing"}],
        "ground": "command:1/ground",
        "task": "review:1",
    }
    return command_of(case, "ask_supplement", AN, arguments)


def handing_out(case: str) -> NewCommand:
    return command_of(case, "deliver", MAI, {"recipient": LAN["ref"], "evidence": "file:slip"})
