"""What the applicant must say and hand in."""

from tests.procedures.language.house import CODE, House

SOURCE = (
    ", satisfied_by: [upload, store, database], source: {connector: population, operation: identity, consent: true}"
)


def test_no_documents_at_all_is_a_warning(house: House) -> None:
    text = house.file.read_text()
    house.write(text[: text.index("documents:\n")] + text[text.index("deadline:") :])

    assert "no-documents" in house.codes()


def test_an_original_and_a_copy_of_the_same_are_suspect(house: House) -> None:
    house.change('model: "Mẫu số 11", original: 1', 'model: "Mẫu số 11", original: 1, copy: 1')

    [problem] = house.problems()

    assert problem.startswith("procedure.yaml:19:")
    assert "count-suspect 'shortage_slip': original and copy both demanded (or is it either: 1?)" in problem


def test_what_a_database_knows_need_not_be_handed_in(house: House) -> None:
    house.change(SOURCE, "")

    problems = house.problems()

    assert [
        "procedure.yaml:16:3: paper-replaceable-by-data 'identity' can be taken from 'population' "
        "(satisfied_by: [upload, store, database])"
    ] == problems


def test_a_field_nobody_reads_need_not_be_asked(house: House) -> None:
    house.change(
        "  account: {like",
        "  remote: {type: boolean, default: false, label: {vi: Vùng xa, en: Remote}}\n  account: {like",
    )

    problems = house.problems()

    assert [
        "procedure.yaml:13:3: optional-never-used 'remote' is asked but never used (ask for no more than is needed)"
    ] == problems


def test_a_template_reads_too(house: House) -> None:
    house.change(
        "  account: {like",
        "  remark: {type: text, required: false, label: {vi: Ghi chú, en: Remark}}\n  account: {like",
    )

    house.change('filed.at("card_number"', 'filed.at("remark"', name=f"{CODE}/templates/decision.typ")

    assert [] == house.problems()


def test_a_template_that_is_not_there(house: House) -> None:
    house.change("template: decision,", "template: decison,")

    problems = house.problems()

    assert ["procedure.yaml:31:26: template-missing no template 'decison' (did you mean 'decision'?)"] == problems
