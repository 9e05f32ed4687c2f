"""What people read about a case: the public words of its phases, the names of entries and clocks, in two languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflows.core.table import Phase

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the public words of a case speak of: texts as they are to be shown, None where there is none."""

    unit: str | None = None
    due: str | None = None
    answer_by: str | None = None
    reason: str | None = None
    where: str | None = None
    fee_by: str | None = None
    promised: str | None = None
    fee_is_owed: bool = False
    late: bool = False
    time_runs_on: bool = False
    without_signature: bool = False
    on_its_way: bool = False
    replacing: bool = False


@dataclass(frozen=True, slots=True)
class PublicWords:
    """The state in one sentence, what else must be known, and what the citizen does next (empty: nothing)."""

    state: str
    additions: tuple[str, ...]
    following: str


# Phase, or a case of it, to (state, next) in Vietnamese and in English.
_PUBLIC: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = MappingProxyType(
    {
        "submitted": (("Đã nhận hồ sơ gửi đến, chờ kiểm tra", ""), ("Received, waiting to be checked", "")),
        "accepting": (("Đã nhận hồ sơ gửi đến, chờ kiểm tra", ""), ("Received, waiting to be checked", "")),
        "guided": (
            ("Cần bổ sung giấy tờ trước khi tiếp nhận", "Ông/bà gửi giấy tờ chậm nhất {answer_by}"),
            ("Papers needed before acceptance", "Send by {answer_by}"),
        ),
        "accepted": (("Đã tiếp nhận", "Hạn trả kết quả: {due}"), ("Accepted", "Due {due}")),
        "processing": (
            ("Đang giải quyết tại {unit}", "Hạn trả kết quả: {due}"),
            ("Being handled at {unit}", "Due {due}"),
        ),
        "supplementing": (
            ("Cần bổ sung giấy tờ; thời hạn tạm dừng", "Ông/bà gửi giấy tờ chậm nhất {answer_by}"),
            ("Papers needed; time stands still", "Send by {answer_by}"),
        ),
        "supplementing, time runs on": (
            ("Cần bổ sung giấy tờ; thời hạn vẫn tính", "Ông/bà gửi giấy tờ chậm nhất {answer_by}"),
            ("Papers needed; time runs on", "Send by {answer_by}"),
        ),
        "awaiting_fee": (
            ("Chờ nộp phí, lệ phí", "Ông/bà nộp chậm nhất {fee_by}"),
            ("Waiting for the fee", "Pay by {fee_by}"),
        ),
        "consulting": (
            ("Đang lấy ý kiến cơ quan liên quan", "Hạn trả kết quả: {due}"),
            ("Other agencies are being asked", "Due {due}"),
        ),
        "signing": (("Đang trình ký", "Hạn trả kết quả: {due}"), ("Waiting for signature", "Due {due}")),
        "resolved": (
            ("Đã có kết quả, mời nhận", "Ông/bà đến nhận kết quả"),
            ("Result ready", "Collect the result"),
        ),
        "resolved, on its way": (
            ("Đã có kết quả, mời nhận", "Kết quả đang được gửi đến ông/bà"),
            ("Result ready", "The result is on its way"),
        ),
        "delivered": (("Đã trả kết quả", "Mời ông/bà đánh giá"), ("Result delivered", "Rate the service")),
        "delivered, replacing": (("Đang đính chính kết quả", ""), ("Result being corrected", "")),
        "refused": (
            ("Không tiếp nhận: {reason}", "Ông/bà có thể nộp hồ sơ mới"),
            ("Not accepted: {reason}", "File anew"),
        ),
        "refused, elsewhere": (
            ("Không tiếp nhận: {reason}", "Mời ông/bà đến {where}"),
            ("Not accepted: {reason}", "Go to {where}"),
        ),
        "withdrawn": (
            ("Đã rút theo yêu cầu", "Ông/bà nhận lại giấy tờ đã nộp"),
            ("Withdrawn at your request", "Collect your papers"),
        ),
        "stopped": (
            ("Dừng giải quyết: {reason}", "Ông/bà làm theo thông báo đã gửi"),
            ("Stopped: {reason}", "Do as the notice says"),
        ),
        "closed": (("Đã lưu trữ", ""), ("Archived", "")),
    }
)

