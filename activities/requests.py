"""The own part of a request for supplement: every item once, by when, and what follows otherwise (Mẫu số 02)."""

from collections.abc import Mapping, Sequence

from procedures.json_types import Json, JsonObject
from procedures.language.model.life import Supplement
from procedures.language.model.procedure import Procedure
from procedures.time.spoken import spoken

KINDS = {"missing": "Còn thiếu", "incorrect": "Chưa đúng", "outdated": "Hết hạn"}
# What to do, where the officer wrote nothing more exact.
TODO = {
    "missing": "Nộp giấy tờ này",
    "incorrect": "Nộp bản đúng thay bản đã nộp",
    "outdated": "Nộp bản còn giá trị thay bản đã nộp",
}
OTHERWISE = {
    "stop": "chúng tôi dừng giải quyết hồ sơ; ông/bà có thể nộp hồ sơ mới.",
    "refuse": "chúng tôi trả lời từ chối trên giấy tờ đang có.",
    "ask_officer": "chúng tôi xem xét, rồi báo ông/bà hồ sơ được giải quyết tiếp hay dừng.",
    "continue": "chúng tôi giải quyết trên giấy tờ đang có.",
}
# Before acceptance nothing is stopped and nothing is decided: core.md section 4, clock `window`.
OTHERWISE_AT_INTAKE = {
    "stop": "chúng tôi không tiếp nhận hồ sơ; ông/bà có thể nộp hồ sơ mới.",
    "refuse": "chúng tôi không tiếp nhận hồ sơ; ông/bà có thể nộp hồ sơ mới.",
}


def part(procedure: Procedure, items: Sequence[Mapping[str, Json]], *, before_acceptance: bool) -> JsonObject:
    rules = procedure.supplement
    at_intake = OTHERWISE_AT_INTAKE.get(rules.on_expiry, OTHERWISE["ask_officer"])
    return {
        "items": [_item(procedure, item) for item in items],
        "window": spoken(rules.answer_within, "vi") if rules.answer_within else None,
        "otherwise": at_intake if before_acceptance else OTHERWISE[rules.on_expiry],
        "effect": _started_at_acceptance() if before_acceptance else _effect(rules),
    }


def _item(procedure: Procedure, item: Mapping[str, Json]) -> Json:
    kind = str(item["kind"])
    return {"name": _name(procedure, str(item["id"])), "kind": KINDS[kind], "todo": item.get("note") or TODO[kind]}


def _name(procedure: Procedure, id: str) -> str:
    named = procedure.field(id.removeprefix("form.")) if id.startswith("form.") else procedure.document(id)
    return named.label["vi"] if named else id


def _started_at_acceptance() -> str:
    return "chưa bắt đầu; tính từ khi chúng tôi tiếp nhận hồ sơ đủ giấy tờ."


def _effect(rules: Supplement) -> str:
    match rules.effect:
        case "restart":
            return "tính lại từ đầu, kể từ ngày chúng tôi nhận đủ giấy tờ bổ sung."
        case "replace":
            return f"{spoken(rules.new_limit or 'no limit', 'vi')}, kể từ ngày chúng tôi nhận đủ giấy tờ bổ sung."
        case "pause":
            return "dừng tính trong khi chờ giấy tờ bổ sung, rồi tính tiếp."
        case "none":
            return "vẫn tính như đã hẹn."
