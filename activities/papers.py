"""What a paper says: the case's own words, the people, what they handed in and entered, made ready to be set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from activities import receipts, requests, sla
from activities.addresses import Addresses
from activities.contracts import Order
from activities.notices import in_words
from activities.references import argument_beside, resolved, sentence
from activities.shown import in_one_line, labelled, listed, shown_form
from activities.vietnamese import date_in_words, day_of, hour, weekday_and_date
from procedures.json_types import Json, JsonObject
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import EachStep
from records.accounts import account_id
from records.contacts import Contact, contacts
from records.dossiers import Dossier, dossier_of
from records.forms import form_values
from records.organisation import Unit, units
from records.pool import Db

CHANNELS = {"online": "nộp trực tuyến", "counter": "nộp trực tiếp", "post": "gửi qua bưu chính"}
# Papers that leave in the one-stop's name; the others in that of the unit itself.
OF_THE_ONE_STOP = {"receipt", "supplement_request", "intake_refusal"}
# Reasons the case itself gives, and those an officer left without words of their own.
REASONS = {
    "incomplete": "Hồ sơ chưa đủ giấy tờ. Đến hết hạn, chúng tôi chưa nhận được giấy tờ đã yêu cầu bổ sung.",
    "window_expired": "Đến hết hạn, chúng tôi chưa nhận được giấy tờ đã yêu cầu bổ sung.",
    "wrong_agency": "Việc này không thuộc thẩm quyền giải quyết của chúng tôi.",
}
CAUSES = {"window_expired": "window_expired", "own_words": "withdrawn"}
VERDICTS = {"granted": "Được giải quyết", "refused": "Không giải quyết", "partly": "Giải quyết một phần"}
SETTLEMENTS = {
    "nothing_due": "không có khoản nào phải thanh toán hoặc hoàn trả.",
    "refund": "chúng tôi hoàn trả khoản ông/bà đã nộp; bộ phận tài chính liên hệ với ông/bà.",
}
ONE_STOP = "Bộ phận Tiếp nhận và Trả kết quả"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that the composition of one paper reads."""

    order: Order
    procedure: Procedure
    dossier: Dossier
    at: datetime

    @property
    def asked(self) -> Mapping[str, Any]:
        return self.order.with_

    @property
    def document(self) -> str:
        return str(self.asked["document"])


async def given_for(db: Db, order: Order, procedure: Procedure, addresses: Addresses) -> JsonObject:
    """Answer every value the paper may show; personal values come from records and stay in the paper."""
    dossier = await dossier_of(db, order.case)
    case = Case(order=order, procedure=procedure, dossier=dossier, at=order.at or datetime.now(UTC))
    values = await resolved(db, case=order.case, given=case.asked.get("values") or {})
    return {
        **await _letterhead(db, case),
        **_matter(case, addresses),
        **await _people(db, dossier),
        **await _entered(db, case),
        **_result(case),
        "reason": await sentence(db, _reason(case)) or REASONS.get(_reason_code(case)),
        "cause": CAUSES.get(_reason_code(case)),
        "ground": await sentence(db, case.asked.get("ground")),
        **await _own_part(db, case),
        **{name: in_words(value, "vi") if isinstance(value, str) else value for name, value in values.items()},
    }


def _reason(case: Case) -> Json:
    """Answer the reference of what the person who decided wrote."""
    text: Json = (case.asked.get("reason") or {}).get("text")
    return text


def _reason_code(case: Case) -> str:
    return str((case.asked.get("reason") or {}).get("code"))


async def _letterhead(db: Db, case: Case) -> JsonObject:
    unit_id = str(case.asked["unit"])
    unit = (await units(db, [unit_id]))[unit_id]
    above = (await units(db, [unit.parent])).get(unit.parent) if unit.parent else None
    name = unit.name["vi"]
    return {
        "form": case.asked.get("legal_form"),
        "superior": above.name["vi"] if above else None,
        "unit": f"{ONE_STOP} {name}" if case.document in OF_THE_ONE_STOP else name,
        "place": unit.contact.get("place"),
        "phone": _phone(unit, above),
        "day": date_in_words(day_of(case.at)),
    }


def _phone(unit: Unit, above: Unit | None) -> str | None:
    return unit.contact.get("phone") or (above.contact.get("phone") if above else None)


def _matter(case: Case, addresses: Addresses) -> JsonObject:
    code, procedure = case.asked.get("code"), case.procedure
    return {
        "code": code,
        "receipt": case.asked.get("receipt"),
        "lookup": addresses.lookup(code) if code else addresses.case(case.order.case),
        "request": f"{procedure.title['vi']} ({procedure.procedure})",
        "basis": ", ".join(procedure.basis),
        "channel": CHANNELS[case.dossier.channel],
        "filed_online": case.dossier.channel == "online",
        "submitted": _moment(_instant(case, "received") or case.dossier.submitted_at),
        "accepted": date_in_words(day_of(accepted)) if (accepted := _instant(case, "accepted")) else None,
        "due": in_words(case.asked.get("due"), "vi") or None,
        "original_due": in_words(case.asked.get("original_due"), "vi") or None,
    }