# How far a branch is, said after its label.
BRANCH_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "open": ("đang giải quyết", "being handled"),
        "held": ("đang chờ bổ sung hoặc chờ bộ phận một cửa", "waiting for papers or for the one-stop desk"),
        "granted": ("đã xong", "done"),
        "refused": ("không được chấp thuận", "not granted"),
        "dropped": ("không còn cần", "no longer needed"),
    }
)

_FEE = ("Phí, lệ phí cần nộp", "Fee to be paid")
_FEE_BY = ("Phí, lệ phí cần nộp trước {fee_by}", "Fee to be paid by {fee_by}")
_LATE = ("Quá hạn; cơ quan xin lỗi", "Overdue; the agency apologises")
_LATE_PROMISED = ("Quá hạn; cơ quan xin lỗi, dự kiến {promised}", "Overdue; the agency apologises, expected {promised}")

# Past participles of the journal, in the order of a life.
ENTRY_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "submitted": ("Đã nộp hồ sơ", "Submitted"),
        "amended": ("Đã sửa thông tin", "Amended"),
        "linked": ("Đã liên kết hồ sơ", "Linked"),
        "alias_added": ("Đã thêm mã khác", "Other code added"),
        "rated": ("Đã đánh giá", "Rated"),
        "corrected": ("Đã đính chính mục ghi", "Entry corrected"),
        "acceptance_begun": ("Bắt đầu tiếp nhận", "Acceptance begun"),
        "accepted": ("Đã tiếp nhận", "Accepted"),
        "acceptance_returned": ("Chưa tiếp nhận được, trả về kiểm tra", "Acceptance returned"),
        "limit_set": ("Đã xác định thời hạn", "Limit set"),
        "refused": ("Không tiếp nhận", "Not accepted"),
        "supplement_asked": ("Đã lập yêu cầu bổ sung", "Supplement asked"),
        "supplement_sent": ("Đã gửi yêu cầu bổ sung", "Request for supplement sent"),
        "supplement_received": ("Đã nhận giấy tờ bổ sung", "Supplement received"),
        "supplement_completed": ("Giấy tờ bổ sung đã đủ", "Supplement complete"),
        "supplement_found_incomplete": ("Giấy tờ bổ sung chưa đủ", "Supplement found incomplete"),
        "supplement_cancelled": ("Đã hủy yêu cầu bổ sung", "Supplement cancelled"),
        "handed_over": ("Đã chuyển bàn giao", "Handed over"),
        "handover_confirmed": ("Đã xác nhận bàn giao", "Hand-over confirmed"),
        "handover_rejected": ("Không nhận bàn giao", "Hand-over rejected"),
        "recalled": ("Đã thu hồi bàn giao", "Recalled"),
        "retargeted": ("Đã đổi đơn vị giải quyết", "Moved to another unit"),
        "task_opened": ("Đã giao việc", "Task opened"),
        "task_completed": ("Đã hoàn thành việc", "Task completed"),
        "task_cancelled": ("Đã hủy việc", "Task cancelled"),
        "token_held": ("Bước đang chờ", "Step held"),
        "step_skipped": ("Đã bỏ qua bước", "Step skipped"),
        "decided": ("Đã xác định theo quy tắc", "Decided by rule"),
        "called": ("Đã nhận trả lời của hệ thống khác", "Other system answered"),
        "waited": ("Đã chờ xong", "Wait over"),
        "message_taken": ("Đã nhận thông điệp", "Message taken"),
        "message_held": ("Đã giữ thông điệp", "Message held"),
        "subcase_ended": ("Hồ sơ liên quan đã có kết quả", "Sub-case ended"),
        "notified": ("Đã thông báo", "Notified"),
        "returned": ("Đã trả lại bước trước", "Sent back"),
        "forwarded": ("Đã chuyển tiếp", "Forwarded"),
        "branched": ("Đã mở các nhánh", "Branches opened"),
        "branch_cancelled": ("Đã hủy nhánh", "Branch cancelled"),
        "opinion_given": ("Đã có ý kiến", "Opinion given"),
        "opinion_replaced": ("Đã thay ý kiến", "Opinion replaced"),
        "joined": ("Các nhánh đã xong", "Branches joined"),
        "joined_on_ground": ("Đi tiếp khi chưa đủ ý kiến", "Went on without all opinions"),
        "drafted": ("Đã soạn văn bản", "Drafted"),
        "signed": ("Đã ký", "Signed"),
        "signature_refused": ("Không ký", "Signature refused"),
        "numbered": ("Đã cấp số văn bản", "Numbered"),
        "issued": ("Đã ban hành", "Issued"),
        "result_superseded": ("Bản thảo không còn dùng", "Draft superseded"),
        "result_replaced": ("Đã thay kết quả", "Result replaced"),
        "resolved": ("Đã có kết quả", "Resolved"),
        "reopened": ("Đã mở lại", "Reopened"),
        "correction_opened": ("Bắt đầu đính chính kết quả", "Correction opened"),
        "correction_dropped": ("Không đính chính", "Correction dropped"),
        "dispatched": ("Đã gửi kết quả", "Dispatched"),
        "delivered": ("Đã trả kết quả", "Delivered"),
        "delivery_returned": ("Kết quả bị gửi trả lại", "Delivery returned"),
        "uncollected": ("Kết quả chưa có người nhận", "Uncollected"),
        "fee_asked": ("Đã thông báo nộp phí, lệ phí", "Fee asked"),
        "paid": ("Đã nộp phí, lệ phí", "Paid"),
        "fee_waived": ("Đã miễn phí, lệ phí", "Fee waived"),
        "payment_reversed": ("Khoản nộp bị hoàn lại", "Payment reversed"),
        "fee_expired": ("Hết hạn nộp phí, lệ phí", "Time for the fee expired"),
        "extended": ("Đã gia hạn", "Extended"),
        "apologised": ("Đã xin lỗi", "Apologised"),
        "apology_drafted": ("Đã soạn thư xin lỗi, đề nghị gia hạn", "Apology drafted"),
        "extension_closed": ("Hết thời gian duyệt gia hạn", "Time for extension ended"),
        "limit_switched": ("Đã chuyển thời hạn do xác minh", "Limit switched"),
        "recomputed": ("Đã tính lại thời hạn", "Recomputed"),
        "variant_changed": ("Đã đổi trường hợp", "Variant changed"),
        "warned": ("Đã nhắc sắp đến hạn", "Warned"),
        "reminded": ("Đã nhắc", "Reminded"),
        "overdue": ("Quá hạn", "Overdue"),
        "escalated": ("Đã báo cấp trên", "Escalated"),
        "urged": ("Đã đôn đốc", "Urged"),
        "ask_by_passed": ("Hết hạn yêu cầu bổ sung", "Time for asking ended"),
        "window_expired": ("Hết hạn bổ sung", "Time for the supplement ended"),
        "found_quiet": ("Hồ sơ lâu không có tiến triển", "Found quiet"),
        "proposed": ("Đã đề xuất", "Proposed"),
        "approved": ("Đã duyệt", "Approved"),
        "denied": ("Không duyệt", "Denied"),
        "migrated": ("Đã chuyển phiên bản thủ tục", "Migrated"),
        "route_reset": ("Đã đặt lại quy trình", "Route reset"),
        "withdrawn": ("Đã rút hồ sơ", "Withdrawn"),
        "withdrawal_deferred": ("Yêu cầu rút chờ trả lời của người ký", "Withdrawal deferred"),
        "withdrawal_denied": ("Không rút được vì đã có kết quả", "Withdrawal denied"),
        "stopped": ("Dừng giải quyết", "Stopped"),
        "archived": ("Đã lưu trữ", "Archived"),
        "incident_opened": ("Có sự cố", "Incident opened"),
        "incident_resolved": ("Đã xử lý sự cố", "Incident resolved"),
    }
)

