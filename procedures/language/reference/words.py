"""The words between the facts of the reference, in English and Vietnamese."""

from collections.abc import Mapping

SAID: Mapping[str, Mapping[str, str]] = {
    "made": {
        "en": "For designers. Made from the tables of the language: `make pages` renews it, nobody edits it.",
        "vi": "Dành cho người thiết kế quy trình. "
        "Trang này được tạo từ bảng từ vựng của ngôn ngữ (`make pages`), không sửa bằng tay.",
    },
    "this page": {"en": "In English", "vi": "Tiếng Việt"},
    "reference": {"en": "Reference of the procedure language", "vi": "Tra cứu ngôn ngữ khai báo thủ tục"},
    "index": {
        "en": "Every key of every file, with type, default, meaning and the error codes it gives. "
        "Editors show the same beside the text ([editor](../editor.md)).",
        "vi": "Mọi khóa của mọi tệp: kiểu, mặc định, ý nghĩa và mã lỗi. "
        "Trình soạn thảo hiển thị cùng nội dung ngay bên cạnh ([trình soạn thảo](../editor.md)).",
    },
    "page": {"en": "page", "vi": "trang"},
    "objects": {"en": "objects", "vi": "đối tượng"},
    "stands in": {"en": "Stands in", "vi": "Nằm trong"},
    "also": {"en": "Also the keys of", "vi": "Thêm các khóa của"},
    "key": {"en": "key", "vi": "khóa"},
    "type": {"en": "type", "vi": "kiểu"},
    "default": {"en": "default", "vi": "mặc định"},
    "meaning": {"en": "meaning", "vi": "ý nghĩa"},
    "errors": {"en": "errors", "vi": "mã lỗi"},
    "required": {"en": "required", "vi": "bắt buộc"},
    "profile": {"en": "from the profile", "vi": "theo bộ tham số"},
    "one word": {"en": "one word", "vi": "một từ"},
    "name of": {"en": "name of", "vi": "tên"},
    "list of": {"en": "list of", "vi": "danh sách"},
    "one or list of": {"en": "one or list of", "vi": "một hoặc danh sách"},
    "map of": {"en": "id →", "vi": "mã →"},
    "map of any": {"en": "name →", "vi": "tên →"},
    "or": {"en": "or", "vi": "hoặc"},
    "values": {"en": "Kinds of values, targets and names", "vi": "Kiểu giá trị, bước đến và tên"},
    "kind": {"en": "kind", "vi": "kiểu"},
    "written": {"en": "written", "vi": "cách ghi"},
    "targets": {"en": "Targets", "vi": "Bước đến"},
    "target": {"en": "target", "vi": "bước đến"},
    "names": {"en": "Names", "vi": "Tên"},
    "name": {"en": "name", "vi": "tên"},
    "declared in": {"en": "declared in", "vi": "khai báo ở"},
}
