from records.names import name_key


def test_names_are_sorted_as_a_vietnamese_list_is() -> None:
    """Given name first; đ after d, â after ă after a; tones only where letters agree."""
    names = [
        "Trần Minh An",
        "Nguyễn Văn Ánh",
        "Lê Thị Ân",
        "Bùi Văn Bá",
        "Vũ Tiến Dũng",
        "Phạm Thị Đào",
        "Hoàng Lê Mai",
        "Hoàng Văn Mai",
        "Hồ Văn Ơn",
        "Đỗ Thị Thu",
        "Ngô Anh Thư",
    ]

    by_code_point = sorted(names)

    assert names == sorted(by_code_point, key=name_key)


def test_tones_are_sorted_in_dictionary_order() -> None:
    names = ["ma", "mà", "mả", "mã", "má", "mạ"]

    by_code_point = sorted(names)

    assert names == sorted(by_code_point, key=name_key)
