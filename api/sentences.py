"""What records refuse, as the person at the desk or at home reads it; records themselves speak to programs and logs."""

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "command-id-reused": "Idempotency-Key này đã dùng cho một việc khác: lấy mã mới cho việc mới.",
        "not-found": "Không tìm thấy, hoặc ông/bà không được xem.",
        "no-such-task": "Việc này không có ở bàn của ông/bà.",
        "task-closed": "Việc này đã xong; tải lại danh sách để xem việc còn lại.",
        "claimed-by-another": "Đồng nghiệp đã nhận việc này: nhờ họ trả lại, hoặc nhờ trưởng bộ phận giao lại.",
        "not-claimed": "Việc này chưa ai nhận.",
        "wrong-duty": "Hôm nay ông/bà không được giao phần việc này.",
        "wrong-holder": "Cán bộ đó hôm nay không làm được việc này: chọn người khác.",
        "login-refused": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "too-many-attempts": "Đã thử quá nhiều lần: chờ một lát rồi thử lại.",
        "file-empty": "Tệp trống: chọn tệp khác.",
        "file-too-large": "Tệp lớn hơn 10 MB: chụp nhỏ lại hoặc chia thành nhiều tệp.",
        "file-type-unknown": "Không nhận loại tệp này: gửi PDF, JPG, PNG hoặc TIFF.",
        "file-type-mismatch": "Nội dung tệp không đúng với đuôi tên tệp: lưu lại cho đúng hoặc chọn tệp khác.",
    }
)
