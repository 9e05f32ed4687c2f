"""What an operator reads of the clocks of a case."""

from cli.cases import told
from tests.workflows.core.life import accepted
from workflows.core import machine


def test_a_clock_is_told_with_its_rule_its_sum_and_every_day() -> None:
    life = accepted()

    said = list(told(machine.explain(life.pin, life.state, "legal"), "vi"))

    assert said[0] == "legal (legal, running): 25 calendar days, declared by deadline[0]"
    assert said[3].endswith("Ngày thứ 25 là thứ Sáu 27/03/2026: hết hạn lúc 24:00 ngày đó.")
    assert said[4] == "    Lúc 09:00 thứ Hai 02/03/2026: thời hạn bắt đầu, ngày này không tính [I1]"
    assert said[-2] == "    Lúc 24:00 thứ Sáu 27/03/2026: hết hạn [I4]"
    assert said[-1] == "  due 2026-03-27 23:59 (calendars vn-2025, vn-2026, vn-2027)"
