"""What a case asks the world to do: the closed list of orders the driver carries out, each known by its id for ever.

What `with_` carries (`?`: may be absent) and what the activity answers. Personal values never stand here: an activity
resolves `form:<digest>#field`.

Intake.register    {procedure, version, unit, form, accepted_at, functions: [{function, place}]}
                   -> {code, receipt, pin: digest, pin_document?, routes: {"function@place": unit}}
                   `pin_document` is the pin by value where it is another than the case's. The driver adds `state`.
                   Business failures `does-not-fit` and `no-code-series` give the dossier back to intake.
Route.resolve      {function, place, receiving, form} -> {unit?}: none where the organisation knows none.
Document.render    {document, template, legal_form?, unit, form, forms: {step: ref}, code?, receipt?, received?,
                   accepted?, limit?: {within, source}, due?, original_due?, items?, reason?, ground?, result?,
                   leaves?, line?, lines?: {step: [{line, verdict?, reason?, forms: {step: ref}}]},
                   values: {name: value or ref}} -> {document: "document:<id>", digest}
                   `document` is receipt, supplement_request, intake_refusal, stop_notice, apology_extension or a step.
Document.number    {document, digest, book, unit} -> {number}
Document.issue     {document, digest, number?, result?, unit} -> {document, digest}
Notification.send  {notice, to: [{role, ref}] or [{function, unit}] or [{officer}], code?, due?, document?, unit?,
                   step?, values} -> {}
                   A recipient {function, unit, head: true} is the head of that function at the unit.
Connector.call     {connector, operation, with: {name: value or ref}} -> {outcome, values}
                   A declared refusal of the other system is a business failure whose code is the outcome.
Connector.ask      the same, answered by a message: its answer here only says that the question is out.
Case.open          {procedure, place, unit?, form: {name: value or ref}, documents: {theirs: [ref]}} -> {}: it is open;
                   what it ended with is told by `subcase_ended` under the visit that opened it.
Delivery.dispatch  {result, document, to: [{role, ref}], code} -> {delivered: true} or {delivered: false, reason}
Archive.pack       {code?, outcome, retain_until?} -> {}: ordered together with `Finish`, nobody waits for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import JsonValue

from workflows.core.events import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Perform:
    """`id` is the activity id in the run, `key` the idempotency key given to the outside (`<case>/<id>`)."""

    effect: Literal["perform"] = "perform"
    id: Key
    activity: str
    key: str
    with_: Mapping[str, JsonValue]
    skippable: bool = False
    irrevocable: bool = False
    answered: Literal["result", "message"] = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    effect: Literal["cancel"] = "cancel"
    id: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class UsePin:
    """The driver hands in this pin from now on; no I/O.

    It came by value with the answer of `Intake.register`, or the case made it: then `document` is it.
    """

    effect: Literal["use_pin"] = "use_pin"
    digest: str
    document: Mapping[str, JsonValue] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The run may end once everything is recorded and what was ordered with it is done."""

    effect: Literal["finish"] = "finish"
    outcome: str


Effect: TypeAlias = Perform | Cancel | UsePin | Finish
