"""An id keeps its meaning in later versions."""

from shutil import copytree

from procedures.language.check import check_procedure
from tests.procedures.language.house import House


def test_an_id_of_another_type_is_an_error(house: House) -> None:
    house.change("higher_rate: {type: boolean, default: false,", 'higher_rate: {type: text, default: "no",')
    later = _second_version(house)

    house.change('higher_rate: {type: text, default: "no",', "higher_rate: {type: boolean, default: false,", name=later)

    problems = check_procedure(house.path(later)).problems
    assert ["'higher_rate' was text in version 1"] == [one.message for one in problems if one.code == "id-changed-type"]


def test_a_step_of_another_kind_is_an_error(house: House) -> None:
    later = _second_version(house)
    call = "call: {connector: treasury, operation: pay, with: {amount: review.payable, account: form.account}, "
    task = "outcomes: {confirm: end}\n    task: {by: planning_finance, within: 1 hour, title: {vi: Chi trả, en: Pay}, "

    house.change(call, task, name=later)

    problems = check_procedure(house.path(later)).problems
    assert ["'pay' was call in version 1"] == [one.message for one in problems if one.code == "id-changed-type"]


def _second_version(house: House) -> str:
    first = house.file.parent
    copytree(first, first.parent / "v2")
    name = str((first.parent / "v2" / "procedure.yaml").relative_to(house.root))
    house.change("version: 1\n", "version: 2\n", name=name).change("from: 2025-07-01", "from: 2026-07-01", name=name)
    return name
