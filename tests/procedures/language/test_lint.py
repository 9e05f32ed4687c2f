"""What may stand only with an override, and overrides that answer for nothing."""

from tests.procedures.language.house import CODE, House

OVERRIDES = "overrides:\n"
RECORD = "catalogue/bhxh/published.yaml"


def test_a_limit_the_record_does_not_have_needs_an_override(house: House) -> None:
    _without_overrides(house)

    problems = house.problems()

    assert [
        "procedure.yaml:21:1: deadline-contradicts-catalogue counter: record says 25, 5, 50, this file 25 "
        "(see its note; override with ground)",
        "procedure.yaml:21:1: deadline-contradicts-catalogue online: record says 25, 5, 50, this file 25 "
        "(see its note; override with ground)",
    ] == problems


def test_an_override_answers_for_it_and_is_shown_to_who_approves(house: House) -> None:
    checked = house.check()

    assert () == checked.problems
    assert ["deadline-contradicts-catalogue"] * 2 == [problem.code for problem in checked.corrected]
    assert checked.procedure is not None
    assert checked.procedure.overrides[0].ground.startswith("Bảng công bố ghi thêm")


def test_an_override_of_nothing_is_an_error(house: House) -> None:
    house.change('["25 ngày", "5 ngày làm việc", "50 ngày"]\n    results', '["25 ngày"]\n    results', name=RECORD)
    text = house.path(RECORD).read_text()
    house.path(RECORD).write_text(text.replace('["25 ngày", "5 ngày làm việc", "50 ngày"]', '["25 ngày"]'))

    problems = house.problems()

    assert ["procedure.yaml:38:12: override-unused nothing to override at 'deadline' (remove the override)"] == problems


def test_a_procedure_the_catalogue_does_not_know_is_not_compared(house: House) -> None:
    _without_overrides(house)
    house.path(RECORD).unlink()

    assert [] == house.problems()


def test_the_unit_of_a_limit_is_compared_with_the_record(house: House) -> None:
    house.change("within: 25 calendar days, counted", "within: 25 calendar days excluding public holidays, counted")

    problems = house.problems()

    assert [
        f"procedure.yaml:21:1: unit-contradicts-catalogue {channel}: this file says "
        "'25 calendar days excluding public holidays', the record '25 ngày' (override with ground)"
        for channel in ("counter", "online")
    ] == problems


def test_two_scenarios_are_the_least(house: House) -> None:
    house.path(f"{CODE}/scenarios.yaml").write_text('scenarios: "1.014140"\ncalendars: [vn-2026]\ncases: []\n')

    assert ["scenario-missing"] == house.codes()


def _without_overrides(house: House) -> None:
    text = house.file.read_text()
    house.write(text[: text.index(OVERRIDES)] + text[text.index("scenarios:") :])