# In the order in which clocks due at one instant fire: lateness is known before anything that ends or suspends.
CLOCK_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "legal": ("Thời hạn giải quyết", "Legal limit"),
        "window": ("Hạn bổ sung giấy tờ", "Applicant's window"),
        "fee": ("Hạn nộp phí, lệ phí", "Payer's window"),
        "intake": ("Hạn kiểm tra hồ sơ gửi đến", "Intake check"),
        "check": ("Hạn kiểm tra giấy tờ bổ sung", "Check of the supplement"),
        "ask_by": ("Hạn yêu cầu bổ sung", "Agency's ask-by"),
        "step": ("Thời gian của bước", "Step budget"),
        "reply": ("Hạn trả lời ý kiến", "Reply of the asked agency"),
        "confirm": ("Hạn xác nhận bàn giao", "Confirmation of the hand-over"),
        "transfer": ("Hạn chuyển hồ sơ", "Transfer of the file"),
        "wait": ("Hạn chờ", "Wait"),
        "answer": ("Hạn trả lời của hệ thống khác", "Answer of another system"),
        "collect": ("Thời gian chờ nhận kết quả", "Collection of the result"),
        "settle": ("Thời gian trước khi lưu trữ", "Settling before the archive"),
        "quiet": ("Theo dõi hồ sơ không tiến triển", "Quiet watch"),
    }
)


