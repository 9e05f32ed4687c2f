"""The identity of a version: what people decide changes it, how the file is written does not."""

from procedures.json_types import canonical_json
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.identity import digest, resolved
from tests.procedures.language.house import House


def test_the_same_file_gives_the_same_digest(house: House, reimbursement: Procedure) -> None:
    assert reimbursement.digest == house.procedure().digest == digest(reimbursement)


def test_blanks_and_comments_do_not_change_it(house: House, reimbursement: Procedure) -> None:
    house.change("version: 1\n", "# moved\n\nversion:   1\n")

    assert reimbursement.digest == house.procedure().digest


def test_a_word_changes_it(house: House, reimbursement: Procedure) -> None:
    house.change("Số thẻ BHYT", "Mã thẻ BHYT")

    assert reimbursement.digest != house.procedure().digest


def test_a_value_of_the_profile_changes_it(house: House, reimbursement: Procedure) -> None:
    house.change("confirm_within: 4 working hours", "confirm_within: 5 working hours", name="profiles/nd118.yaml")

    assert reimbursement.digest != house.procedure().digest


def test_the_order_people_see_changes_it(house: House, reimbursement: Procedure) -> None:
    lines = house.file.read_text().splitlines(keepends=True)
    lines[10], lines[11] = lines[11], lines[10]
    house.write("".join(lines))

    assert reimbursement.digest != house.procedure().digest


def test_a_version_goes_through_json_unchanged(reimbursement: Procedure) -> None:
    document = reimbursement.model_dump_json(exclude_defaults=True)

    read = Procedure.model_validate_json(document)

    assert reimbursement == read
    assert digest(read) == reimbursement.digest


def test_a_version_of_later_code_is_read_without_what_it_added(reimbursement: Procedure) -> None:
    document = reimbursement.model_dump(mode="json") | {"invented_later": {"x": 1}}

    assert reimbursement == Procedure.model_validate(document)


def test_the_resolved_text_has_no_place_of_a_machine(reimbursement: Procedure) -> None:
    text = canonical_json(resolved(reimbursement)).decode()

    assert "procedure.yaml" not in text and "checked" not in text
    assert canonical_json({"b": 1, "a": "ễ"}) == '{"a":"ễ","b":1}'.encode()
