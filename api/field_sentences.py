"""What is wrong with a field of a body or an address, as its reader reads it."""

from collections.abc import Mapping
from types import MappingProxyType

_WHOLE = "Ghi một số nguyên."
_INSTANT = "Ghi một thời điểm có múi giờ, ví dụ 2026-11-12T09:40:00+07:00."
_OBJECT = "Ghi một đối tượng JSON."

# By pydantic's kind of error; our own kinds bring their sentence along.
_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "Thiếu mục này.",
        "extra_forbidden": "Không có mục nào tên như vậy; bỏ đi.",
        "string_type": "Ghi một chuỗi ký tự.",
        "string_too_short": "Ít nhất {min_length} ký tự.",
        "string_too_long": "Nhiều nhất {max_length} ký tự.",
        "string_pattern_mismatch": "Ghi đúng mẫu {pattern}.",
        "int_type": _WHOLE,
        "int_parsing": _WHOLE,
        "bool_type": "Ghi true hoặc false.",
        "bool_parsing": "Ghi true hoặc false.",
        "list_type": "Ghi một danh sách.",
        "too_long": "Nhiều nhất {max_length} phần tử.",
        "too_short": "Ít nhất {min_length} phần tử.",
        "dict_type": _OBJECT,
        "model_type": _OBJECT,
        "model_attributes_type": _OBJECT,
        "literal_error": "Chọn một trong: {expected}.",
        "greater_than_equal": "Ít nhất là {ge}.",
        "less_than_equal": "Nhiều nhất là {le}.",
        "less_than": "Phải nhỏ hơn {lt}.",
        "datetime_type": _INSTANT,
        "datetime_parsing": _INSTANT,
        "datetime_from_date_parsing": _INSTANT,
        "timezone_aware": _INSTANT,
        "value_error": "Gửi một tệp, có tên.",
    }
)


def field_sentence(kind: str, message: str, context: Mapping[str, object]) -> str:
    """Say what to do; a kind nobody has met yet keeps the words it came with."""
    return _SENTENCES[kind].format_map(context).replace(" or ", " hoặc ") if kind in _SENTENCES else message