def public_words(phase: Phase, language: str, facts: Facts) -> PublicWords:
    """Say to the citizen where the case is; phase `new` has no words, since nothing has been sent."""
    state, following = _PUBLIC[_case_of(phase, facts)][LANGUAGES.index(language)]
    additions = tuple(_fill(text, facts) for text in _additions(phase, facts, LANGUAGES.index(language)))
    return PublicWords(_fill(state, facts), additions, _fill(following, facts) if _is_known(following, facts) else "")


def branch_words(label: Mapping[str, str], state: str, language: str) -> str:
    """Say to the citizen how far one branch is: `Cấp thẻ BHYT: đang giải quyết`."""
    named = label.get(language) or label.get(LANGUAGES[0], "")
    return f"{named}: {BRANCH_STATES[state][LANGUAGES.index(language)]}"


def entry_name(kind: str, language: str) -> str:
    return ENTRY_NAMES[kind][LANGUAGES.index(language)]


def clock_name(kind: str, language: str) -> str:
    return CLOCK_NAMES[kind][LANGUAGES.index(language)]


def _case_of(phase: Phase, facts: Facts) -> str:
    match phase:
        case Phase.SUPPLEMENTING if facts.time_runs_on:
            return "supplementing, time runs on"
        case Phase.SIGNING if facts.without_signature:
            return "processing"
        case Phase.RESOLVED if facts.on_its_way:
            return "resolved, on its way"
        case Phase.DELIVERED if facts.replacing:
            return "delivered, replacing"
        case Phase.REFUSED if facts.where:
            return "refused, elsewhere"
    return phase.value


def _additions(phase: Phase, facts: Facts, language: int) -> Iterator[str]:
    if (facts.fee_is_owed or facts.fee_by) and phase is not Phase.AWAITING_FEE:
        yield (_FEE_BY if facts.fee_by else _FEE)[language]
    if facts.late:
        yield (_LATE_PROMISED if facts.promised else _LATE)[language]


def _is_known(text: str, facts: Facts) -> bool:
    """A date that is not set yet is not announced: of a request that has not left, the window has not begun."""
    return all(getattr(facts, name) for name in re.findall(r"\{(\w+)\}", text))


def _fill(text: str, facts: Facts) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: getattr(facts, match[1]) or "…", text)
