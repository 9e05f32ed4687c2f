"""The words between the facts, where versions are told and told apart, in English and Vietnamese."""

from collections.abc import Mapping

SAID: Mapping[str, Mapping[str, str]] = {
    "yes": {"en": "yes", "vi": "có"},
    "no": {"en": "no", "vi": "không"},
    "and": {"en": " and ", "vi": " và "},
    "otherwise": {"en": "otherwise", "vi": "còn lại"},
    "quoted": {"en": "“{text}”", "vi": "“{text}”"},
    "step": {"en": "step {id}", "vi": "bước {id}"},
    "quoted step": {"en": "step {id} “{text}”", "vi": "bước {id} “{text}”"},
    "is": {"en": "{text} is yes", "vi": "{text} là có"},
    "is not": {"en": "{text} is no", "vi": "{text} là không"},
    # Names that stand for whoever it is.
    "competent": {"en": "the deciding unit", "vi": "nơi giải quyết"},
    "receiving": {"en": "the receiving unit", "vi": "nơi nhận hồ sơ"},
    "holder": {"en": "who has the task", "vi": "người đang giữ việc"},
    "head": {"en": "the head", "vi": "phụ trách"},
    "handler": {"en": "who handles it", "vi": "người đang xử lý"},
    "caller": {"en": "the step that led here", "vi": "bước đã dẫn đến đây"},
    # Outcomes of steps that choose by themselves.
    "granted": {"en": "granted", "vi": "được chấp thuận"},
    "partly": {"en": "granted in part", "vi": "được chấp thuận một phần"},
    "refused": {"en": "refused", "vi": "bị từ chối"},
    "ended": {"en": "withdrawn or stopped", "vi": "rút hoặc dừng"},
    "paid": {"en": "paid", "vi": "đã nộp"},
    "expired": {"en": "time ran out", "vi": "hết hạn"},
    "arrived": {"en": "arrived", "vi": "đã đến"},
    "passed": {"en": "time has passed", "vi": "đã qua thời gian chờ"},
    "done": {"en": "done", "vi": "xong"},
    # Targets.
    "end": {"en": "the end, granted", "vi": "kết thúc, chấp thuận"},
    "end_refused": {"en": "the end, refused", "vi": "kết thúc, từ chối"},
    "refuse": {"en": "the written refusal", "vi": "văn bản từ chối"},
    "desk": {"en": "the one-stop desk", "vi": "bộ phận một cửa"},
    "supplement": {"en": "the request for supplement", "vi": "yêu cầu bổ sung"},
    "stop": {"en": "the proposal to stop", "vi": "đề nghị dừng"},
    "agency": {"en": "the agency", "vi": "cơ quan"},
    "submitter": {"en": "whoever files", "vi": "người nộp"},
    # A version in one page.
    "own life": {
        "en": "The life of every case, as this procedure sets it",
        "vi": "Phần chung của mọi hồ sơ, thủ tục này quy định riêng",
    },
    "common life": {
        "en": "The life of every case, as profile {profile} sets it",
        "vi": "Phần chung của mọi hồ sơ, theo bộ tham số {profile}",
    },
    # Differences.
    "new": {"en": "new {thing}{facts}", "vi": "thêm {thing}{facts}"},
    "gone": {"en": "no more {thing}", "vi": "bỏ {thing}"},
    "changed": {"en": "was {old}, now {new}", "vi": "trước là {old}, nay là {new}"},
    "set": {"en": "now {new}", "vi": "nay là {new}"},
    "unset": {"en": "was {old}, now nothing", "vi": "trước là {old}, nay không còn"},
    "more": {"en": "added {new}", "vi": "thêm {new}"},
    "less": {"en": "dropped {old}", "vi": "bỏ {old}"},
    "more and less": {"en": "added {new}; dropped {old}", "vi": "thêm {new}; bỏ {old}"},
    "reordered": {"en": "every {thing} stands in another order", "vi": "thứ tự {thing} thay đổi"},
    "citizens": {"en": "Citizens notice", "vi": "Người dân nhận thấy"},
    "officers": {"en": "Officers notice", "vi": "Cán bộ nhận thấy"},
    "clocks": {"en": "Clocks notice", "vi": "Thời hạn thay đổi"},
    "ground": {"en": "Law and systems behind it", "vi": "Căn cứ và hệ thống phía sau"},
    "nothing": {
        "en": "Nothing a person or a clock notices has changed.",
        "vi": "Không có thay đổi nào mà người dân, cán bộ hay thời hạn nhận thấy.",
    },
}