def _instant(case: Case, name: str) -> datetime | None:
    given = case.asked.get(name)
    return datetime.fromisoformat(given) if given else None


def _moment(instant: datetime) -> str:
    return f"{hour(instant)}, {weekday_and_date(day_of(instant))}"


async def _people(db: Db, dossier: Dossier) -> JsonObject:
    refs = {role: account_id(ref) or "" for role, ref in dossier.parties.items()}
    known = await contacts(db, list(refs.values()))
    people = {role: known[account] for role, account in refs.items() if account in known}
    submitter, owner = people.get("submitter"), people.get("owner")
    return {
        "submitter": _person(submitter) if submitter else {},
        "owner": owner.name if owner and owner != submitter else None,
    }


def _person(contact: Contact) -> JsonObject:
    return {"name": contact.name, "phone": contact.phone, "email": contact.email}


async def _entered(db: Db, case: Case) -> JsonObject:
    """The form as filed under `filed`, those of the steps under `steps`; labelled: `facts`, `found`, `lists`."""
    steps: dict[str, Json] = {}
    found: list[Json] = []
    for node, reference in (case.asked.get("forms") or {}).items():
        values = await form_values(db, case=case.order.case, reference=reference)
        # A line's values stand under its path; the step's own name comes last.
        step = node.rpartition("/")[2]
        fields = case.procedure.intake.form if step == "intake" else case.procedure.step(step).form
        steps[node] = shown_form(fields, values)
        found += labelled(fields, values) if "/" not in node else []
    reference = case.asked.get("form")
    filed = await form_values(db, case=case.order.case, reference=reference) if reference else {}
    return {
        "filed": shown_form(case.procedure.form, filed),
        "steps": steps,
        "facts": labelled(case.procedure.form, filed),
        "found": found,
        "lists": [
            {**listed(field, [row for row in rows if isinstance(row, dict)]), **await _decided(db, case, field.id)}
            for field in case.procedure.form
            if field.type == "rows" and isinstance(rows := filed.get(field.id), list)
        ],
    }


async def _decided(db: Db, case: Case, list: str) -> JsonObject:
    """Answer how each line of a list ended, and what was entered for it, in the order of the list."""
    told = case.asked.get("lines") or {}
    step = next((one for one in case.procedure.all_steps if isinstance(one, EachStep) and one.of == list), None)
    lines = sorted(told.get(step.id, ()), key=lambda line: int(line["line"])) if step else []
    return {"verdicts": [await _verdict(db, case, line) for line in lines]} if lines else {}


async def _verdict(db: Db, case: Case, line: Mapping[str, Any]) -> str:
    said = [VERDICTS.get(line.get("verdict", ""), "Đang giải quyết")]
    if line.get("verdict") == "refused" and (why := await sentence(db, (line.get("reason") or {}).get("text"))):
        said.append(why)
    for step, reference in (line.get("forms") or {}).items() if line.get("verdict") == "granted" else ():
        values = await form_values(db, case=case.order.case, reference=reference)
        found = labelled(case.procedure.step(step).form, values)
        said += [f"{one['label']} {in_one_line(one['value'])}" for one in found if isinstance(one, dict)]
    return ": ".join(said[:2]) + "".join(f"; {more}" for more in said[2:])


def _result(case: Case) -> JsonObject:
    """What the paper gives, in the words of the procedure."""
    result = case.procedure.result(case.asked["result"]) if case.asked.get("result") else None
    return {} if result is None else {"result": {"label": result.label["vi"], "code": result.code}}


async def _own_part(db: Db, case: Case) -> JsonObject:
    match case.document:
        case "receipt":
            received, accepted = _instant(case, "received") or case.at, _instant(case, "accepted") or case.at
            return receipts.part(
                case.procedure,
                case.dossier,
                limit=case.asked.get("limit"),
                fees=case.asked.get("fees") or (),
                received=received,
                accepted=accepted,
            )
        case "supplement_request":
            items = [{**item, "note": await sentence(db, item.get("note"))} for item in case.asked.get("items") or []]
            return requests.part(case.procedure, items, before_acceptance=not case.asked.get("code"))
        case "intake_refusal":
            return {"where": await sentence(db, await argument_beside(db, _reason(case), "where"))}
        case "apology_extension":
            return sla.apology(case.asked.get("due"), at=case.at)
        case "stop_notice":
            settled = await argument_beside(db, _reason(case), "settlement")
            return {"stopped": date_in_words(day_of(case.at)), "settlement": SETTLEMENTS.get(str(settled))}
    return {}
