from tests.workflows.core.joint import HEAD, Joint, routed
from tests.workflows.core.life import pin_of
from workflows.core.state import TrackState

FORM = """
form:
  rate: {type: integer, required: false, label: {vi: Mức, en: Rate}}
"""
STEPS = """
  - id: choose
    decide:
      - {when: has(form.rate) && form.rate > 10, then: high}
      - {when: has(form.rate) && 10 / form.rate > 1, then: low}
      - {otherwise: refuse}
  - id: high
    task: {by: benefits, title: {vi: Cao, en: High}, result: paper}
    outcomes: {confirm: end}
  - id: low
    task: {by: collection, title: {vi: Thấp, en: Low}, result: paper}
    outcomes: {confirm: end}
"""


def decided(**facts: int) -> Joint:
    return Joint(routed(STEPS, head=HEAD + FORM)).accept(facts=facts)


def test_the_first_row_that_fits_names_where_the_case_goes() -> None:
    high, low, none = decided(**{"form.rate": 11}), decided(**{"form.rate": 3}), decided()

    assert (["high:1"], ["low:1"], ["sign_refusal:1"]) == (high.open_tasks(), low.open_tasks(), none.open_tasks())
    assert {"row": 1, "rule": "has(form.rate) && form.rate > 10", "target": "high"} == high.last("decided").data
    assert {"row": 3, "rule": "otherwise", "target": "refuse"} == none.last("decided").data


def test_an_expression_that_cannot_be_evaluated_decides_nothing() -> None:
    """language.md section 3: a runtime error is an incident, never false."""
    life = decided(**{"form.rate": 0})

    assert ["bad-expression"] == [incident.code for incident in life.state.incidents]
    assert TrackState.WAITING is life.track("").state
    assert "decided" not in life.kinds()


def test_where_no_row_fits_a_person_looks() -> None:
    pin_ = routed(STEPS, head=HEAD + FORM)
    step = pin_.procedure.step("choose")
    assert step.kind == "decide"
    without = step.model_copy(update={"rows": step.rows[:2]})
    steps = (without, *pin_.procedure.steps[1:])
    life = Joint(pin_of(pin_.procedure.model_copy(update={"steps": steps}))).accept()

    assert ["no-rule"] == [incident.code for incident in life.state.incidents]
